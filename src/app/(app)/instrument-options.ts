import type { MarketRow } from "#contracts/feed.ts";
import type { SearchOption } from "#ui/search-select-state.ts";

const MARKETS: Readonly<Record<MarketRow["market"], string | null>> = {
  "": null,
  spot: null,
  usdm: "USD-M futures",
};

/**
 * Instruments of a venue to choose from, by symbol: spot before futures.
 *
 * @param choice.isTradingOnly those that do not trade stand there and cannot be chosen
 */
export function instrumentOptions(
  markets: readonly Pick<MarketRow, "instrumentId" | "symbol" | "market" | "status">[],
  { isTradingOnly = false }: { readonly isTradingOnly?: boolean } = {},
): SearchOption[] {
  return markets
    .toSorted(
      (first, second) =>
        first.symbol.localeCompare(second.symbol, "en") ||
        first.market.localeCompare(second.market, "en"),
    )
    .map(({ instrumentId, symbol, market, status }) => {
      const hints = [MARKETS[market], status === "trading" ? null : status];
      const hint = hints.filter((part) => part !== null).join(", ");
      return {
        value: String(instrumentId),
        label: symbol,
        hint: hint === "" ? undefined : hint,
        disabled: isTradingOnly && status !== "trading",
      };
    });
}

import { z } from "zod";
import type { VenueMarket } from "./venue-market.ts";

/** An instrument as the venue lists it. Sizes are decimal texts. */
export type VenueListing = {
  readonly symbol: string;
  readonly baseAsset: string;
  readonly quoteAsset: string;
  readonly status: "trading" | "halted";
  /** What the venue calls the status: "HALT", "BREAK", "SETTLING". */
  readonly venueStatus: string;
  readonly tickSize: string | null;
  readonly lotSize: string | null;
  readonly listedAtMs: number | null;
};

const Filter = z.looseObject({
  filterType: z.string(),
  tickSize: z.string().optional(),
  stepSize: z.string().optional(),
});

const Listed = z.looseObject({
  symbol: z.string().min(1).max(40),
  status: z.string(),
  baseAsset: z.string().max(40),
  quoteAsset: z.string().max(40),
  filters: z.array(Filter),
  contractType: z.string().optional(),
  onboardDate: z.number().optional(),
});

const ExchangeInfo = z.looseObject({ symbols: z.array(z.unknown()) });

/**
 * Instruments of exchangeInfo. One that cannot be read is left out: the venue adds kinds of instruments
 * without notice. Of USD-M only perpetuals are listed, and none of the dated contracts, which end.
 *
 * @throws {z.ZodError} it is no exchangeInfo at all
 */
export function listingsOf(market: VenueMarket, answer: unknown): VenueListing[] {
  const listings: VenueListing[] = [];
  for (const raw of ExchangeInfo.parse(answer).symbols) {
    const parsed = Listed.safeParse(raw);
    if (!parsed.success) continue;
    const { data } = parsed;
    if (market === "usdm" && data.contractType !== "PERPETUAL") continue;
    listings.push({
      symbol: data.symbol,
      baseAsset: data.baseAsset,
      quoteAsset: data.quoteAsset,
      status: data.status === "TRADING" ? "trading" : "halted",
      venueStatus: data.status.slice(0, 40),
      tickSize: sizeOf(data.filters, "PRICE_FILTER", "tickSize"),
      lotSize: sizeOf(data.filters, "LOT_SIZE", "stepSize"),
      listedAtMs: data.onboardDate ?? null,
    });
  }
  return listings;
}

/** Never pricePrecision, which is not the tick size. A size of zero means that there is no rule. */
function sizeOf(
  filters: readonly z.infer<typeof Filter>[],
  filterType: string,
  field: "tickSize" | "stepSize",
): string | null {
  const size = filters.find((filter) => filter.filterType === filterType)?.[field];
  return size !== undefined && /^\d{1,15}(\.\d{1,15})?$/.test(size) && Number(size) > 0
    ? size
    : null;
}

import type { Listing } from "../exchange.ts";
import { mix } from "../market/block-random.ts";
import type { TradeColumns } from "../market/trade-columns.ts";
import { type TimeUnit, timeIn } from "./event-text.ts";

/** One raw trade: a part of an aggregated one at the same price and time. */
export type RawTrade = {
  readonly id: number;
  readonly priceTicks: number;
  readonly lots: number;
  readonly timeMs: number;
  readonly isSell: boolean;
};

/** The raw trades of aggregated ones, in order; their quantities add up to the aggregate's. */
export function rawTrades({ tape }: Listing, trades: TradeColumns): RawTrade[] {
  const raws: RawTrade[] = [];
  for (let i = 0; i < trades.count; i++) {
    const aggregateId = trades.firstId + i;
    const first = tape.rawFirst(aggregateId);
    const last = tape.rawLast(aggregateId);
    const { lotsOf } = tape;
    let left = trades.lots[i] ?? 0;
    for (let id = first; id <= last; id++) {
      const lots = lotsOf?.(id) ?? partOf(left, last - id, id);
      left -= lots;
      raws.push({
        id,
        priceTicks: trades.priceTicks[i] ?? 0,
        lots,
        timeMs: trades.timeMs[i] ?? 0,
        isSell: trades.isSell[i] === 1,
      });
    }
  }
  return raws;
}

/** A chance share of what is left, leaving at least one lot for each further trade. */
function partOf(left: number, further: number, id: number): number {
  if (further === 0) return left;
  const share = (mix(id | 0, Math.floor(id / 2 ** 31)) / 2 ** 32) * (2 / (further + 1));
  return Math.max(1, Math.min(left - further, Math.floor(left * share)));
}

/** Events of the stream `<symbol>@trade` (spot). */
export function rawTradeTexts(
  listing: Listing,
  trades: TradeColumns,
  unit: TimeUnit,
  saidMs: number,
): string[] {
  const { plan, text } = listing;
  const head = `{"e":"trade","E":${timeIn(unit, saidMs)},"s":"${plan.symbol}",`;
  return rawTrades(listing, trades).map(
    ({ id, priceTicks, lots, timeMs, isSell }) =>
      `${head}"t":${id},"p":"${text.price(priceTicks)}","q":"${text.quantity(lots)}","T":${timeIn(unit, timeMs)},"m":${isSell},"M":true}`,
  );
}

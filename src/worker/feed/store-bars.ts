import type { BarProvenance } from "#contracts/bar-provenance.ts";
import type { Queryable } from "#db/client.ts";
import {
  storeVenueBars,
  type VenueBar,
  type VenueSeriesBars,
  venueBarsOfSpans,
} from "#db/market-bars.ts";
import { type InstrumentSpan, tradesOfSpans } from "#db/market-trades.ts";
import { barsFromTrades } from "#quant/market-data/bars-from-trades.ts";
import { rollUpBars } from "#quant/market-data/roll-up-bars.ts";
import type { BarTrade, TradeBar } from "#quant/market-data/trade-bar.ts";
import { type Ledger, provenanceOf } from "./ledger.ts";
import type { ClosedSeconds } from "./second-bars.ts";
import { barSpans, mergedSpans, type TimeSpan } from "./time-spans.ts";

const SECOND_MS = 1_000;

/** Each length of bar is made from the one before. */
export const ROLLED_INTERVALS_MS = [60_000, 300_000, 900_000, 3_600_000, 86_400_000] as const;

/** What has to be written of one instrument's bars, and what is known of its trades. */
export type BarWork = {
  readonly instrumentId: number;
  readonly seconds: readonly ClosedSeconds[];
  readonly ledger: Ledger;
};

/**
 * Writes the seconds that were closed or changed, and every longer bar that ended or contains one of them.
 * The trades are in the database already, in the same transaction.
 *
 * @param repeated ids of late trades that had been stored before, and were counted as late then
 */
export async function storeBars(
  client: Queryable,
  work: readonly BarWork[],
  repeated: ReadonlySet<string>,
): Promise<void> {
  await storeVenueBars(client, await secondBatches(client, work, repeated));
  let touched = work.map((one) => ({ work: one, spans: touchedSpans(one) }));
  let childMs: number = SECOND_MS;
  for (const intervalMs of ROLLED_INTERVALS_MS) {
    touched = touched
      .map(({ work: one, spans }) => ({
        work: one,
        spans: barSpans(spans, intervalMs, untilMsOf(one)),
      }))
      .filter(({ spans }) => spans.length > 0);
    if (touched.length === 0) return;
    const asked = touched.flatMap(({ work: { instrumentId }, spans }) => of(instrumentId, spans));
    const children = await venueBarsOfSpans(client, childMs, asked);
    const batches = touched.map(({ work: { instrumentId, ledger } }) => ({
      instrumentId,
      intervalMs,
      bars: rolledUp(children.get(instrumentId) ?? [], { childMs, intervalMs, ledger }),
    }));
    await storeVenueBars(client, batches);
    childMs = intervalMs;
  }
}

function of(instrumentId: number, spans: readonly TimeSpan[]): InstrumentSpan[] {
  return spans.map(({ fromMs, toMs }) => ({ instrumentId, fromMs, toMs }));
}

function untilMsOf({ seconds }: BarWork): number {
  // Not spread into Math.max, which takes no more arguments than the stack has room for.
  return seconds.reduce((latest, { untilMs }) => Math.max(latest, untilMs), 0);
}

function touchedSpans({ seconds }: BarWork): TimeSpan[] {
  return mergedSpans(
    seconds.flatMap(({ fromMs, untilMs, again }) => [{ fromMs, toMs: untilMs }, ...again]),
  );
}

type TradesByInstrument = ReadonlyMap<number, readonly BarTrade[]>;
type BarsByInstrument = ReadonlyMap<number, readonly VenueBar[]>;

async function secondBatches(
  client: Queryable,
  work: readonly BarWork[],
  repeated: ReadonlySet<string>,
): Promise<VenueSeriesBars[]> {
  const again = work.flatMap(({ instrumentId, seconds }) =>
    of(instrumentId, mergedSpans(seconds.flatMap((closed) => closed.again))),
  );
  const trades: TradesByInstrument =
    again.length > 0 ? await tradesOfSpans(client, again) : new Map();
  const before: BarsByInstrument =
    again.length > 0 ? await venueBarsOfSpans(client, SECOND_MS, again) : new Map();
  return work.map(({ instrumentId, seconds, ledger }) => {
    const made = new Map<number, TradeBar>();
    for (const { bars } of seconds) for (const bar of bars) made.set(bar.openTimeMs, bar);
    const late = lateCounts(instrumentId, seconds, repeated, before.get(instrumentId) ?? []);
    for (const bar of barsFromTrades(trades.get(instrumentId) ?? [], SECOND_MS)) {
      made.set(bar.openTimeMs, { ...bar, lateCount: late.get(bar.openTimeMs) ?? 0 });
    }
    return {
      instrumentId,
      intervalMs: SECOND_MS,
      bars: [...made.values()].map((bar) => venueBar(bar, SECOND_MS, ledger)),
    };
  });
}

/** Late trades by second: those counted before, and those that are new. */
function lateCounts(
  instrumentId: number,
  seconds: readonly ClosedSeconds[],
  repeated: ReadonlySet<string>,
  before: readonly VenueBar[],
): Map<number, number> {
  const counts = new Map(before.map((bar) => [bar.openTimeMs, bar.lateCount ?? 0]));
  for (const { lateIds } of seconds) {
    for (const [second, ids] of lateIds) {
      const fresh = ids.filter((id) => !repeated.has(`${instrumentId} ${id}`));
      counts.set(second, (counts.get(second) ?? 0) + fresh.length);
    }
  }
  return counts;
}

function venueBar(bar: TradeBar, intervalMs: number, ledger: Ledger): VenueBar {
  const { firstId: _first, lastId: _last, ...rest } = bar;
  const span = { startMs: bar.openTimeMs, endMs: bar.openTimeMs + intervalMs };
  return { ...rest, provenance: provenanceOf({ ...span, ...rest }, ledger) };
}

function rolledUp(
  children: readonly VenueBar[],
  options: { readonly childMs: number; readonly intervalMs: number; readonly ledger: Ledger },
): VenueBar[] {
  const { childMs, intervalMs, ledger } = options;
  // Bars do not store ids; their order in time says as much.
  const parts = children.map((child) => ({
    ...child,
    tradeCount: child.tradeCount ?? 0,
    lateCount: child.lateCount ?? 0,
    backfilledCount: child.backfilledCount ?? 0,
    firstId: child.openTimeMs,
    lastId: child.openTimeMs,
  }));
  return rollUpBars(parts, intervalMs).map((bar) => {
    const made = venueBar(bar, intervalMs, ledger);
    if (made.provenance !== "partial" || childMs === SECOND_MS) return made;
    const own = children.filter(
      ({ openTimeMs }) => openTimeMs >= bar.openTimeMs && openTimeMs < bar.openTimeMs + intervalMs,
    );
    return { ...made, provenance: provenanceFromParts(own, bar.openTimeMs, options) };
  });
}

/** A bar that began before our trades did is whole when the venue's own bars fill what is before them. */
function provenanceFromParts(
  parts: readonly VenueBar[],
  startMs: number,
  options: { readonly childMs: number; readonly intervalMs: number; readonly ledger: Ledger },
): BarProvenance {
  const { childMs, intervalMs, ledger } = options;
  const ownFromMs = (Math.floor(ledger.firstTradeMs / childMs) + 1) * childMs;
  if (ledger.firstTradeMs < startMs || ownFromMs >= startMs + intervalMs) return "partial";
  const front = parts.filter(
    ({ openTimeMs, provenance }) => openTimeMs < ownFromMs && provenance === "kline",
  );
  if (front.length !== (ownFromMs - startMs) / childMs) return "partial";
  const rest = provenanceOf(
    { startMs: ownFromMs, endMs: startMs + intervalMs, backfilledCount: 0 },
    ledger,
  );
  return rest === "partial" ? "partial" : "kline";
}

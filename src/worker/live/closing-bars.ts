import type { Queryable } from "#db/client.ts";
import { missingSpans } from "#db/live-market.ts";
import { type VenueBar, venueBarsOfSpans } from "#db/market-bars.ts";
import { type AlignedLiveBars, alignLiveBars, type LegBars } from "#quant/live/align-live-bars.ts";
import type { MarketBoard } from "./market-board.ts";
import { LATE_BARS, type PairRunner } from "./pair-runner.ts";

/** The bars of a pair from some before the first new one up to the last closed one. */
export type ClosingBars = { readonly aligned: AlignedLiveBars; readonly untilMs: number };

/** Reads the bars that have closed for these pairs, each instrument once. */
export async function closingBars(
  client: Queryable,
  runners: readonly PairRunner[],
  board: MarketBoard,
): Promise<Map<PairRunner, ClosingBars>> {
  const spans = runners.map((runner) => spanOf(runner, board));
  const bars = new Map<number, Map<number, VenueBar[]>>();
  for (const [intervalMs, some] of Map.groupBy(spans, ({ runner }) => runner.intervalMs)) {
    bars.set(intervalMs, await venueBarsOfSpans(client, intervalMs, instrumentSpans(some)));
  }
  const carrying = spans.filter(({ runner }) => runner.pair.settings.carryBarsMax > 0);
  const missing =
    carrying.length === 0
      ? new Map()
      : await missingSpans(
          client,
          [...new Set(carrying.flatMap(({ runner }) => runner.instrumentIds))],
          Math.min(...carrying.map(({ readFromMs }) => readFromMs)),
        );
  return new Map(
    spans.map(({ runner, readFromMs, alignFromMs, untilMs }) => {
      const { intervalMs } = runner;
      const [idY, idX] = runner.instrumentIds;
      const legOf = (id: number) =>
        legBars(bars.get(intervalMs)?.get(id) ?? [], readFromMs, untilMs);
      const aligned = alignLiveBars(legOf(idY), legOf(idX), {
        intervalMs,
        carryBarsMax: runner.pair.settings.carryBarsMax,
        fromMs: alignFromMs,
        untilMs,
        missingY: missing.get(idY) ?? [],
        missingX: missing.get(idX) ?? [],
      });
      return [runner, { aligned, untilMs }];
    }),
  );
}

type Span = {
  readonly runner: PairRunner;
  /** Bars that may be carried into the first one lie before it. */
  readonly readFromMs: number;
  readonly alignFromMs: number;
  readonly untilMs: number;
};

function spanOf(runner: PairRunner, board: MarketBoard): Span {
  const alignFromMs = Math.max(0, runner.closedUntilMs - LATE_BARS * runner.intervalMs);
  const carryMs = runner.pair.settings.carryBarsMax * runner.intervalMs;
  return {
    runner,
    readFromMs: Math.max(0, alignFromMs - carryMs),
    alignFromMs,
    untilMs: runner.closedTargetMs(board),
  };
}

/** The span of each instrument that covers those of all pairs it is a leg of. */
function instrumentSpans(spans: readonly Span[]) {
  const byInstrument = new Map<number, { fromMs: number; toMs: number }>();
  for (const { runner, readFromMs, untilMs } of spans) {
    for (const instrumentId of runner.instrumentIds) {
      const known = byInstrument.get(instrumentId);
      byInstrument.set(instrumentId, {
        fromMs: Math.min(known?.fromMs ?? readFromMs, readFromMs),
        toMs: Math.max(known?.toMs ?? untilMs, untilMs),
      });
    }
  }
  return [...byInstrument].map(([instrumentId, span]) => ({ instrumentId, ...span }));
}

function legBars(bars: readonly VenueBar[], fromMs: number, untilMs: number): LegBars {
  const within = bars.filter(({ openTimeMs }) => openTimeMs >= fromMs && openTimeMs < untilMs);
  return {
    openTimeMs: Float64Array.from(within, ({ openTimeMs }) => openTimeMs),
    close: Float64Array.from(within, ({ close }) => close),
    volume: Float64Array.from(within, ({ volume }) => volume),
  };
}

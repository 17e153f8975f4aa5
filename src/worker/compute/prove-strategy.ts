import type { LookAheadResult } from "#contracts/backtest.ts";
import { utcMinute } from "#contracts/utc-minute.ts";
import {
  EVENTS_MAX,
  type LookAheadProof,
  lookAheadProof,
} from "#quant/backtest/look-ahead-proof.ts";
import { REPORT_SEED, type StrategyInput } from "./strategy-input.ts";
import { strategyMarket } from "./strategy-market.ts";
import { strategyPipeline } from "./strategy-pipeline.ts";

/** An entry and an exit are cut at twice each, and a prefix has half of the bars on average. */
const RUNS_PER_EVENT = 2;

/** The whole run, that of the shift, the one that goes on from cut to cut, and those cut at random. */
const OTHER_RUNS = 8;

/** Bars of an instrument that a proof may go through: some 20 seconds. */
const PROOF_BARS_MAX = 30_000_000;

/** Prefixes of so many entries and exits are run from the first bar however long they are. */
const EVENTS_MIN = 3;

/** Why the shift test is left out, for strategies that act by the calendar. */
const CALENDAR_KINDS: Readonly<Record<string, string>> = {
  "momentum-ranking":
    "it acts on fixed days of the week, so that a bar later is another day: the cuts alone prove it",
};

/** A proof, and at how many entries, and exits, it may have cut. */
export type ProvedStrategy = { readonly lookAhead: LookAheadResult; readonly eventsMax: number };

/** Proves that a run looks at no later bar: see lookAheadProof. */
export function proveStrategy(
  input: StrategyInput,
  onProgress: (fraction: number) => void,
): ProvedStrategy {
  const market = strategyMarket(input);
  const startedAtMs = performance.now();
  const eventsMax = proofEvents(input, market.bars.openTimeMs.length);
  const runsMax = RUNS_PER_EVENT * 2 * eventsMax + OTHER_RUNS;
  let runs = 0;
  const pipeline = strategyPipeline(input, market, () => {
    runs += 1;
    onProgress(Math.min(1, runs / runsMax));
  });
  const proof = lookAheadProof(pipeline, market.bars, {
    seed: REPORT_SEED,
    barsMin: market.tradingFrom + 1,
    noShiftReason: noShiftReason(input.kind),
    eventsMax,
  });
  const { openTimeMs } = market.bars;
  return {
    lookAhead: lookAheadResult(proof, openTimeMs, performance.now() - startedAtMs),
    eventsMax: proof.eventsMax,
  };
}

/** Why a strategy cannot be asked to do the same a bar later; null: it can. */
export function noShiftReason(kind: StrategyInput["kind"]): string | null {
  return CALENDAR_KINDS[kind] ?? null;
}

/**
 * Entries, and exits, whose prefix is run from the first bar: fewer where a run is long, by its bars and not
 * by a clock, so that the same run has the same proof. The others go on from the cut before.
 *
 * @param bars of the axis
 */
function proofEvents({ books }: Pick<StrategyInput, "books">, bars: number): number {
  const legs = books.reduce((sum, { length }) => sum + length, 0);
  const events = Math.floor(PROOF_BARS_MAX / (RUNS_PER_EVENT * bars * legs));
  return Math.max(EVENTS_MIN, Math.min(EVENTS_MAX, events));
}

/** What a report says of a proof with fewer cuts than usual; null when it has them all. */
export function proofNote(eventsMax: number): string | null {
  if (eventsMax >= EVENTS_MAX) return null;
  return `The run is long: its look-ahead proof cuts at up to ${eventsMax} entries and ${eventsMax} exits instead of ${EVENTS_MAX}.`;
}

/** A proof as a report has it, with times instead of bars. */
export function lookAheadResult(
  { isPassed, cutBars, continuedCuts, differences, shift }: LookAheadProof,
  openTimeMs: Float64Array,
  durationMs: number,
): LookAheadResult {
  const timeOf = (bar: number): number => openTimeMs[bar] ?? openTimeMs.at(-1) ?? 0;
  return {
    isPassed,
    cuts: cutBars.map(timeOf),
    continuedCuts,
    differences: differences.map(({ cutBar, what, bar }) => ({
      cutMs: timeOf(cutBar),
      what,
      barMs: timeOf(bar),
    })),
    shift: {
      kind: shift.kind,
      detail:
        shift.kind === "failed"
          ? `it asks otherwise from ${utcMinute(timeOf(shift.bar))} on`
          : shift.kind === "left-out"
            ? shift.reason
            : null,
    },
    durationMs,
  };
}

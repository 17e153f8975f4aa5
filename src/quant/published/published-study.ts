import { InvalidInputError } from "../invalid-input-error.ts";
import type { PairCloses } from "./pair-closes.ts";
import { type PrefixProof, prefixProof } from "./prefix-proof.ts";
import type { PublishedFigures } from "./published-figures.ts";
import { publishedRlrt } from "./published-rlrt.ts";
import { publishedTraditional } from "./published-traditional.ts";
import { RLRT_BARS_MIN, RLRT_FORECAST_BARS } from "./rlrt-trends.ts";
import { RLRT_VARIANTS, type RlrtVariant, rlrtVariants } from "./rlrt-variants.ts";
import { TRADITIONAL_PAIRS, traditionalSelection } from "./traditional-selection.ts";

/** Closes of instruments over both periods, without a gap. */
export type StudyCloses = {
  readonly formationTimeMs: Float64Array;
  readonly tradingTimeMs: Float64Array;
  readonly instruments: readonly {
    readonly formation: Float64Array;
    readonly trading: Float64Array;
  }[];
};

/** A run of the study: its figures, and the budget after each trading bar over that before the first. */
export type StudyRun = { readonly figures: PublishedFigures; readonly growth: Float64Array };

export type RlrtStudy = {
  readonly x: number;
  readonly y: number;
  readonly runs: Readonly<Record<RlrtVariant, StudyRun>>;
  /** R² that the published run chose on the period that it traded. */
  readonly rSquaredMin: number;
  /** Shares of trends that were right, as published and against the last known value; null without trends. */
  readonly accuracy: { readonly published: number | null; readonly againstLast: number | null };
  readonly engleGrangerPValue: {
    readonly formation: number | null;
    readonly trading: number | null;
  };
  readonly proofs: { readonly published: PrefixProof; readonly hedged: PrefixProof };
};

export type TraditionalStudy = {
  readonly x: number;
  readonly y: number;
  readonly run: StudyRun;
  readonly proof: PrefixProof;
};

/** A pair of which nothing could be said, and why. */
export type StudyRefusal = {
  readonly x: number;
  readonly y: number;
  readonly strategy: "rlrt" | "traditional";
  readonly reason: string;
};

export type PublishedStudy = {
  readonly rlrt: readonly RlrtStudy[];
  readonly traditional: readonly TraditionalStudy[];
  readonly refusals: readonly StudyRefusal[];
};

/** Any number does; the same one gives the same cuts. */
const PROOF_SEED = 2023;

/**
 * Published study: both strategies as published on their pairs, what is left of the first without its
 * look-ahead, and the proof of which looks ahead.
 *
 * RLRT decides nothing in the last three bars before the end of what it sees, so that these are not
 * compared in its proof; the published line and threshold, fitted on all bars, show long before.
 *
 * @param closes of all instruments; pairs are places in them
 * @param pairs of RLRT; leg Y is regressed on leg X
 * @param traditionalPairs most pairs of the traditional strategy, the most correlated of all instruments
 * @param onProgress share that is done, in [0, 1)
 * @returns one entry a pair; what cannot be traded is refused and says why
 *
 * Cost: O(n p²) for the selection of p instruments, and about 50 runs a pair.
 */
export function publishedStudy(
  closes: StudyCloses,
  pairs: readonly { readonly x: number; readonly y: number }[],
  traditionalPairs: number = TRADITIONAL_PAIRS,
  onProgress: (fraction: number) => void = () => undefined,
): PublishedStudy {
  const selected = traditionalSelection(
    closes.instruments.map(({ formation }) => formation),
    traditionalPairs,
  ).map(({ first, second }) => ({ x: first, y: second }));
  const total = pairs.length + selected.length;
  const refusals: StudyRefusal[] = [];
  const rlrt: RlrtStudy[] = [];
  const traditional: TraditionalStudy[] = [];
  for (const [done, pair] of [...pairs, ...selected].entries()) {
    onProgress(done / total);
    const strategy = done < pairs.length ? "rlrt" : "traditional";
    try {
      if (strategy === "rlrt") rlrt.push({ ...pair, ...rlrtStudy(periodsOf(closes, pair)) });
      else traditional.push({ ...pair, ...traditionalStudy(periodsOf(closes, pair)) });
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      refusals.push({ ...pair, strategy, reason: error.message });
    }
  }
  return { rlrt, traditional, refusals };
}

type Periods = { readonly formation: PairCloses; readonly trading: PairCloses };

function periodsOf(
  closes: StudyCloses,
  { x, y }: { readonly x: number; readonly y: number },
): Periods {
  const legX = closes.instruments[x]!;
  const legY = closes.instruments[y]!;
  return {
    formation: { openTimeMs: closes.formationTimeMs, x: legX.formation, y: legY.formation },
    trading: { openTimeMs: closes.tradingTimeMs, x: legX.trading, y: legY.trading },
  };
}

function rlrtStudy({ formation, trading }: Periods): Omit<RlrtStudy, "x" | "y"> {
  const published = publishedRlrt(trading);
  const variants = rlrtVariants({ formation, trading });
  const options = { barsMin: RLRT_BARS_MIN, endBars: RLRT_FORECAST_BARS, seed: PROOF_SEED };
  const runs = Object.fromEntries(
    RLRT_VARIANTS.map((name) => [
      name,
      studyRun(name === "published" ? published : variants.runs[name]),
    ]),
  ) as Record<RlrtVariant, StudyRun>;
  return {
    runs,
    rSquaredMin: published.threshold.rSquaredMin,
    accuracy: {
      published: published.tableAccuracy.share,
      againstLast: variants.accuracyAgainstLast.share,
    },
    engleGrangerPValue: variants.engleGrangerPValue,
    proofs: {
      published: prefixProof((closes) => publishedRlrt(closes).position, trading, options),
      hedged: prefixProof(
        (closes) => rlrtVariants({ formation, trading: closes }).runs.hedged.position,
        trading,
        options,
      ),
    },
  };
}

function traditionalStudy({ formation, trading }: Periods): Omit<TraditionalStudy, "x" | "y"> {
  const options = { barsMin: RLRT_BARS_MIN, endBars: 0, seed: PROOF_SEED };
  return {
    run: studyRun(publishedTraditional({ formation, trading })),
    proof: prefixProof(
      (closes) => publishedTraditional({ formation, trading: closes }).position,
      trading,
      options,
    ),
  };
}

function studyRun(run: {
  readonly figures: PublishedFigures;
  readonly budget: Float64Array;
}): StudyRun {
  const start = run.budget[0]!;
  return { figures: run.figures, growth: run.budget.map((budget) => budget / start) };
}

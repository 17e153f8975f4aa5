import { engleGranger } from "../cointegration/engle-granger.ts";
import { answerOrNull } from "../pairs/candidate-figures.ts";
import { simpleOls } from "../stats/ols.ts";
import { type PairCloses, priceSpread, requirePairCloses } from "./pair-closes.ts";
import { type RlrtInSampleSignal, rlrtInSampleSignal } from "./rlrt-in-sample-signal.ts";
import { type RlrtRun, rlrtRun } from "./rlrt-run.ts";
import { RLRT_BARS_MIN, rlrtTrendFits, rlrtTrends } from "./rlrt-trends.ts";
import { type TrendAccuracy, trendAccuracy } from "./trend-accuracy.ts";

/** Threshold of the variants that may not choose one afterwards. */
const R_SQUARED_MIN = 0.6;

/** Costs of the variants that have any, 5 bp a leg. */
const COST_PER_LEG = 0.0005;

/** The names of the variants, from the published one to the most honest. */
export const RLRT_VARIANTS = [
  "published",
  "published-costs",
  "frozen-line",
  "delayed",
  "hedged",
  "hedged-costs",
] as const;
export type RlrtVariant = (typeof RLRT_VARIANTS)[number];

/** What is left of RLRT, one thing taken away after the other. */
export type RlrtVariants = {
  readonly runs: Readonly<Record<RlrtVariant, RlrtRun>>;
  /** What the published runs fitted on the period that they traded, with its accuracy as published. */
  readonly inSample: RlrtInSampleSignal;
  /** The same trends against the last value that was known. */
  readonly accuracyAgainstLast: TrendAccuracy;
  /** Of y on x, price levels, lags by AIC; null where the test has no answer. */
  readonly engleGrangerPValue: {
    readonly formation: number | null;
    readonly trading: number | null;
  };
};

/**
 * Honest variants of RLRT: how much of a published result is left without its look-ahead.
 *
 * "published": as publishedRlrt, but its last trend is traded, too; "published-costs": and 5 bp a leg;
 * "frozen-line": slope and intercept of the formation period, the spread as it is, R² > 0.6; "delayed":
 * and every position one bar later; "hedged": and the legs weighted by the frozen slope; "hedged-costs":
 * and 5 bp a leg.
 *
 * The first two look ahead as publishedRlrt does. "frozen-line" reads the past only, and fills at the
 * close that decided; from "delayed" on that is gone, too. Two things stay: the last two bars of a period
 * have no trend, so that its end is known two bars before (see rlrtTrendFits); and the rule with its 0.6
 * was published with results of the very period, which no computation can undo.
 *
 * @param periods.formation closes before the trading period, ≥ 13
 * @param periods.trading closes of the period that is traded, ≥ 13
 * @returns runs by variant, accuracies and cointegration
 * @throws {InvalidInputError} see requirePairCloses; "constant": a leg does not vary, or the spread does
 *   not
 *
 * Cost: O(n), and two Engle–Granger tests. Checked: 19 pairs in real-data.test.ts.
 */
export function rlrtVariants(periods: {
  readonly formation: PairCloses;
  readonly trading: PairCloses;
}): RlrtVariants {
  const { formation, trading } = periods;
  requirePairCloses(formation, RLRT_BARS_MIN);
  requirePairCloses(trading, RLRT_BARS_MIN);
  const inSample = rlrtInSampleSignal(trading);
  const published = { spread: inSample.spread, trends: inSample.trends };
  const line = simpleOls(formation.y, formation.x);
  const spread = priceSpread(trading, line);
  const honest = { spread, trends: rlrtTrends(rlrtTrendFits(spread), R_SQUARED_MIN) };
  const equal = { hedgeSlope: null, costPerLeg: 0, delayBars: 0 } as const;
  const hedged = { hedgeSlope: line.slope, costPerLeg: 0, delayBars: 1 } as const;
  return {
    runs: {
      published: rlrtRun(trading, published, equal),
      "published-costs": rlrtRun(trading, published, { ...equal, costPerLeg: COST_PER_LEG }),
      "frozen-line": rlrtRun(trading, honest, equal),
      delayed: rlrtRun(trading, honest, { ...equal, delayBars: 1 }),
      hedged: rlrtRun(trading, honest, hedged),
      "hedged-costs": rlrtRun(trading, honest, { ...hedged, costPerLeg: COST_PER_LEG }),
    },
    inSample,
    accuracyAgainstLast: trendAccuracy(inSample.spread, inSample.trends, "last-value"),
    engleGrangerPValue: {
      formation: engleGrangerPValue(formation),
      trading: engleGrangerPValue(trading),
    },
  };
}

function engleGrangerPValue({ y, x }: PairCloses): number | null {
  return answerOrNull(() => engleGranger(y, x).pValue);
}

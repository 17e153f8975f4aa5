import { augmentedDickeyFuller } from "../cointegration/adf.ts";
import { combinedPValue } from "../cointegration/combined-p-value.ts";
import { type EngleGranger, engleGranger } from "../cointegration/engle-granger.ts";
import { johansen } from "../cointegration/johansen.ts";
import { type PhillipsOuliaris, phillipsOuliaris } from "../cointegration/phillips-ouliaris.ts";
import type { InvalidInputCode } from "../invalid-input-error.ts";
import { differences } from "../stats/differences.ts";
import { hedgeRatioBreak } from "../structural-break/hedge-ratio-break.ts";
import { dfGls } from "../unit-root/df-gls.ts";
import { kpss } from "../unit-root/kpss.ts";
import { phillipsPerron } from "../unit-root/phillips-perron.ts";
import { varianceRatio } from "../unit-root/variance-ratio.ts";
import { zivotAndrews } from "../unit-root/zivot-andrews.ts";
import { answered } from "./answered.ts";

/** Every test of a pair, in the order in which they are read. */
export const PAIR_TEST_NAMES = [
  "engle-granger-yx",
  "engle-granger-xy",
  "engle-granger-combined",
  "johansen-trace",
  "johansen-max-eigenvalue",
  "phillips-ouliaris-variance-ratio",
  "phillips-ouliaris-trace",
  "adf",
  "kpss",
  "phillips-perron",
  "df-gls",
  "zivot-andrews",
  "variance-ratio-2",
  "variance-ratio-16",
  "hedge-ratio-break",
] as const;
export type PairTestName = (typeof PAIR_TEST_NAMES)[number];

/** One test of a pair; a statistic without p-value is still told. */
export type PairTest = {
  readonly name: PairTestName;
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** "low": the true p-value is smaller than what the table ends with; "high": larger. */
  readonly pValueClamped: "low" | "high" | null;
  /** Value that the statistic must pass at 5 %; null where there is none. */
  readonly criticalValue: number | null;
  readonly lags: number | null;
  /** Last bar before the break, of the test that looks for one; counted in bars of the pair. */
  readonly breakIndex: number | null;
  /** Why there is no statistic. */
  readonly reason: InvalidInputCode | null;
};

/** At 5 %, two coefficients, 15 % at each end left out. Source: Andrews (2003), Econometrica 71. */
const HEDGE_RATIO_BREAK_CRITICAL = 11.72;

type Found = Partial<Omit<PairTest, "name" | "reason">>;

/**
 * Tests of a pair: of the two legs (cointegration) and of their spread (a unit root, or none).
 *
 * The larger a Phillips–Ouliaris statistic the more cointegrated; it has no p-value. The break is looked
 * for in the hedge ratio of the moves from bar to bar, and like KPSS speaks against a pair by rejecting.
 * The tests of the spread have the law of a series that was not fitted. A spread whose hedge ratio was
 * estimated on the same bars looks more stationary than it is, so Engle–Granger and Johansen decide.
 *
 * @param y n finite values, oldest first, log prices or prices
 * @param x n finite values, aligned with y
 * @param spread of the bars from the first with a line, finite
 * @param onProgress share of the tests that are done, 0..1
 * @returns one row a test, in the order of PAIR_TEST_NAMES
 *
 * Cost: O(n · lags²). Checked: each test beside its own function.
 */
export function pairTests(
  y: Float64Array,
  x: Float64Array,
  spread: Float64Array,
  onProgress: (fraction: number) => void = () => undefined,
): PairTest[] {
  const firstBar = y.length - spread.length;
  const directions = { yx: memo(() => engleGranger(y, x)), xy: memo(() => engleGranger(x, y)) };
  const system = memo(() => johansen([y, x]));
  const measures: Record<PairTestName, () => Found> = {
    "engle-granger-yx": () => engleGrangerRow(directions.yx()),
    "engle-granger-xy": () => engleGrangerRow(directions.xy()),
    "engle-granger-combined": () => combinedRow(directions.yx(), directions.xy()),
    "johansen-trace": () => johansenRow(system().trace),
    "johansen-max-eigenvalue": () => johansenRow(system().maxEigenvalue),
    "phillips-ouliaris-variance-ratio": () => phillipsOuliarisRow(phillipsOuliaris(y, x)),
    "phillips-ouliaris-trace": () =>
      phillipsOuliarisRow(phillipsOuliaris(y, x, { statistic: "trace" })),
    adf: () => fiveRow(augmentedDickeyFuller(spread)),
    kpss: () => fiveRow(kpss(spread)),
    "phillips-perron": () => fiveRow(phillipsPerron(spread)),
    "df-gls": () => fiveRow(dfGls(spread)),
    "zivot-andrews": () => {
      const found = zivotAndrews(spread);
      return { ...fiveRow(found), breakIndex: firstBar + found.breakIndex };
    },
    "variance-ratio-2": () => varianceRatio(spread, { q: 2 }),
    "variance-ratio-16": () => varianceRatio(spread, { q: 16 }),
    "hedge-ratio-break": () => hedgeRatioBreakRow(y, x),
  };
  return PAIR_TEST_NAMES.map((name, done) => {
    onProgress(done / PAIR_TEST_NAMES.length);
    const { value, reason } = answered(measures[name]);
    return {
      name,
      statistic: value?.statistic ?? null,
      pValue: value?.pValue ?? null,
      pValueClamped: value?.pValueClamped ?? null,
      criticalValue: value?.criticalValue ?? null,
      lags: value?.lags ?? null,
      breakIndex: value?.breakIndex ?? null,
      reason,
    };
  });
}

/** Computed when first wanted, so that a refusal is met in the row that it belongs to. */
function memo<Value>(compute: () => Value): () => Value {
  let known: { readonly value: Value } | null = null;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}

function engleGrangerRow({ statistic, pValue, lags, criticalValues }: EngleGranger): Found {
  return { statistic, pValue, lags, criticalValue: criticalValues.fivePercent };
}

function combinedRow(yx: EngleGranger, xy: EngleGranger): Found {
  const better = yx.statistic <= xy.statistic ? yx : xy;
  const pValue = combinedPValue(Math.min(yx.pValue, xy.pValue), {
    trend: "c",
    lags: { kind: "aic" },
    bars: yx.observations,
  });
  return { statistic: better.statistic, pValue, lags: better.lags };
}

function johansenRow(test: ReturnType<typeof johansen>["trace"]): Found {
  return {
    statistic: test.statistics[0]!,
    pValue: test.pValues[0]!,
    criticalValue: test.criticalValues[0]!.fivePercent,
    lags: 1,
  };
}

function phillipsOuliarisRow({ statistic, lags, criticalValues }: PhillipsOuliaris): Found {
  return { statistic, lags, criticalValue: criticalValues.fivePercent };
}

/** Of the moves from bar to bar: on the prices themselves its p-value would be no evidence. */
function hedgeRatioBreakRow(y: Float64Array, x: Float64Array): Found {
  const { statistic, pValue, breakIndex } = hedgeRatioBreak(differences(y), differences(x));
  return {
    statistic,
    pValue,
    criticalValue: HEDGE_RATIO_BREAK_CRITICAL,
    // The move of index i ends at bar i + 1.
    breakIndex: breakIndex + 1,
  };
}

function fiveRow(found: {
  readonly statistic: number;
  readonly pValue: number | null;
  readonly pValueClamped?: "low" | "high" | null;
  readonly lags: number;
  readonly criticalValues: { readonly fivePercent: number } | null;
}): Found {
  const { statistic, pValue, lags, criticalValues, pValueClamped = null } = found;
  return {
    statistic,
    pValue,
    lags,
    pValueClamped,
    criticalValue: criticalValues?.fivePercent ?? null,
  };
}

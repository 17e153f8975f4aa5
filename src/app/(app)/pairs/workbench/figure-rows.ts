import type {
  FigureReason,
  PairAnalysisConfig,
  PairAnalysisResult,
  PairThresholds,
} from "#contracts/pair-analysis.ts";
import { formatNumber, formatPValue, formatTimeUtc } from "#ui/format.ts";
import { barsInWords } from "../bars-in-words.ts";
import { reasonSentence } from "./reason-words.ts";

/** One figure of an analysis: a row of its table and of its file. */
export type FigureRow = {
  readonly id: string;
  readonly group: "Hedge" | "Mean reversion" | "Thresholds" | "Stability";
  readonly label: string;
  readonly value: number | null;
  readonly unit: string;
  readonly sentence: string;
};

type Pair = Pick<PairAnalysisConfig, "intervalMs" | "prices"> & {
  readonly symbolY: string;
  readonly symbolX: string;
};

/** The value of a row as it is read. */
export function figureText({ id, value }: FigureRow): string {
  return id === "cusum-p-value" ? formatPValue(value) : formatNumber(value);
}

/** Every figure of an analysis that is not a test, with what it says of this pair. */
export function figureRows(result: PairAnalysisResult, pair: Pair): FigureRow[] {
  return [
    ...hedgeRows(result.hedge, pair),
    ...reversionRows(result.reversion, pair),
    ...processRows(result.reversion),
    ...result.thresholds.flatMap((one) => thresholdRows(one, pair)),
    {
      id: "round-trip-cost",
      group: "Thresholds",
      label: "Cost of a round trip",
      value: result.roundTripCost,
      unit: "spread",
      sentence: "Both legs bought and sold, at the cost that was set.",
    },
    ...breakRows(result),
  ];
}

/** What a hedge ratio counts, and what a spread is measured in: of logarithms neither is a number of units. */
function hedgeWords({ symbolY, symbolX, prices }: Pair): { held: string; unit: string } {
  return prices === "log"
    ? {
        held: `Money held in ${symbolX} against every 1 in ${symbolY}.`,
        unit: "in logarithms of price",
      }
    : { held: `Units of ${symbolX} held against one of ${symbolY}.`, unit: "in the unit of Y" };
}

function hedgeRows(hedge: PairAnalysisResult["hedge"], pair: Pair): FigureRow[] {
  const { held, unit } = hedgeWords(pair);
  const row = (id: string, label: string, value: number | null, sentence: string): FigureRow => ({
    id,
    group: "Hedge",
    label,
    value,
    unit: "",
    sentence,
  });
  const interval = hedge.hedgeRatioInterval;
  const when = hedge.isCausal
    ? "Each bar has the ratio that was known at that bar; this is the last one."
    : "One ratio for all bars, fitted on all of them: its spread knows the future.";
  return [
    row("hedge-ratio", "Hedge ratio", hedge.hedgeRatio, `${held} ${when}`),
    row(
      "hedge-ratio-error",
      "Standard error of the hedge ratio",
      hedge.hedgeRatioError,
      hedge.hedgeRatioError === null
        ? "This method has none."
        : "Too small when the spread is slow, as it takes bars to be independent.",
    ),
    ...(interval === null
      ? []
      : [
          row(
            "hedge-ratio-low",
            "Hedge ratio, 95 % from",
            interval[0],
            "Lower end of the interval.",
          ),
          row(
            "hedge-ratio-high",
            "Hedge ratio, 95 % to",
            interval[1],
            "Upper end of the interval.",
          ),
        ]),
    row("intercept", "Intercept", hedge.intercept, `Level of the spread, ${unit}.`),
    row(
      "intercept-error",
      "Standard error of the intercept",
      hedge.interceptError,
      hedge.interceptError === null ? "This method has none." : `Stated ${unit}.`,
    ),
    row(
      "r-squared",
      "R²",
      hedge.rSquared,
      hedge.rSquared === null
        ? "This method does not maximise it."
        : "High between any two trending prices: no sign of a pair by itself.",
    ),
  ];
}

const HURST_LABELS = {
  deviations: "Hurst, standard deviations",
  generalised: "Hurst, generalised",
  "rescaled-range": "Hurst, corrected R/S",
  dfa: "Hurst, detrended fluctuations",
} as const;

function reversionRows(reversion: PairAnalysisResult["reversion"], pair: Pair): FigureRow[] {
  const { halfLifeLinearBars, halfLifeExactBars, halfLifeReason, meanCrossings } = reversion;
  const life = (bars: number | null) =>
    bars === null
      ? reasonSentence(halfLifeReason)
      : `Half of a deviation is gone after ${barsInWords(bars, pair.intervalMs)}.`;
  const row = (
    id: string,
    label: string,
    value: number | null,
    [unit, sentence]: readonly [string, string],
  ): FigureRow => ({ id, group: "Mean reversion", label, value, unit, sentence });
  return [
    row("half-life-exact", "Half-life, exact", halfLifeExactBars, [
      "bars",
      life(halfLifeExactBars),
    ]),
    row("half-life-linear", "Half-life, linear", halfLifeLinearBars, [
      "bars",
      life(halfLifeLinearBars),
    ]),
    ...reversion.hurst.map(({ method, exponent, reason }) =>
      row(`hurst-${method}`, HURST_LABELS[method], exponent, ["", hurstSentence(exponent, reason)]),
    ),
    row("mean-crossings", "Mean crossings", meanCrossings, [
      "",
      meanCrossings === null
        ? reasonSentence(null)
        : `The spread passed its mean ${meanCrossings.toLocaleString("en-US")} times.`,
    ]),
  ];
}

function hurstSentence(exponent: number | null, reason: FigureReason | null): string {
  if (exponent === null) return reasonSentence(reason);
  if (exponent < 0.45) return "Well below 0.5: moves of the spread are taken back.";
  if (exponent <= 0.55) return "About 0.5: the spread spreads like a random walk.";
  return "Above 0.5: moves of the spread go on.";
}

function processRows({ process, processReason }: PairAnalysisResult["reversion"]): FigureRow[] {
  const missing = reasonSentence(processReason);
  const row = (
    id: string,
    label: string,
    value: number | undefined,
    [unit, sentence]: readonly [string, string],
  ): FigureRow => ({
    id,
    group: "Mean reversion",
    label,
    value: value ?? null,
    unit,
    sentence: process === null ? missing : sentence,
  });
  return [
    row("ou-kappa", "Ornstein–Uhlenbeck speed κ", process?.kappa, [
      "per bar",
      "Share of a deviation that is pulled back in a bar, for short bars.",
    ]),
    row("ou-theta", "Ornstein–Uhlenbeck mean θ", process?.theta, [
      "spread",
      "The level to which the spread returns.",
    ]),
    row("ou-sigma", "Ornstein–Uhlenbeck noise σ", process?.sigma, [
      "spread per √bar",
      "What pushes the spread away.",
    ]),
    row("ou-deviation", "Long-run deviation of the spread", process?.stationaryDeviation, [
      "spread",
      "How far from its mean the spread usually is.",
    ]),
  ];
}

function thresholdRows(one: PairThresholds, { intervalMs }: Pair): FigureRow[] {
  const aim = one.objective === "return" ? "best return" : "best return for its risk";
  const missing = reasonSentence(one.reason);
  const row = (
    id: string,
    label: string,
    value: number | null,
    [unit, sentence]: readonly [string, string],
  ): FigureRow => ({
    id: `${one.objective}-${id}`,
    group: "Thresholds",
    label: `${label}, ${aim}`,
    value,
    unit,
    sentence: value === null ? missing : sentence,
  });
  const length = one.expectedTradeBars;
  return [
    row("entry", "Enter at", one.entry, ["spread", "Below it the spread is bought."]),
    row("exit", "Leave at", one.exit, ["spread", "Above it the spread is sold, and shorted."]),
    row("deviations", "Distance from the mean", one.deviations, [
      "long-run deviations",
      "How far out the two levels lie.",
    ]),
    row("length", "Length of a round trip", length, [
      "bars",
      length === null ? "" : `On average ${barsInWords(length, intervalMs)}.`,
    ]),
    row("per-bar", "Return after costs", one.expectedReturnPerBar, [
      "spread per bar",
      "If the spread went on as it was.",
    ]),
  ];
}

function breakRows({ structuralBreak, hedge }: PairAnalysisResult): FigureRow[] {
  const { statistic, pValue, breakMs, reason } = structuralBreak;
  const when = breakMs === null ? "" : ` A single break would stand at ${formatTimeUtc(breakMs)}.`;
  const said =
    pValue !== null && pValue < 0.05
      ? "The level of the spread has moved, or the spread is slow."
      : hedge.firstBar > 0
        ? "Nothing shows that the level of the spread has moved; a line that follows the pair hides it."
        : "Nothing shows that the level of the spread has moved.";
  return [
    {
      id: "cusum",
      group: "Stability",
      label: "CUSUM",
      value: statistic,
      unit: "",
      sentence: statistic === null ? reasonSentence(reason) : `${said}${when}`,
    },
    {
      id: "cusum-p-value",
      group: "Stability",
      label: "CUSUM p-value",
      value: pValue,
      unit: "",
      sentence:
        pValue === null
          ? reasonSentence(reason)
          : `Under ${formatNumber(0.05)} it would be rare for a spread with a steady level and quick bars.`,
    },
  ];
}

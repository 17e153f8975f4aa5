import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import type { StrategyParameter } from "#quant/strategies/strategy-parameters.ts";

/** A setting of a kind by name. */
export type NamedParameter = { readonly name: string; readonly parameter: StrategyParameter };

/** Settings of a kind that stand together in its form. */
export type ParameterGroup = {
  readonly title: string;
  readonly parameters: readonly NamedParameter[];
};

/** The settings of a kind, in the order of its form. */
export function parametersOf(kind: StrategyKind): readonly NamedParameter[] {
  const parameters: [string, StrategyParameter][] = Object.entries(STRATEGIES[kind].parameters);
  return parameters.map(([name, parameter]) => ({ name, parameter }));
}

type Groups = Readonly<Record<string, readonly string[]>>;

const LINE = [
  "prices",
  "hedgeMethod",
  "hedgeWindowBars",
  "kalmanDelta",
  "kalmanObservationVariance",
];

/** What belongs together; what a table does not name stands under "Signal". */
const GROUPS: Readonly<Record<StrategyKind, Groups>> = {
  "z-score-reversion": {
    Signal: [],
    "When to give up": ["stopZScore", "holdingMaxBars"],
    "Line between the legs": LINE,
  },
  "bollinger-spread": {
    Signal: [],
    "When to give up": ["stopDeviations", "holdingMaxBars"],
    "Line between the legs": LINE,
  },
  "traditional-sigma": { Signal: [], "Line between the legs": ["prices", "isHedged"] },
  rlrt: { Signal: [], "Line between the legs": ["isHedged"] },
  "ou-thresholds": { Signal: [], "When to give up": ["stopDeviations", "holdingMaxBars"] },
  "momentum-ranking": {
    Ranking: ["scoreBars", "trendBars", "jumpMax", "topShare", "periodsPerYear"],
    Market: ["indexPosition", "indexTrendBars"],
    Sizes: ["riskShare", "atrBars", "grossExposureMax"],
    Schedule: ["updateEvery", "rebalanceEvery", "missingBarsMax"],
  },
  "indicator-vote": {
    Votes: ["votesToEnter", "votesToStay", "sides", "grossExposureMax"],
    "Moving averages": ["usesSma", "smaFastBars", "smaSlowBars"],
    MACD: ["usesMacd", "macdFastBars", "macdSlowBars", "macdSignalBars"],
    RSI: ["usesRsi", "rsiBars", "rsiLow", "rsiHigh"],
    "Bollinger bands": ["usesBollinger", "bollingerBars", "bollingerDeviations"],
  },
};

/** The settings of a kind in groups; every one of them once. */
export function parameterGroups(kind: StrategyKind): readonly ParameterGroup[] {
  const all = parametersOf(kind);
  const grouped = new Set(Object.values(GROUPS[kind]).flat());
  const rest = all.filter(({ name }) => !grouped.has(name));
  const groups = Object.entries(GROUPS[kind]).map(([title, names]) => ({
    title,
    parameters:
      names.length === 0
        ? rest
        : names.flatMap((wanted) => all.filter(({ name }) => name === wanted)),
  }));
  const isPlaced = Object.values(GROUPS[kind]).some((names) => names.length === 0);
  return isPlaced || rest.length === 0 ? groups : [...groups, { title: "Other", parameters: rest }];
}

/** A choice that decides whether a setting is read: by name, the value that reads it, and the words. */
type Reader = { readonly by: string; readonly value: string | boolean; readonly why: string };

const READERS: Readonly<Record<string, Reader>> = {
  hedgeWindowBars: { by: "hedgeMethod", value: "rolling", why: "Read with a rolling window only." },
  kalmanDelta: { by: "hedgeMethod", value: "kalman", why: "Read with a Kalman filter only." },
  kalmanObservationVariance: {
    by: "hedgeMethod",
    value: "kalman",
    why: "Read with a Kalman filter only.",
  },
  zScoreWindowBars: {
    by: "zScoreMethod",
    value: "window",
    why: "The Kalman forecast needs no window.",
  },
  riskFreeBps: { by: "objective", value: "sharpe", why: "Read for return for risk only." },
  ...votersOf("usesSma", ["smaFastBars", "smaSlowBars"]),
  ...votersOf("usesMacd", ["macdFastBars", "macdSlowBars", "macdSignalBars"]),
  ...votersOf("usesRsi", ["rsiBars", "rsiLow", "rsiHigh"]),
  ...votersOf("usesBollinger", ["bollingerBars", "bollingerDeviations"]),
};

function votersOf(by: string, names: readonly string[]): Record<string, Reader> {
  return Object.fromEntries(
    names.map((name) => [name, { by, value: true, why: "This indicator does not vote." }]),
  );
}

/** Which other setting decides whether this one is read; null when it always is. */
export function readerOf(name: string): string | null {
  return READERS[name]?.by ?? null;
}

/**
 * Why a setting is not read as the others stand; null when it is.
 *
 * @param values settings by name, as typed
 */
export function unreadWhy(name: string, values: Readonly<Record<string, unknown>>): string | null {
  const reader = READERS[name];
  if (reader === undefined || values[reader.by] === undefined) return null;
  return values[reader.by] === reader.value ? null : reader.why;
}

import { type CointegratedPair, cointegratedPair } from "../cointegration/cointegrated-pair.ts";
import { type EngleGranger, engleGranger } from "../cointegration/engle-granger.ts";
import {
  type EngleGrangerSeveral,
  engleGrangerSeveral,
} from "../cointegration/engle-granger-several.ts";
import { type Johansen, type JohansenTest, johansen } from "../cointegration/johansen.ts";
import { phillipsOuliaris } from "../cointegration/phillips-ouliaris.ts";
import { optional } from "./arguments.ts";
import { criticalValuesByLevel } from "./critical-values.ts";
import { type DoorResult, doorCall } from "./door-call.ts";
import { DoorError } from "./door-error.ts";
import { LAG_READERS, lagOption, statsmodelsCompat } from "./lag-readers.ts";
import { flag, named, number, numberOr, oneOf } from "./readers.ts";
import { series, seriesList, seriesOneOrSeveral } from "./series-readers.ts";

const DETERMINISTIC = oneOf(-1, 0, 1, "restricted-constant", "restricted-trend");

/** An order may come as a word, as the other forms do. */
function deterministic(value: unknown, name: string): ReturnType<typeof DETERMINISTIC> {
  const isOrder = value === "-1" || value === "0" || value === "1";
  return DETERMINISTIC(isOrder ? Number(value) : value, name);
}

const PAIR_READERS = {
  ...LAG_READERS,
  compat: statsmodelsCompat,
} as const;

/** Tests of several series: do they share what wanders? */
export const COINTEGRATION_CALLS = {
  engleGranger: doorCall(
    {
      y: series,
      x: seriesOneOrSeveral,
      trend: optional(oneOf("c", "ct", "ctt"), "c"),
      ...PAIR_READERS,
    },
    (args) => {
      const { trend, compat } = args;
      const options = { trend, compat, lags: lagOption(args) };
      const [x] = args.x;
      return x !== undefined && args.x.length === 1
        ? engleGrangerResult(engleGranger(args.y, x, options))
        : severalResult(engleGrangerSeveral(args.y, args.x, options));
    },
  ),
  cointegratedPair: doorCall(
    { a: series, b: series, trend: optional(oneOf("c", "ct"), "c"), ...PAIR_READERS },
    (args) => {
      const { a, b, trend, compat } = args;
      return pairResult(cointegratedPair(a, b, { trend, compat, lags: lagOption(args) }));
    },
  ),
  phillipsOuliaris: doorCall(
    {
      y: series,
      x: series,
      statistic: optional(
        named({
          "variance-ratio": "variance-ratio",
          trace: "trace",
          Pu: "variance-ratio",
          Pz: "trace",
        }),
        "variance-ratio",
      ),
      trend: optional(oneOf("c", "ct"), "c"),
      lags: optional(numberOr("short", "long"), "short"),
      compat: optional(oneOf("urca"), undefined),
    },
    ({ y, x, ...options }) => {
      const test = phillipsOuliaris(y, x, options);
      return { ...test, criticalValues: criticalValuesByLevel(test.criticalValues) };
    },
  ),
  johansen: doorCall(
    {
      series: seriesList,
      deterministic: optional(deterministic, "restricted-constant"),
      lagsDiff: optional(number, 1),
      driftless: optional(flag, false),
    },
    ({ series: system, ...options }) => {
      const { deterministic: form, driftless } = options;
      if (driftless && form !== 0 && form !== 1) {
        throw new DoorError(
          "bad-argument",
          "driftless has a meaning for deterministic 0 and 1 only",
        );
      }
      return johansenResult(johansen(system, options));
    },
  ),
} as const;

function engleGrangerResult(test: EngleGranger): DoorResult {
  return {
    ...test,
    hedgeRatios: [test.hedgeRatio],
    criticalValues: criticalValuesByLevel(test.criticalValues),
  };
}

function severalResult(test: EngleGrangerSeveral): DoorResult {
  return {
    ...test,
    criticalValues: criticalValuesByLevel(test.criticalValues),
    ...(test.pValue === null ? { reason: "pValue: there is a law of up to six series" } : {}),
  };
}

function pairResult(pair: CointegratedPair): DoorResult {
  return { ...pair, aOnB: engleGrangerResult(pair.aOnB), bOnA: engleGrangerResult(pair.bOnA) };
}

function johansenResult(result: Johansen): DoorResult {
  return {
    ...result,
    trace: johansenTest(result.trace),
    maxEigenvalue: johansenTest(result.maxEigenvalue),
  };
}

function johansenTest({ statistics, criticalValues, pValues }: JohansenTest): DoorResult {
  return {
    statistics,
    criticalValues: {
      90: criticalValues.map(({ tenPercent }) => tenPercent),
      95: criticalValues.map(({ fivePercent }) => fivePercent),
      99: criticalValues.map(({ onePercent }) => onePercent),
    },
    pValues,
    ...(pValues.includes(null)
      ? { reason: "pValues: there is a law of up to five common trends" }
      : {}),
  };
}

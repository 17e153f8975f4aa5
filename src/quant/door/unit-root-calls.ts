import { augmentedDickeyFuller } from "../cointegration/adf.ts";
import { dfGls } from "../unit-root/df-gls.ts";
import { kpss } from "../unit-root/kpss.ts";
import { phillipsPerron } from "../unit-root/phillips-perron.ts";
import { varianceRatio } from "../unit-root/variance-ratio.ts";
import { zivotAndrews } from "../unit-root/zivot-andrews.ts";
import { optional } from "./arguments.ts";
import { criticalValuesByLevel } from "./critical-values.ts";
import { doorCall } from "./door-call.ts";
import { LAG_READERS, lagOption, statsmodelsCompat } from "./lag-readers.ts";
import { flag, number, numberOr, oneOf } from "./readers.ts";
import { series } from "./series-readers.ts";

/** Tests of one series: does it wander or return? */
export const UNIT_ROOT_CALLS = {
  adf: doorCall(
    {
      series,
      trend: optional(oneOf("n", "c", "ct", "ctt"), "c"),
      ...LAG_READERS,
      // The misprints are in the rows of two series and more: it changes nothing for one.
      compat: statsmodelsCompat,
    },
    (args) => {
      const { trend } = args;
      const test = augmentedDickeyFuller(args.series, { trend, lags: lagOption(args) });
      return { ...test, criticalValues: criticalValuesByLevel(test.criticalValues) };
    },
    "singular",
  ),
  kpss: doorCall(
    {
      series,
      trend: optional(oneOf("c", "ct"), "c"),
      lags: optional(numberOr("auto", "legacy"), "auto"),
    },
    (args) => {
      const { criticalValues, ...test } = kpss(args.series, args);
      const { twoAndHalfPercent } = criticalValues;
      return {
        ...test,
        criticalValues: { ...criticalValuesByLevel(criticalValues), "2.5%": twoAndHalfPercent },
      };
    },
    "singular",
  ),
  phillipsPerron: doorCall(
    {
      series,
      trend: optional(oneOf("n", "c", "ct"), "c"),
      lags: optional(number, undefined),
      test: optional(oneOf("tau", "rho"), "tau"),
    },
    ({ series: values, trend, lags, test }) => {
      const options = lags === undefined ? { trend, test } : { trend, test, lags };
      const { criticalValues, ...result } = phillipsPerron(values, options);
      if (criticalValues === null) return result;
      return { ...result, criticalValues: criticalValuesByLevel(criticalValues) };
    },
    "singular",
  ),
  dfgls: doorCall(
    { series, trend: optional(oneOf("c", "ct"), "c"), ...LAG_READERS },
    (args) => {
      const { trend } = args;
      const test = dfGls(args.series, { trend, lags: lagOption(args) });
      return {
        ...test,
        criticalValues: criticalValuesByLevel(test.criticalValues),
        ...(test.pValue === null ? { reason: "pValue: there is a law for trend c only" } : {}),
      };
    },
    "singular",
  ),
  zivotAndrews: doorCall(
    {
      series,
      trend: optional(oneOf("c", "t", "ct"), "c"),
      ...LAG_READERS,
      breaks: optional(oneOf("trimmed", "all"), "trimmed"),
    },
    (args) => {
      const { trend, breaks } = args;
      const test = zivotAndrews(args.series, { trend, breaks, lags: lagOption(args) });
      return {
        ...test,
        criticalValues: criticalValuesByLevel(test.criticalValues),
        ...(test.pValue === null
          ? { reason: "pValue: there is a law of trimmed breaks only" }
          : {}),
      };
    },
    "singular",
  ),
  varianceRatio: doorCall(
    { series, q: number, debiased: optional(flag, true), robust: optional(flag, true) },
    ({ series: values, ...options }) => varianceRatio(values, options),
    "singular",
  ),
} as const;

import { z } from "zod";
import { IntervalMs, TimeWindow } from "./interval.ts";
import { JobView } from "./job.ts";
import { Manifest } from "./manifest.ts";

/** How the hedge ratio is found. Rolling, expanding and Kalman ones follow it from bar to bar. */
export const HedgeChoice = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ols") }),
  z.strictObject({ kind: z.literal("ols-no-intercept") }),
  z.strictObject({
    kind: z.literal("rolling-ols"),
    windowBars: z.number().int().min(10).max(20_000),
  }),
  z.strictObject({ kind: z.literal("expanding-ols") }),
  z.strictObject({ kind: z.literal("tls") }),
  z.strictObject({ kind: z.literal("huber") }),
  z.strictObject({ kind: z.literal("theil-sen") }),
  z.strictObject({
    kind: z.literal("kalman"),
    /** δ: both states gain the variance δ / (1 − δ) from bar to bar. */
    delta: z.number().min(1e-12).max(0.5),
    /** Variance of Y about its line, unit of Y squared. */
    observationVariance: z.number().min(1e-15).max(1e12),
  }),
  z.strictObject({ kind: z.literal("kalman-ml") }),
  z.strictObject({ kind: z.literal("johansen") }),
]);
export type HedgeChoice = z.infer<typeof HedgeChoice>;

const InstrumentId = z.number().int().positive().max(2_147_483_647);

/** What is asked of a pair. Costs and margin in basis points; see the fields of quant's analysePair. */
export const PairAnalysisConfig = z
  .strictObject({
    instrumentY: InstrumentId,
    instrumentX: InstrumentId,
    intervalMs: IntervalMs,
    window: TimeWindow,
    prices: z.enum(["log", "level"]),
    hedge: HedgeChoice,
    zScoreWindowBars: z.number().int().min(3).max(5_000),
    testWindowBars: z.number().int().min(60).max(5_000),
    costBps: z.number().min(0).max(1_000),
    riskFreeBps: z.number().min(0).max(1_000),
  })
  .refine(({ instrumentY, instrumentX }) => instrumentY !== instrumentX, {
    message: "The legs must be two instruments",
    path: ["instrumentX"],
  });
export type PairAnalysisConfig = z.infer<typeof PairAnalysisConfig>;

const InputReason = z.enum([
  "too-short",
  "not-finite",
  "length-mismatch",
  "constant",
  "collinear",
  "out-of-range",
]);
const ReversionReason = z.enum([...InputReason.options, "no-mean-reversion", "oscillating"]);

/** Why a figure has no value; closed, so that each has a sentence. */
export const FigureReason = z.enum([
  ...ReversionReason.options,
  "no-process",
  "no-cost",
  "no-interior-optimum",
  "no-volume",
  "no-test",
]);
export type FigureReason = z.infer<typeof FigureReason>;

export const PairTestName = z.enum([
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
]);
export type PairTestName = z.infer<typeof PairTestName>;

/** One test; `pValueClamped` says on which side of the table's end the p-value lies. */
export const PairTestResult = z.object({
  name: PairTestName,
  statistic: z.number().nullable(),
  pValue: z.number().nullable(),
  pValueClamped: z.enum(["low", "high"]).nullable(),
  criticalValue: z.number().nullable(),
  lags: z.number().int().nullable(),
  /** Open time of the last bar before the break, UTC ms. */
  breakMs: z.number().nullable(),
  reason: InputReason.nullable(),
});
export type PairTestResult = z.infer<typeof PairTestResult>;

/** Entry and exit of the spread that are best after costs; levels in its unit, times in bars. */
export const PairThresholds = z.object({
  objective: z.enum(["return", "sharpe"]),
  entry: z.number().nullable(),
  exit: z.number().nullable(),
  deviations: z.number().nullable(),
  expectedTradeBars: z.number().nullable(),
  expectedReturnPerBar: z.number().nullable(),
  sharpePerRootBar: z.number().nullable(),
  reason: z
    .enum([...InputReason.options, "no-process", "no-cost", "no-interior-optimum"])
    .nullable(),
});
export type PairThresholds = z.infer<typeof PairThresholds>;

export const SignalFlagName = z.enum(["stationary", "correlated", "hedge-stable", "liquid"]);
export type SignalFlagName = z.infer<typeof SignalFlagName>;

/** How far a signal at the last bar is to be trusted; a flag that is null could not be measured. */
export const SignalQuality = z.object({
  quality: z.enum(["HIGH", "MEDIUM", "LOW"]),
  guard: z.enum(["GREEN", "YELLOW", "RED"]),
  flags: z.array(
    z.object({
      name: SignalFlagName,
      holds: z.boolean().nullable(),
      value: z.number().nullable(),
      limit: z.number(),
      reason: z.enum(["no-volume", "too-short", "no-test"]).nullable(),
    }),
  ),
  issues: z.array(SignalFlagName),
});
export type SignalQuality = z.infer<typeof SignalQuality>;

/** The figures of a pair over a window; each is null with its reason where the data allow none. */
export const PairAnalysisResult = z.object({
  observations: z.number().int(),
  droppedBars: z.number().int(),
  firstOpenTimeMs: z.number(),
  lastOpenTimeMs: z.number(),
  hedge: z.object({
    hedgeRatio: z.number(),
    intercept: z.number(),
    hedgeRatioError: z.number().nullable(),
    interceptError: z.number().nullable(),
    hedgeRatioInterval: z.tuple([z.number(), z.number()]).nullable(),
    rSquared: z.number().nullable(),
    /** Bars before the first line. */
    firstBar: z.number().int(),
    /** Whether each bar's line was known at that bar. */
    isCausal: z.boolean(),
  }),
  tests: z.array(PairTestResult),
  reversion: z.object({
    halfLifeLinearBars: z.number().nullable(),
    halfLifeExactBars: z.number().nullable(),
    halfLifeReason: ReversionReason.nullable(),
    hurst: z.array(
      z.object({
        method: z.enum(["deviations", "generalised", "rescaled-range", "dfa"]),
        exponent: z.number().nullable(),
        reason: InputReason.nullable(),
      }),
    ),
    meanCrossings: z.number().int().nullable(),
    process: z
      .object({
        kappa: z.number(),
        theta: z.number(),
        sigma: z.number(),
        halfLifeBars: z.number(),
        stationaryDeviation: z.number(),
      })
      .nullable(),
    processReason: ReversionReason.nullable(),
  }),
  /** Of a round trip, unit of the spread. */
  roundTripCost: z.number(),
  thresholds: z.array(PairThresholds),
  signal: SignalQuality,
  /** CUSUM of the spread; `breakMs` is where a single break would stand. */
  structuralBreak: z.object({
    statistic: z.number().nullable(),
    pValue: z.number().nullable(),
    breakMs: z.number().nullable(),
    reason: InputReason.nullable(),
  }),
  manifest: Manifest,
  durationMs: z.number(),
});
export type PairAnalysisResult = z.infer<typeof PairAnalysisResult>;

/** An analysis as its page shows it. */
export const PairAnalysisView = z.object({
  id: z.uuid(),
  config: PairAnalysisConfig,
  symbolY: z.string(),
  symbolX: z.string(),
  synthetic: z.boolean(),
  result: PairAnalysisResult.nullable(),
  job: JobView.nullable(),
  createdAtMs: z.number(),
});
export type PairAnalysisView = z.infer<typeof PairAnalysisView>;

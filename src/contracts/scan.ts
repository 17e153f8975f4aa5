import { z } from "zod";
import { TimeWindow } from "./interval.ts";
import { JobView } from "./job.ts";
import { Manifest } from "./manifest.ts";
import { ScanFunnelConfig, ScanFunnelSummary, ScanPairFunnel } from "./scan-funnel.ts";

/** How many lagged differences the residual's unit-root test has: chosen by AIC, or fixed. */
export const LagChoice = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("aic") }),
  z.strictObject({ kind: z.literal("bic") }),
  z.strictObject({ kind: z.literal("fixed"), lags: z.number().int().min(0).max(60) }),
]);
export type LagChoice = z.infer<typeof LagChoice>;

/** Which of a pair's two p-values goes into the multiple-testing correction. */
export const TestedDirection = z.enum(["y-on-x", "smaller-of-both-doubled"]);
export type TestedDirection = z.infer<typeof TestedDirection>;

/**
 * What to scan and how. Leg Y is the symbol that comes first in the alphabet; a funnel with the naive
 * test has it as leg X, since that test is of the second on the first.
 */
export const ScanConfig = z.strictObject({
  universeId: z.uuid(),
  formation: TimeWindow,
  lags: LagChoice,
  direction: TestedDirection,
  /** Level of the tests and false-discovery rate to control, a fraction. */
  significance: z.number().min(0.001).max(0.5),
  /** Absent: every pair is tested in both directions, corrected by Benjamini–Hochberg, none filtered. */
  funnel: ScanFunnelConfig.optional(),
});
export type ScanConfig = z.infer<typeof ScanConfig>;

/** Counts of a finished scan. `pairCount` = tested + refused; rejections are of the null "not cointegrated". */
export const ScanSummary = z.object({
  pairCount: z.number().int(),
  testedCount: z.number().int(),
  refusedCount: z.number().int(),
  /** Pairs whose p-value lies below the significance, before correction. */
  rejectedCount: z.number().int(),
  /** testedCount · significance: false ones to expect if no pair were cointegrated. */
  expectedFalseCount: z.number(),
  /** Pairs whose q-value lies below the significance; without a correction the rejected ones. */
  discoveredCount: z.number().int(),
  /**
   * How many pairs each correction leaves, whichever was chosen: by Benjamini–Hochberg about `significance`
   * of them are false, by Benjamini–Yekutieli at most so many under any dependence. Absent in old scans
   * and for a naive test, whose p-values mean nothing.
   */
  survivors: z
    .object({ benjaminiHochberg: z.number().int(), benjaminiYekutieli: z.number().int() })
    .optional(),
  durationMs: z.number(),
  /** What a reader must know about the data, such as a formation period longer than the data. */
  warnings: z.array(z.string()).optional(),
  /** First and last bar that the formation period really has, of any instrument; UTC ms. */
  dataSpan: z.object({ firstOpenTimeMs: z.number(), lastOpenTimeMs: z.number() }).optional(),
  /** Of a scan with a funnel. */
  funnel: ScanFunnelSummary.optional(),
});
export type ScanSummary = z.infer<typeof ScanSummary>;

/**
 * One pair of a scan. p-values: MacKinnon (1994), null "no cointegration". `pValue` is the one that was
 * corrected (see TestedDirection). `refusal` is the code of why a pair was not tested, else null.
 */
export const ScanPairRow = z.object({
  instrumentY: z.number().int(),
  instrumentX: z.number().int(),
  symbolY: z.string(),
  symbolX: z.string(),
  refusal: z.string().nullable(),
  observations: z.number().int(),
  hedgeRatio: z.number().nullable(),
  intercept: z.number().nullable(),
  statisticYx: z.number().nullable(),
  pValueYx: z.number().nullable(),
  lagsYx: z.number().int().nullable(),
  statisticXy: z.number().nullable(),
  pValueXy: z.number().nullable(),
  lagsXy: z.number().int().nullable(),
  pValue: z.number().nullable(),
  qValue: z.number().nullable(),
  halfLifeBars: z.number().nullable(),
  correlation: z.number().nullable(),
  /** Of a scan with a funnel. */
  funnel: ScanPairFunnel.nullable().optional(),
});
export type ScanPairRow = z.infer<typeof ScanPairRow>;

/** A scan as lists and pages show it. */
export const ScanView = z.object({
  id: z.uuid(),
  universeId: z.uuid(),
  universeName: z.string(),
  intervalMs: z.number(),
  synthetic: z.boolean(),
  config: ScanConfig,
  summary: ScanSummary.nullable(),
  manifest: Manifest.nullable(),
  job: JobView.nullable(),
  createdAtMs: z.number(),
});
export type ScanView = z.infer<typeof ScanView>;

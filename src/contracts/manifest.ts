import { z } from "zod";

/** What a result was made of, so that anyone can make it again. Hashes are SHA-256, hexadecimal. */
export const Manifest = z.object({
  configHash: z.string(),
  dataHash: z.string(),
  codeHash: z.string(),
  /**
   * What the hashes of data are of: the bars that were read, or whole series as they stood, which other
   * hashes follow as soon as a series grows. Older manifests do not say it: theirs are of whole series.
   */
  hashedBars: z.enum(["read", "whole-series"]).optional(),
  /** The series that were read, each with the hash of its bars at that time. */
  series: z.array(
    z.object({
      symbol: z.string(),
      venue: z.string(),
      contentHash: z.string(),
      bars: z.number(),
      /** Of bars that tell what happened inside those of the strategy; left out of these themselves. */
      intervalMs: z.number().optional(),
    }),
  ),
  /**
   * What decided about stops and limits inside bars; left out where there were none. `finerIntervalMs`: of
   * the shorter bars along which they were run; null: the pessimistic path, for the reason given. `untold`: the
   * bars that shorter ones do not tell the inside of, where the pessimistic path decided; left out where all are told.
   */
  insideBars: z
    .object({
      finerIntervalMs: z.number().nullable(),
      reason: z.string().nullable(),
      untold: z.object({ bars: z.number(), firstMs: z.number(), symbol: z.string() }).optional(),
    })
    .optional(),
  computedAtMs: z.number(),
});
export type Manifest = z.infer<typeof Manifest>;

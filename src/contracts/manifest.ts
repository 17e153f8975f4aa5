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
    z.object({ symbol: z.string(), venue: z.string(), contentHash: z.string(), bars: z.number() }),
  ),
  computedAtMs: z.number(),
});
export type Manifest = z.infer<typeof Manifest>;

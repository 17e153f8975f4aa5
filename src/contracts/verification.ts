import { z } from "zod";
import { RunHashes } from "./backtest.ts";
import { JobState } from "./job.ts";

/** One thing that was compared: what the report says and what the new run has. */
export const VerifiedPart = z.object({
  name: z.string(),
  reported: z.string(),
  found: z.string(),
  /** null: the report was made before this was kept, or hashed as it is now; nothing to compare with. */
  agrees: z.boolean().nullable(),
});
export type VerifiedPart = z.infer<typeof VerifiedPart>;

/** The report made again from its settings and data. */
export const Verification = z.object({
  id: z.uuid(),
  state: JobState,
  progress: z.number(),
  startedAtMs: z.number(),
  /** null until it has ended well. */
  outcome: z
    .object({
      /** Nothing that can be compared differs, but for the code. */
      agrees: z.boolean(),
      /** null where a link was made without sizes: they could be found by trying. */
      hashes: RunHashes.nullable(),
      /** All that the report says but times and warnings of scans: figures as they are, longer parts by a hash. */
      parts: z.array(VerifiedPart),
      durationMs: z.number(),
    })
    .nullable(),
  /** Why it failed, in words that can be shown. */
  error: z.string().nullable(),
});
export type Verification = z.infer<typeof Verification>;

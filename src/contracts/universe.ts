import { z } from "zod";
import { InstrumentId } from "./instrument-id.ts";
import { IntervalMs } from "./interval.ts";
import { plainLine } from "./plain-text.ts";

/** A named list of instruments at one interval. A pair needs two, so a universe of one is refused. */
export const UniverseInput = z.strictObject({
  name: plainLine(80).min(1, "Give the universe a name"),
  intervalMs: IntervalMs,
  instrumentIds: z
    .array(InstrumentId)
    .min(2, "A universe needs at least two instruments")
    .max(1_000, "A universe holds at most 1,000 instruments")
    .refine((ids) => new Set(ids).size === ids.length, "An instrument stands in the list twice"),
});
export type UniverseInput = z.infer<typeof UniverseInput>;

/** A saved universe with the symbols of its instruments, in alphabetical order. */
export const UniverseView = z.object({
  id: z.uuid(),
  name: z.string(),
  intervalMs: z.number(),
  instruments: z.array(
    z.object({
      id: z.number().int(),
      symbol: z.string(),
      venue: z.string(),
      firstOpenTimeMs: z.number().nullable(),
      lastOpenTimeMs: z.number().nullable(),
      barCount: z.number().int(),
    }),
  ),
  synthetic: z.boolean(),
  scanCount: z.number().int(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
});
export type UniverseView = z.infer<typeof UniverseView>;

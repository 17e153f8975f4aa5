import { z } from "zod";
import { TimeWindow } from "./interval.ts";
import { ScanPairRow } from "./scan.ts";

/** How a pair stands in a scan against the scan before: by its q-value, or by its judged p-value without one. */
export const SuggestedChange = z.enum(["new", "better", "worse", "same"]);
export type SuggestedChange = z.infer<typeof SuggestedChange>;

/** What is listed of a pair. `score` is the figure that `change` compares; lower is better. */
export const SuggestedPair = ScanPairRow.pick({
  instrumentY: true,
  instrumentX: true,
  symbolY: true,
  symbolX: true,
  hedgeRatio: true,
  halfLifeBars: true,
  correlation: true,
}).extend({
  score: z.number().nullable(),
  previousScore: z.number().nullable(),
});
export type SuggestedPair = z.infer<typeof SuggestedPair>;

/** The best pairs of the latest scan of one universe, and what became of those of the scan before. */
export const UniverseSuggestions = z.object({
  universeId: z.uuid(),
  universeName: z.string(),
  intervalMs: z.number(),
  scanId: z.uuid(),
  scannedAtMs: z.number(),
  /** The last scan before in which any pair could be tested; null: there is none. */
  previousScanId: z.uuid().nullable(),
  previousScannedAtMs: z.number().nullable(),
  /** Whether both scans had the same options, so that only the data changed. */
  sameOptions: z.boolean(),
  /** Where each of both looked for pairs. */
  formation: TimeWindow,
  previousFormation: TimeWindow.nullable(),
  /** All pairs that passed; only the best of them are listed. */
  passedCount: z.number().int(),
  pairs: z.array(SuggestedPair.extend({ change: SuggestedChange.nullable() })),
  /** Passed the scan before and no longer pass; `score` is of the latest scan, null when not tested in it. */
  gone: z.array(SuggestedPair),
});
export type UniverseSuggestions = z.infer<typeof UniverseSuggestions>;

import type { DatasetConfig } from "#contracts/dataset.ts";

/** Whether groups are learned from together, in words. */
export const POOLING_WORDS: Readonly<Record<DatasetConfig["pooling"], string>> = {
  each: "Each group by itself: one model of each",
  pooled: "All groups together: one model of all",
};

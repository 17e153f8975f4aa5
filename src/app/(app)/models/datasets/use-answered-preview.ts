"use client";

import { useState } from "react";
import type { DatasetConfig, DatasetPreview } from "#contracts/dataset.ts";

/** An answer with what it is the answer to. */
export type AnsweredPreview = {
  readonly preview: DatasetPreview;
  readonly config: DatasetConfig;
  /** Place of the feature that is drawn. */
  readonly feature: number;
};

/** The last answer with its question, so that what is drawn belongs together while another is awaited. */
export function useAnsweredPreview(
  preview: DatasetPreview | undefined,
  config: DatasetConfig | null,
  feature: number,
): AnsweredPreview | null {
  const [last, setLast] = useState<AnsweredPreview | null>(null);
  if (preview === undefined || config === null || last?.preview === preview) return last;
  const answered = { preview, config, feature };
  setLast(answered);
  return answered;
}

import type { LearningRunListItem } from "#contracts/learning-run.ts";

/** What a version of a dataset was when runs read it: its settings stay, the bars of its span may not. */
export type DatasetFingerprints =
  | { readonly kind: "unread" }
  | {
      readonly kind: "read";
      /** Of the settings and the bars, as the newest run that finished read them. */
      readonly newest: string;
      readonly runs: number;
      /** Of runs that read other bars. */
      readonly others: number;
    };

/**
 * Fingerprints of a version with its bars.
 *
 * @param runs newest first
 */
export function datasetFingerprints(
  runs: readonly Pick<LearningRunListItem, "datasetVersion" | "datasetHash">[],
  version: number,
): DatasetFingerprints {
  const hashes = runs.flatMap(({ datasetVersion, datasetHash }) =>
    datasetVersion === version && datasetHash !== null ? [datasetHash] : [],
  );
  const [newest] = hashes;
  if (newest === undefined) return { kind: "unread" };
  const runsOfNewest = hashes.filter((hash) => hash === newest).length;
  return { kind: "read", newest, runs: runsOfNewest, others: hashes.length - runsOfNewest };
}

/** In words, how many runs read the same. */
export function readWords({
  runs,
  others,
}: Extract<DatasetFingerprints, { kind: "read" }>): string {
  const same = runs === 1 ? "As one run has read it." : `As ${runs} runs have read it.`;
  if (others === 0) return same;
  const rest = others === 1 ? "One run" : `${others} runs`;
  return `${same} ${rest} read other bars in the same span: prices were added or corrected between.`;
}

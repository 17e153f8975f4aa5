import type { DatasetBars } from "#contracts/dataset.ts";
import type { LearningRunListItem } from "#contracts/learning-run.ts";
import { formatInteger } from "#ui/format.ts";

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
  const same = runs === 1 ? "One run has read its bars." : `${runs} runs have read the same bars.`;
  if (others === 0) return same;
  const rest = others === 1 ? "One run" : `${others} runs`;
  return `${same} ${rest} read other bars in the same span: prices were added or corrected between.`;
}

/** In words, whether the bars of a version are still those that it was saved on, and of which series they are not. */
export function savedBarsWords(bars: DatasetBars): string {
  if (bars.kind === "unhashed") {
    return "Its bars were not hashed when it was saved: there were more than 1,000,000, or it is older than such hashes.";
  }
  const of = `${formatInteger(bars.bars)} bars of ${formatInteger(bars.series)} series`;
  if (bars.changed.length === 0) return `The ${of} are still those that it was saved on.`;
  const named = bars.changed.map(({ symbol, bars: before, barsNow }) => {
    if (barsNow === 0) return `${symbol} (gone)`;
    if (barsNow === before) return `${symbol} (other values)`;
    return `${symbol} (${formatInteger(before)} bars then, ${formatInteger(barsNow)} now)`;
  });
  return `Of the ${of} that it was saved on, these have changed since: ${named.join(", ")}.`;
}

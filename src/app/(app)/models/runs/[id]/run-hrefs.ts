import type { LearningRunView } from "#contracts/learning-run.ts";

type Ran = Pick<LearningRunView, "id" | "datasetId" | "datasetVersion">;

/** The version of the dataset that was trained on; null where the dataset was deleted. */
export function datasetHref({ datasetId, datasetVersion }: Ran): string | null {
  return datasetId === null
    ? null
    : `/models/datasets/${datasetId}?version=${datasetVersion.version}`;
}

/** The form with the settings of a run, to be changed; null where its dataset was deleted. */
export function againHref({ id, datasetId, datasetVersion }: Ran): string | null {
  return datasetId === null ? null : `/models/runs/new?dataset=${datasetVersion.id}&from=${id}`;
}

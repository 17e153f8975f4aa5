import { createRandom } from "../../synthetic/random.ts";
import type { TrainingData } from "../training-data.ts";

/** A synthetic set: what is asked of it. */
export type TreeDataPlan = {
  readonly rowCount: number;
  readonly featureCount: number;
  readonly classCount: number;
  readonly seed: number;
  /** Share of the features' values that are missing. */
  readonly missingShare?: number;
};

/** Normal features, of which the first three decide, with an interaction; the target has noise. */
export function treeData(plan: TreeDataPlan): TrainingData {
  const { rowCount, featureCount, classCount, seed, missingShare = 0 } = plan;
  const random = createRandom(seed);
  const columns = Array.from({ length: featureCount }, () =>
    Float64Array.from({ length: rowCount }, random.gaussian),
  );
  const at = (j: number, i: number): number => columns[j % featureCount]?.[i] ?? 0;
  const target = Float64Array.from({ length: rowCount }, (_, i) => {
    const signal = at(0, i) + at(1, i) * at(2, i) + 0.3 * random.gaussian();
    if (classCount === 0) return signal;
    return Math.min(classCount - 1, Math.max(0, Math.floor(signal + classCount / 2)));
  });
  for (const column of columns) {
    for (let i = 0; i < rowCount; i++) if (random.uniform() < missingShare) column[i] = Number.NaN;
  }
  const names = columns.map((_, j) => `f${j}`);
  return { table: { names, columns, rowCount }, target, classCount, weights: null };
}

/** The same data with weights. */
export function weighted(data: TrainingData, weights: Float64Array): TrainingData {
  return { ...data, weights };
}

import { InvalidInputError } from "../../invalid-input-error.ts";
import type { FeatureSpec } from "../features/feature-spec.ts";
import { valuesAt } from "../training-data.ts";
import type { Dataset, DatasetGroup, DatasetOptions } from "./dataset.ts";
import { type GroupDataset, groupDataset } from "./group-dataset.ts";
import { type LabelSpec, labelClasses, labelHorizonBars, readsPresentOnly } from "./label-spec.ts";
import { timeOrder } from "./time-order.ts";

/**
 * Dataset: rows of one or several pairs, with their answers, in order of time; rows of the same time keep
 * the order of their groups.
 *
 * @param groups at least one, each with its bars
 * @param features at least one, the same of all groups
 * @param label what is predicted
 * @param options see DatasetOptions
 * @returns rows, with the bars and times that each reads and the reasons why bars give none; may be empty
 * @throws {InvalidInputError} "too-short": no group; as groupDataset
 *
 * Cost: O(features · bars · log groups). Memory: features and rows twice.
 */
export function assembleDataset(
  groups: readonly DatasetGroup[],
  features: readonly FeatureSpec[],
  label: LabelSpec,
  options: DatasetOptions = {},
): Dataset {
  if (groups.length === 0) throw new InvalidInputError("too-short", "a dataset needs bars");
  const { incomplete = "drop", weighting = "none" } = options;
  const parts = groups.map((group) => groupDataset(group, features, label, incomplete));
  const order = timeOrder(parts.map(({ timeMs }) => timeMs));
  const numbers = (of: (part: GroupDataset) => Float64Array): Float64Array =>
    valuesAt(joined(parts.map(of)), order);
  const places = (of: (part: GroupDataset) => Int32Array): Int32Array =>
    Int32Array.from(valuesAt(joined(parts.map(of)), order));
  const classes = labelClasses(label);
  const uniqueness = numbers((part) => part.uniqueness);
  return {
    table: {
      names: parts[0]!.names,
      columns: features.map((_, j) => numbers((part) => part.columns[j]!)),
      rowCount: order.length,
    },
    target: numbers((part) => part.target),
    classCount: classes.length,
    weights: weighting === "uniqueness" ? uniqueness : null,
    groups: places((part) => new Int32Array(part.bars.length).fill(parts.indexOf(part))),
    bars: places((part) => part.bars),
    sources: parts.map((part) => part.source),
    horizonBars: labelHorizonBars(label),
    classDirections: classes.map(({ direction }) => direction),
    classes,
    labelEndBars: places((part) => part.labelEndBars),
    times: {
      timeMs: numbers((part) => part.timeMs),
      featureStartMs: numbers((part) => part.featureStartMs),
      labelEndMs: numbers((part) => part.labelEndMs),
    },
    uniqueness,
    lookBackBars: Math.max(...parts.map((part) => part.lookBackBars)),
    readsPresentOnly: readsPresentOnly(label),
    groupRows: parts.map((part) => part.summary),
  };
}

/** One series after the other. */
function joined(parts: readonly (Float64Array | Int32Array)[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

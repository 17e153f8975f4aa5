import type { Dataset } from "./dataset.ts";
import type { Hazard } from "./hazard.ts";
import { repeatedColumns } from "./repeated-columns.ts";
import { isTelling } from "./telling-column.ts";

/**
 * Dataset hazards: what is wrong with the rows of a dataset by their numbers.
 *
 * @param dataset assembled
 * @returns refused: fewer rows than the look-back, one class only, a constant feature, a feature that tells
 *   without error what lies ahead. Warned of: columns that are the same but for scale, a feature that tells
 *   a label of the present, an unbounded look-back
 *
 * Cost: O(features · rows), and O(features² · 1,000) for the repetitions.
 */
export function datasetHazards(dataset: Dataset): readonly Hazard[] {
  const tooFew = fewRows(dataset);
  // Of hardly any rows everything is constant, and told by everything.
  if (tooFew.length > 0) return tooFew;
  return [
    ...oneClass(dataset),
    ...constantFeatures(dataset),
    ...repetitions(dataset),
    ...tellingFeatures(dataset),
    ...unboundedLookBack(dataset),
  ];
}

function fewRows({ table, lookBackBars }: Dataset): readonly Hazard[] {
  const needed = lookBackBars === Infinity ? 2 : Math.max(2, lookBackBars);
  if (table.rowCount >= needed) return [];
  return [
    {
      code: "fewer-rows-than-look-back",
      severity: "refusal",
      message: `There are ${table.rowCount} rows, fewer than the ${needed} bars that each of them looks back`,
      names: [],
    },
  ];
}

function oneClass({ classCount, classes, target }: Dataset): readonly Hazard[] {
  if (classCount === 0) return [];
  const first = target[0]!;
  if (target.some((value) => value !== first)) return [];
  const { name } = classes[first]!;
  return [
    {
      code: "one-class",
      severity: "refusal",
      message: `All rows are of one class, "${name}": there is nothing to tell apart`,
      names: [name],
    },
  ];
}

function isConstant(column: Float64Array): boolean {
  let value = Number.NaN;
  for (let i = 0; i < column.length; i++) {
    if (Number.isNaN(column[i]!)) continue;
    if (Number.isNaN(value)) value = column[i]!;
    else if (column[i] !== value) return false;
  }
  return true;
}

function constantFeatures({ table }: Dataset): readonly Hazard[] {
  return table.names
    .filter((_, j) => isConstant(table.columns[j]!))
    .map((name) => ({
      code: "constant-feature",
      severity: "refusal",
      message: `The feature ${name} is the same in every row`,
      names: [name],
    }));
}

function repetitions({ table }: Dataset): readonly Hazard[] {
  return repeatedColumns(table).map(({ first, second, isExact }) => {
    const names = [table.names[first]!, table.names[second]!];
    const sameness = isExact ? "are equal in every row" : "are the same but for scale and offset";
    return {
      code: "duplicated-columns",
      severity: "warning",
      message: `The features ${names.join(" and ")} ${sameness}: their importance is shared between them`,
      names,
    };
  });
}

function tellingFeatures(dataset: Dataset): readonly Hazard[] {
  const { table, target, classCount, readsPresentOnly } = dataset;
  return table.names
    .filter((_, j) => isTelling(table.columns[j]!, target, classCount))
    .map((name) => ({
      code: "label-told-by-a-feature",
      // Of the present it may, of the future it cannot know that much.
      severity: readsPresentOnly ? "warning" : "refusal",
      message: `The feature ${name} alone tells the label without error: it holds the answer`,
      names: [name],
    }));
}

function unboundedLookBack({ lookBackBars }: Dataset): readonly Hazard[] {
  if (lookBackBars !== Infinity) return [];
  return [
    {
      code: "unbounded-look-back",
      severity: "warning",
      message:
        "The spread is fitted on the whole past: training and test rows can be kept apart by their labels only",
      names: [],
    },
  ];
}

import type { RunDetail } from "#contracts/learning-run.ts";
import type { CellValue } from "#ui/data-table-column.ts";

/** A parameter, or something that was learned, by fold. */
export type ChosenRow = {
  readonly key: string;
  readonly name: string;
  readonly isLearned: boolean;
  readonly values: readonly CellValue[];
  /** The same in every fold. */
  readonly isSame: boolean;
};

/** Parameters by fold as they were given or found, and below them what was learned in few numbers. */
export function chosenRows({
  chosen,
  learned,
}: Pick<RunDetail, "chosen" | "learned">): readonly ChosenRow[] {
  return [...rowsOf(chosen, false), ...rowsOf(learned, true)];
}

function rowsOf(
  folds: readonly Readonly<Record<string, CellValue>>[],
  isLearned: boolean,
): readonly ChosenRow[] {
  const names = [...new Set(folds.flatMap((fold) => Object.keys(fold)))];
  return names.map((name) => {
    const values = folds.map((fold) => fold[name] ?? null);
    return {
      ...{ key: `${isLearned ? "learned" : "chosen"} ${name}`, name, isLearned, values },
      isSame: values.every((value) => value === values[0]),
    };
  });
}

import type { DatasetPreview } from "#contracts/dataset.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import type { FeatureProgram } from "#quant/learning/features/feature-program.ts";
import { runProgram } from "#quant/learning/features/feature-stream.ts";
import { ABSENCE_REASONS } from "#quant/learning/labels/absence.ts";
import type { Dataset, DatasetGroup } from "#quant/learning/labels/dataset.ts";
import { correlation } from "#quant/stats/correlation.ts";
import { mean } from "#quant/stats/mean.ts";

type Previewed = Extract<DatasetPreview, { kind: "previewed" }>;

/** What a dataset comes to in numbers: rows, what is missing, classes, and each feature by itself. */
export function datasetFigures(
  dataset: Dataset,
  groups: readonly DatasetGroup[],
  program: FeatureProgram,
): Pick<
  Previewed,
  "bars" | "rows" | "missing" | "lookBackBars" | "horizonBars" | "features" | "classes" | "target"
> {
  const { table, target, classes, classCount, lookBackBars, horizonBars, groupRows } = dataset;
  const missing = missingOfEach(groups, program);
  return {
    bars: groupRows.reduce((sum, { bars }) => sum + bars, 0),
    rows: table.rowCount,
    missing: ABSENCE_REASONS.map((reason) => ({
      reason,
      bars: groupRows.reduce((sum, group) => sum + group.missing[reason], 0),
    })).filter(({ bars }) => bars > 0),
    lookBackBars: Number.isFinite(lookBackBars) ? lookBackBars : null,
    horizonBars,
    features: table.columns.map((column, place) => ({
      name: table.names[place] ?? "",
      lookBackBars: finiteOrNull(program.lookBackBars[place]),
      missing: missing[place] ?? 0,
      ...momentsOf(column),
      correlation: correlationOf(column, target),
    })),
    classes:
      classCount === 0
        ? null
        : classes.map(({ name }, number) => ({
            label: name,
            rows: target.reduce((sum, value) => (value === number ? sum + 1 : sum), 0),
          })),
    target: classCount === 0 ? targetMoments(target) : null,
  };
}

/** Bars without a value of each feature, over all groups. */
function missingOfEach(groups: readonly DatasetGroup[], program: FeatureProgram): number[] {
  const missing = program.names.map(() => 0);
  for (const { bars } of groups) {
    runProgram(program, bars).forEach((column, place) => {
      for (const value of column)
        if (Number.isNaN(value)) missing[place] = (missing[place] ?? 0) + 1;
    });
  }
  return missing;
}

function finiteOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function momentsOf(values: Float64Array): { mean: number | null; deviation: number | null } {
  if (values.length === 0) return { mean: null, deviation: null };
  const centre = mean(values);
  if (values.length === 1) return { mean: finiteOrNull(centre), deviation: null };
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  const deviation = Math.sqrt(squares / (values.length - 1));
  return { mean: finiteOrNull(centre), deviation: finiteOrNull(deviation) };
}

function targetMoments(target: Float64Array): Previewed["target"] {
  const moments = momentsOf(target);
  if (moments.mean === null || moments.deviation === null) return null;
  return { mean: moments.mean, deviation: moments.deviation };
}

/** null where one of them does not vary, or there are hardly any rows. */
function correlationOf(column: Float64Array, target: Float64Array): number | null {
  try {
    return correlation(column, target);
  } catch (error) {
    if (error instanceof InvalidInputError) return null;
    throw error;
  }
}

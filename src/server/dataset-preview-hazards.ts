import type { DatasetConfig, DatasetHazard } from "#contracts/dataset.ts";
import { featureProgram } from "#quant/learning/features/feature-program.ts";
import { BASE_COLUMNS } from "#quant/learning/features/feature-source.ts";
import type { FeatureSource, FeatureSpec } from "#quant/learning/features/feature-spec.ts";
import type { Dataset, DatasetGroup } from "#quant/learning/labels/dataset.ts";
import { datasetHazards } from "#quant/learning/labels/dataset-hazards.ts";
import { groupHazards } from "#quant/learning/labels/group-hazards.ts";
import type { Hazard } from "#quant/learning/labels/hazard.ts";
import { labelHazards } from "#quant/learning/labels/label-hazards.ts";

/**
 * Everything that is wrong with a dataset, or to know of it; refusals first.
 *
 * @param seen.isPartial whether only some of its bars were looked at: what numbers say of these may not
 *   hold of all, so that it forbids nothing
 */
export function previewHazards(
  { features, label, spread }: DatasetConfig,
  seen: {
    readonly groups: readonly DatasetGroup[];
    readonly dataset: Dataset;
    readonly isPartial: boolean;
  },
): DatasetHazard[] {
  const { groups, dataset, isPartial } = seen;
  const described = [...labelHazards(features, label), ...groupHazards(groups)].map(told);
  const counted = datasetHazards(dataset).map((hazard) => {
    const { message, ...rest } = told(hazard);
    return isPartial && hazard.severity === "refusal"
      ? { ...rest, severity: "warning" as const, message: `Of the bars looked at: ${message}` }
      : { ...rest, message };
  });
  const sources = label.kind === "rule" ? [label.of, label.over] : [label.of];
  // Two programs, as the label does not count among the features that one may have.
  const programs = [features, sources.map(asFeature)].map((list) => featureProgram(list, spread));
  const read = new Set(programs.flatMap(({ raw }) => raw.map(({ column }) => column)));
  const empty = groups.flatMap((group) =>
    [...read]
      .filter((column) => group.bars.columns[column]?.every(Number.isNaN) === true)
      .map((column) => ({
        severity: isPartial ? ("warning" as const) : ("refused" as const),
        code: "column-without-values",
        message: `${group.name} has no values in the column “${BASE_COLUMNS[column]}”: what reads it gives no rows`,
      })),
  );
  const all = [...described, ...empty, ...counted];
  return [
    ...all.filter(({ severity }) => severity === "refused"),
    ...all.filter(({ severity }) => severity === "warning"),
  ];
}

function told({ severity, code, message }: Hazard): DatasetHazard {
  return { severity: severity === "refusal" ? "refused" : "warning", code, message };
}

function asFeature(source: FeatureSource): FeatureSpec {
  return typeof source === "string" ? { kind: "column", of: source } : source;
}

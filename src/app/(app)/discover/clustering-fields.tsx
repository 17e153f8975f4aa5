"use client";

import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import type { ScanFormState } from "./scan-form-values.ts";

const KINDS = [
  { value: "none", label: "None: all pairs" },
  { value: "group", label: "By the group of the instrument" },
  { value: "optics", label: "OPTICS" },
  { value: "dbscan", label: "DBSCAN" },
  { value: "distance", label: "Baseline: nearest prices (SSD)" },
  { value: "correlation", label: "Baseline: highest correlation" },
];

type ClusteringField = "components" | "minSamples" | "epsMax" | "eps" | "xi" | "pairs";

const FIELDS: Record<ClusteringField, { label: string; help: string; optional?: true }> = {
  components: {
    label: "Components",
    help: "How many principal components of the returns instruments are compared by.",
  },
  minSamples: {
    label: "Neighbours, at least",
    help: "How many instruments must lie close together to make a cluster, itself included.",
  },
  epsMax: {
    label: "Distance, at most",
    help: "Instruments farther apart are never neighbours. Empty: any distance.",
    optional: true,
  },
  eps: { label: "Distance", help: "Instruments closer than this are neighbours." },
  xi: {
    label: "Steepness (xi)",
    help: "How much denser a cluster must be than what surrounds it. Smaller finds more clusters.",
  },
  pairs: {
    label: "Pairs, the best",
    help: "How many pairs the baseline chooses. The literature trades 20.",
  },
};

const FIELDS_OF: Readonly<Record<string, readonly ClusteringField[]>> = {
  optics: ["components", "minSamples", "epsMax", "xi"],
  dbscan: ["components", "minSamples", "eps"],
  distance: ["pairs"],
  correlation: ["pairs"],
};

/** Which pairs are candidates at all. */
export function ClusteringFields({ form }: { form: ScanFormState }) {
  const kind = form.watch("funnel.clustering.kind");
  const errors = form.formState.errors.funnel?.clustering;
  return (
    <Panel title="Candidates">
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          id="funnel.clustering.kind"
          label="Clusters, or a baseline"
          help="Only pairs within a cluster are tested. Fewer tests need less correction; pairs across clusters are never seen. A baseline chooses pairs without a test, to hold the funnel against."
          options={KINDS}
          {...form.register("funnel.clustering.kind")}
        />
        {(FIELDS_OF[kind] ?? []).map((name) => (
          <NumberField
            key={name}
            id={`funnel.clustering.${name}`}
            {...FIELDS[name]}
            error={errors?.[name]?.message}
            {...form.register(`funnel.clustering.${name}`)}
          />
        ))}
      </div>
    </Panel>
  );
}

"use client";

import { useState } from "react";
import { useWatch } from "react-hook-form";
import { FEATURE_KINDS } from "#quant/learning/features/feature-kinds.ts";
import { FEATURES_MAX } from "#quant/learning/features/feature-spec.ts";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";
import { useToast } from "#ui/toast.tsx";
import { useDatasetForm, useLearned } from "./dataset-form-context.tsx";
import { type FeatureValues, featureValues, nextFeatureId } from "./dataset-form-values.ts";
import { FEATURE_SETS, type FeatureSet } from "./dataset-presets.ts";
import { FEATURE_KIND_GROUPS, newFeature } from "./feature-kind-groups.ts";
import { FeatureRow } from "./feature-row.tsx";
import { readTyped } from "./feature-words.ts";
import { GroupedSelect } from "./grouped-select.tsx";
import { movedTo } from "./moved-to.ts";
import { readSpread } from "./read-spread.ts";

/** What is computed of every bar: features in an order, each with its name and how far back it looks. */
export function FeatureList() {
  const { form, problemOf } = useDatasetForm();
  const { subject, learned, change } = useLearned();
  const { features } = learned;
  const toast = useToast();
  const [openId, setOpenId] = useState<number | null>(null);
  const typedSpread = useWatch({ control: form.control, name: "config.spread" });
  const spread = subject === "pairs" ? readSpread(typedSpread) : null;
  const problem = problemOf("config.features");
  const isFull = features.length >= FEATURES_MAX;

  const remove = (removed: FeatureValues, place: number, name: string) => {
    change((now) => ({ features: now.features.filter(({ id }) => id !== removed.id) }));
    toast({
      title: `${name} is taken off the list`,
      action: {
        label: "Undo",
        onAct: () =>
          change((now) => {
            const back = { ...removed, id: nextFeatureId(now.features) };
            return { features: now.features.toSpliced(place, 0, back) };
          }),
      },
    });
  };
  const add = (kind: string) => {
    const id = nextFeatureId(features);
    change((now) => ({ features: [...now.features, { id, spec: newFeature(kind, subject) }] }));
    setOpenId(id);
  };
  return (
    <Panel
      title="Features"
      lead="What a model sees of every bar, all of it known at the close of that bar."
      flush
    >
      {problem === undefined ? null : (
        <p id="config.features" role="alert" className="px-4 pt-3 text-[13px] text-bad">
          {problem}
        </p>
      )}
      <ol aria-label="Features" className="divide-y divide-line">
        {features.map((feature, place) => (
          <FeatureRow
            key={feature.id}
            feature={feature}
            place={place}
            count={features.length}
            subject={subject}
            spread={spread}
            isOpen={feature.id === openId}
            onToggle={() => setOpenId(feature.id === openId ? null : feature.id)}
            onChange={(spec) =>
              change((now) => ({
                features: now.features.map((one) =>
                  one.id === feature.id ? { ...one, spec } : one,
                ),
              }))
            }
            onMove={(to) => change((now) => ({ features: movedTo(now.features, place, to) }))}
            onRemove={(name) => remove(feature, place, name)}
          />
        ))}
      </ol>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3 border-t border-line p-4">
        <GroupedSelect
          id="add-feature"
          label="Add a feature"
          placeholder={isFull ? `At most ${FEATURES_MAX}` : "Choose a kind"}
          className="w-full sm:w-64"
          groups={FEATURE_KIND_GROUPS.map(({ label, kinds }) => ({
            label,
            options: kinds.map((kind) => ({
              value: kind,
              label: FEATURE_KINDS[kind].label,
              disabled: isFull,
            })),
          }))}
          value=""
          onChange={add}
        />
        <FeatureSets
          sets={FEATURE_SETS.filter((set) => set.subject === subject)}
          features={features}
          onAdd={(added) => change((now) => ({ features: [...now.features, ...added] }))}
        />
      </div>
    </Panel>
  );
}

/** Lists to add, each without what is there already. */
function FeatureSets(props: {
  sets: readonly FeatureSet[];
  features: readonly FeatureValues[];
  onAdd: (features: FeatureValues[]) => void;
}) {
  const { sets, features, onAdd } = props;
  const names = new Set(features.map(({ spec }) => readTyped(spec)?.name));
  const firstId = nextFeatureId(features);
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-[13px] font-medium">Add a set</legend>
      <div className="flex flex-wrap gap-2">
        {sets.map((set) => {
          const added = featureValues(set.features)
            .filter(({ spec }) => !names.has(readTyped(spec)?.name))
            .slice(0, FEATURES_MAX - features.length)
            .map(({ spec }, place) => ({ id: firstId + place, spec }));
          return (
            <Button
              key={set.id}
              title={set.summary}
              disabled={added.length === 0}
              onClick={() => onAdd(added)}
            >
              {set.label}
            </Button>
          );
        })}
      </div>
    </fieldset>
  );
}

"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { FEATURE_KINDS } from "#quant/learning/features/feature-kinds.ts";
import { FEATURE_DEPTH_MAX } from "#quant/learning/features/feature-spec.ts";
import type { SpreadSpec } from "#quant/learning/features/spread-spec.ts";
import { Button } from "#ui/button.tsx";
import { useDatasetForm } from "./dataset-form-context.tsx";
import type { FeatureValues } from "./dataset-form-values.ts";
import type { Subject } from "./dataset-presets.ts";
import { FEATURE_KIND_GROUPS, featureOfKind } from "./feature-kind-groups.ts";
import { featureLookBack, readTyped } from "./feature-words.ts";
import { GroupedSelect } from "./grouped-select.tsx";
import { SpecFields } from "./spec-fields.tsx";
import type { SpecKinds, SpecValues } from "./spec-values.ts";

const KINDS: SpecKinds = FEATURE_KINDS;

type Props = {
  feature: FeatureValues;
  place: number;
  count: number;
  subject: Subject;
  spread: SpreadSpec | null;
  isOpen: boolean;
  onToggle: () => void;
  onChange: (spec: SpecValues) => void;
  onMove: (to: number) => void;
  onRemove: (name: string) => void;
};

/** A feature in a line, and its fields once it is opened. */
export function FeatureRow(props: Props) {
  const { feature, place, count, spread, isOpen, onToggle, onMove, onRemove } = props;
  const { spec } = feature;
  const { problemWithin } = useDatasetForm();
  const path = `config.features.${place}`;
  const reading = readTyped(spec);
  const name = reading?.name ?? KINDS[spec.kind]?.label ?? spec.kind;
  const problem = problemWithin(path);
  return (
    <li id={path} className="px-4 py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={onToggle}
          className="min-h-8 min-w-0 flex-1 basis-60 rounded text-left hover:underline"
        >
          <code className="font-mono text-[13px] break-words">{name}</code>
        </button>
        <span className="text-[13px] text-muted">
          {reading === null ? "not filled in" : `reads ${featureLookBack(reading.feature, spread)}`}
        </span>
        <span className="inline-flex gap-0.5">
          <Button
            size="sm"
            variant="quiet"
            className="px-1.5"
            aria-label={`Move ${name} up`}
            disabled={place === 0}
            onClick={() => onMove(place - 1)}
          >
            <ArrowUp aria-hidden />
          </Button>
          <Button
            size="sm"
            variant="quiet"
            className="px-1.5"
            aria-label={`Move ${name} down`}
            disabled={place === count - 1}
            onClick={() => onMove(place + 1)}
          >
            <ArrowDown aria-hidden />
          </Button>
          <Button
            size="sm"
            variant="quiet"
            className="px-1.5"
            aria-label={`Remove ${name}`}
            onClick={() => onRemove(name)}
          >
            <X aria-hidden />
          </Button>
        </span>
      </div>
      {problem === undefined || isOpen ? null : (
        <p role="alert" className="text-[13px] text-bad">
          {problem}
        </p>
      )}
      {isOpen ? <OpenedFeature {...props} path={path} /> : null}
    </li>
  );
}

function OpenedFeature(props: Props & { path: string }) {
  const { feature, subject, onChange, path } = props;
  const { spec } = feature;
  return (
    <div className="flex flex-col gap-4 pt-2 pb-3">
      <GroupedSelect
        id={`${path}.kind`}
        label="Kind"
        help={KINDS[spec.kind]?.summary}
        groups={FEATURE_KIND_GROUPS.map(({ label, kinds }) => ({
          label,
          options: kinds.map((kind) => ({ value: kind, label: FEATURE_KINDS[kind].label })),
        }))}
        value={spec.kind}
        onChange={(kind) => onChange(featureOfKind(spec, kind, subject))}
      />
      <SpecFields
        path={path}
        kinds={KINDS}
        spec={spec}
        onChange={onChange}
        subject={subject}
        depthLeft={FEATURE_DEPTH_MAX - 1}
      />
    </div>
  );
}

"use client";

import { FEATURE_KINDS } from "#quant/learning/features/feature-kinds.ts";
import type { SourceSlot } from "#quant/learning/features/spec-form.ts";
import type { StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import { DateField } from "#ui/date-field.tsx";
import { optionalNumberOf } from "../../strategies/form-numbers.ts";
import { useDatasetForm } from "./dataset-form-context.tsx";
import type { Subject } from "./dataset-presets.ts";
import { fieldOfSubject } from "./feature-kind-groups.ts";
import { ParameterControl } from "./parameter-control.tsx";
import { SourceField } from "./source-field.tsx";
import type { SpecKinds, SpecValues } from "./spec-values.ts";

export type SpecFieldsProps = {
  /** Of the feature, label or spread in the form; fields have ids made of it. */
  path: string;
  kinds: SpecKinds;
  spec: SpecValues;
  onChange: (spec: SpecValues) => void;
  subject: Subject;
  /** How many features may still stand within this one. */
  depthLeft: number;
  /** Why a field is not read as the others stand; null when it is. */
  unreadWhy?: ((field: string) => string | null) | undefined;
};

/** What a feature, label or spread is made of, and its values: the fields that its kind describes. */
export function SpecFields(props: SpecFieldsProps) {
  const { path, kinds, spec, onChange, subject, depthLeft, unreadWhy } = props;
  const { problemOf } = useDatasetForm();
  const form = kinds[spec.kind];
  if (form === undefined) return null;
  const setValue = (name: string, value: string | boolean) =>
    onChange({ ...spec, values: { ...spec.values, [name]: value } });
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      {form.sources.map((slot: SourceSlot) => (
        <SourceField
          key={slot.field}
          slot={slot}
          path={`${path}.${slot.field}`}
          source={spec.sources[slot.field] ?? ""}
          onChange={(source) =>
            onChange({ ...spec, sources: { ...spec.sources, [slot.field]: source } })
          }
          subject={subject}
          depthLeft={depthLeft}
          fieldsOf={(feature) => (
            <SpecFields
              path={`${path}.${slot.field}`}
              kinds={FEATURE_KINDS}
              spec={feature}
              onChange={(next) =>
                onChange({ ...spec, sources: { ...spec.sources, [slot.field]: next } })
              }
              subject={subject}
              depthLeft={depthLeft - 1}
            />
          )}
        />
      ))}
      {Object.entries(form.parameters).map(([name, parameter]: [string, StrategyParameter]) => {
        const id = `${path}.${name}`;
        const value = spec.values[name];
        return name.endsWith("Ms") ? (
          <DateField
            key={name}
            id={id}
            label={parameter.label}
            help="First moment at which they were known; bars before give no rows."
            optional
            withTime
            value={optionalNumberOf(typeof value === "string" ? value : "")}
            onChange={(ms) => setValue(name, ms === null ? "" : String(ms))}
            error={problemOf(id)}
          />
        ) : (
          <ParameterControl
            key={name}
            id={id}
            parameter={fieldOfSubject(name, parameter, subject)}
            value={value}
            onChange={(typed) => setValue(name, typed)}
            error={problemOf(id)}
            unreadWhy={unreadWhy?.(name)}
          />
        );
      })}
    </div>
  );
}

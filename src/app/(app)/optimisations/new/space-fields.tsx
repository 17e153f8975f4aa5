"use client";

import { useWatch } from "react-hook-form";
import type { StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import type { ParameterValue, StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import { trialValueLabel } from "#ui/charts/trial-grid.ts";
import { CheckboxField } from "#ui/checkbox-field.tsx";
import { formatInteger } from "#ui/format.ts";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { TextField } from "#ui/text-field.tsx";
import { parameterGroups, unreadWhy } from "../../strategies/parameter-groups.ts";
import { isOptional } from "../optimisation-check.ts";
import type { BaseParameters } from "../optimisation-form-values.ts";
import type { OptimisationForm } from "./optimisation-form.tsx";

type ProblemOf = (path: string) => string | undefined;

type SpaceFieldsProps = {
  form: OptimisationForm;
  kind: StrategyKind;
  base: BaseParameters;
  valueCounts: Readonly<Record<string, number>>;
  problemOf: ProblemOf;
};

/** Every parameter of the strategy, to be ticked and given values to try. */
export function SpaceFields({ form, kind, base, valueCounts, problemOf }: SpaceFieldsProps) {
  return (
    <div id="space" tabIndex={-1} className="flex flex-col gap-6">
      {parameterGroups(kind).map(({ title, parameters }) => (
        <Panel key={title} title={title} flush>
          <ul className="divide-y divide-line">
            {parameters.map(({ name, parameter }) => (
              <li key={name} className="px-4 py-3">
                <VariedParameter
                  form={form}
                  name={name}
                  parameter={parameter}
                  current={base[name] ?? null}
                  unread={unreadWhy(name, base)}
                  valueCount={valueCounts[name]}
                  problemOf={problemOf}
                />
              </li>
            ))}
          </ul>
        </Panel>
      ))}
    </div>
  );
}

type VariedParameterProps = {
  form: OptimisationForm;
  name: string;
  parameter: StrategyParameter;
  current: ParameterValue;
  /** Why the strategy does not read it as its other settings are. */
  unread: string | null;
  valueCount: number | undefined;
  problemOf: ProblemOf;
};

function VariedParameter(props: VariedParameterProps) {
  const { form, name, parameter, current, unread, valueCount, problemOf } = props;
  const path = `space.${name}` as const;
  const isVaried = useWatch({ control: form.control, name: `${path}.isVaried` });
  const problem = problemOf(path);
  return (
    <fieldset>
      <legend className="sr-only">{parameter.label}</legend>
      <div className="flex flex-wrap items-start justify-between gap-x-4">
        <CheckboxField
          id={path}
          label={<span className="font-medium">{parameter.label}</span>}
          help={unread === null ? parameter.help : `${unread} ${parameter.help}`}
          error={isVaried ? problem : undefined}
          className="min-w-0 flex-1 basis-64"
          {...form.register(`${path}.isVaried`)}
        />
        <p className="pl-6 text-[13px] text-muted tabular-nums sm:pl-0">
          now {currentLabel(parameter, current)}
          {isVaried && valueCount !== undefined
            ? ` · ${formatInteger(valueCount)} ${valueCount === 1 ? "value" : "values"}`
            : ""}
        </p>
      </div>
      {isVaried ? (
        <div className="mt-3 pl-6">
          <ValuesToTry form={form} name={name} parameter={parameter} problemOf={problemOf} />
        </div>
      ) : null}
    </fieldset>
  );
}

type ValuesProps = Pick<VariedParameterProps, "form" | "name" | "parameter" | "problemOf">;

function ValuesToTry(props: ValuesProps) {
  const { form, name, parameter, problemOf } = props;
  switch (parameter.kind) {
    case "boolean":
      return <Choices {...props} choices={{ true: "Yes", false: "No" }} />;
    case "choice":
      return <Choices {...props} choices={parameter.choices} />;
    case "number":
    case "integer":
      return <NumberValues form={form} name={name} parameter={parameter} problemOf={problemOf} />;
  }
}

function Choices(props: ValuesProps & { choices: Readonly<Record<string, string>> }) {
  const { form, name, choices, problemOf } = props;
  const problem = problemOf(`space.${name}.choices`);
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-1" id={`space.${name}.choices`}>
      {Object.entries(choices).map(([value, label]) => (
        <CheckboxField
          key={value}
          label={label}
          {...form.register(`space.${name}.choices.${value}`)}
        />
      ))}
      {problem === undefined ? null : <p className="text-[13px] text-bad">{problem}</p>}
    </div>
  );
}

const WAYS = [
  { value: "steps", label: "Equal steps" },
  { value: "list", label: "A list" },
];

function NumberValues({ form, name, parameter, problemOf }: ValuesProps) {
  const path = `space.${name}` as const;
  const by = useWatch({ control: form.control, name: `${path}.by` });
  const unit = "unit" in parameter && parameter.unit !== "none" ? parameter.unit : undefined;
  return (
    <div className="flex flex-col gap-2">
      <div className="grid items-start gap-3 sm:grid-cols-4">
        <SelectField label="Values" options={WAYS} {...form.register(`${path}.by`)} />
        {by === "steps" ? (
          (["from", "to", "step"] as const).map((field) => (
            <NumberField
              key={field}
              id={`${path}.${field}`}
              label={STEP_LABELS[field]}
              unit={field === "step" ? undefined : unit}
              error={problemOf(`${path}.${field}`)}
              {...form.register(`${path}.${field}`)}
            />
          ))
        ) : (
          <TextField
            id={`${path}.list`}
            label="One by one"
            autoComplete="off"
            className="sm:col-span-3"
            help={unit === undefined ? "Separated by commas." : `In ${unit}, separated by commas.`}
            error={problemOf(`${path}.list`)}
            {...form.register(`${path}.list`)}
          />
        )}
      </div>
      {isOptional(parameter) ? (
        <CheckboxField label="Also without it" {...form.register(`${path}.alsoNone`)} />
      ) : null}
    </div>
  );
}

const STEP_LABELS = { from: "From", to: "To", step: "Step" } as const;

function currentLabel(parameter: StrategyParameter, value: ParameterValue): string {
  if (parameter.kind === "choice" && typeof value === "string") {
    const choices: Readonly<Record<string, string>> = parameter.choices;
    return choices[value] ?? value;
  }
  const hasUnit = "unit" in parameter && parameter.unit !== "none" && parameter.unit !== "z-score";
  const unit = hasUnit ? ` ${parameter.unit}` : "";
  return `${trialValueLabel(value)}${typeof value === "number" ? unit : ""}`;
}

"use client";

import { useWatch } from "react-hook-form";
import type { StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import type { StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import { CheckboxField } from "#ui/checkbox-field.tsx";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { IndexField } from "./index-field.tsx";
import { parameterGroups, readerOf, unreadWhy } from "./parameter-groups.ts";
import { useStrategyForm } from "./strategy-form-context.tsx";
import { optionsOf } from "./value-settings.tsx";

/** The settings of the kind, as the strategy itself describes them. */
export function ParameterFields(props: { kind: StrategyKind; hint: string | null }) {
  const { kind, hint } = props;
  return parameterGroups(kind).map(({ title, parameters }) => (
    <Panel key={title} title={title}>
      <div className="grid gap-4 sm:grid-cols-2">
        {parameters.map(({ name, parameter }) => (
          <ParameterField
            key={`${kind} ${name}`}
            name={name}
            parameter={parameter}
            hint={name === "zScoreWindowBars" ? hint : null}
          />
        ))}
      </div>
    </Panel>
  ));
}

function ParameterField(props: {
  name: string;
  parameter: StrategyParameter;
  hint: string | null;
}) {
  const { name, parameter, hint } = props;
  const { form, problemOf } = useStrategyForm();
  const path = `config.parameters.${name}` as const;
  const why = useUnreadWhy(name);
  const shared = {
    id: path,
    label: parameter.label,
    help: why ?? (hint === null ? parameter.help : `${parameter.help} ${hint}`),
    error: why === null ? problemOf(path) : undefined,
    // Read-only and not disabled in the form: what was typed is kept and saved.
    disabled: why !== null,
  };
  // Without `disabled`, which would make the form forget the value.
  const control = form.register(path);
  // For the page as the server sends it: the form fills its fields in once it runs.
  const typed = form.getValues(path);
  const text = typeof typed === "string" ? typed : undefined;
  switch (parameter.kind) {
    case "boolean":
      return (
        <CheckboxField
          {...control}
          {...shared}
          defaultChecked={typed === true}
          className="sm:pt-6"
        />
      );
    case "choice":
      return (
        <SelectField
          {...control}
          {...shared}
          defaultValue={text}
          options={optionsOf(parameter.choices)}
        />
      );
    case "number":
    case "integer": {
      if (name === "indexPosition") return <IndexField />;
      const { min, max, step, unit, optional } = parameter;
      return (
        <NumberField
          {...control}
          {...shared}
          defaultValue={text}
          unit={unit === "none" ? undefined : unit}
          min={min}
          max={max}
          // A spinner counts from the least value, which would stop it beside round numbers.
          step={Number.isInteger(min / step) ? step : "any"}
          optional={optional}
          placeholder={optional ? "none" : undefined}
        />
      );
    }
  }
}

/** Follows the one setting that decides whether this one is read. */
function useUnreadWhy(name: string): string | null {
  const { form } = useStrategyForm();
  const by = readerOf(name);
  const value = useWatch({
    control: form.control,
    name: `config.parameters.${by ?? name}`,
    disabled: by === null,
  });
  return by === null ? null : unreadWhy(name, { [by]: value });
}

"use client";

import type { StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import { CheckboxField } from "#ui/checkbox-field.tsx";
import { NumberField } from "#ui/number-field.tsx";
import { SelectField } from "#ui/select-field.tsx";

/** The field of one setting, as what it is a setting of describes it. */
export function ParameterControl(props: {
  id: string;
  parameter: StrategyParameter;
  /** As typed. */
  value: string | boolean | undefined;
  onChange: (value: string | boolean) => void;
  error: string | undefined;
  /** Why nothing reads it as the others stand. */
  unreadWhy?: string | null | undefined;
}) {
  const { id, parameter, value, onChange, error, unreadWhy = null } = props;
  const shared = {
    id,
    label: parameter.label,
    help: unreadWhy ?? parameter.help,
    error: unreadWhy === null ? error : undefined,
    disabled: unreadWhy !== null,
  };
  const text = typeof value === "string" ? value : "";
  switch (parameter.kind) {
    case "boolean":
      return (
        <CheckboxField
          {...shared}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
          className="sm:pt-6"
        />
      );
    case "choice":
      return (
        <SelectField
          {...shared}
          value={text}
          options={Object.entries(parameter.choices).map(([choice, label]) => ({
            value: choice,
            label,
          }))}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "number":
    case "integer": {
      const { min, max, step, unit, optional } = parameter;
      return (
        <NumberField
          {...shared}
          value={text}
          onChange={(event) => onChange(event.target.value)}
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

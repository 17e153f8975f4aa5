"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { Field } from "./field.tsx";
import { CONTROL_CLASS, fieldAria } from "./field-aria.ts";

export type NumberFieldProps = Omit<ComponentProps<"input">, "type"> & {
  label: ReactNode;
  unit?: string | undefined;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean | undefined;
};

/** For `register(name, { valueAsNumber: true })`; any step is allowed, bounds are the schema's. */
export function NumberField(props: NumberFieldProps) {
  const { label, unit, help, error, optional, className, id, step = "any", ...input } = props;
  const ownId = useId();
  const controlId = id ?? ownId;
  const aria = fieldAria(controlId, { help: help !== undefined, error: error !== undefined });
  return (
    <Field
      label={label}
      htmlFor={controlId}
      unit={unit}
      help={help}
      error={error}
      optional={optional}
      className={className}
    >
      <input
        {...input}
        {...aria}
        id={controlId}
        type="number"
        inputMode="decimal"
        step={step}
        // A wheel turned over a focused number would change it unseen.
        onWheel={(event) => event.currentTarget.blur()}
        className={`${CONTROL_CLASS} tabular-nums`}
      />
    </Field>
  );
}

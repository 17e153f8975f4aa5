"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { Field } from "./field.tsx";
import { CONTROL_CLASS, fieldAria } from "./field-aria.ts";

export type TextFieldProps = ComponentProps<"input"> & {
  label: ReactNode;
  unit?: string | undefined;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean | undefined;
};

/** Takes what react-hook-form's `register` gives. */
export function TextField(props: TextFieldProps) {
  const { label, unit, help, error, optional, className, id, type = "text", ...input } = props;
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
      <input {...input} {...aria} id={controlId} type={type} className={CONTROL_CLASS} />
    </Field>
  );
}

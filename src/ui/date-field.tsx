"use client";

import { type ReactNode, useId, useState } from "react";
import { dateText, parseDateText } from "./date-text.ts";
import { Field } from "./field.tsx";
import { CONTROL_CLASS, fieldAria } from "./field-aria.ts";

export type DateFieldProps = {
  label: ReactNode;
  /** UTC milliseconds; null: nothing chosen. Use with react-hook-form's Controller. */
  value: number | null;
  onChange: (ms: number | null) => void;
  onBlur?: (() => void) | undefined;
  withTime?: boolean | undefined;
  minMs?: number | undefined;
  maxMs?: number | undefined;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean | undefined;
  disabled?: boolean | undefined;
  id?: string | undefined;
  name?: string | undefined;
  className?: string | undefined;
};

/** A moment in UTC, because bars open in UTC and two people must mean the same bar. */
export function DateField(props: DateFieldProps) {
  const { value, onChange, withTime = false, minMs, maxMs, id, help, error } = props;
  const ownId = useId();
  const controlId = id ?? ownId;
  const [typed, setTyped] = useState<string | null>(null);
  const aria = fieldAria(controlId, { help: help !== undefined, error: error !== undefined });
  // What is half typed stays as it is; a value that came from outside replaces it.
  const shown =
    typed !== null && parseDateText(typed) === value ? typed : dateText(value, withTime);
  return (
    <Field
      label={props.label}
      htmlFor={controlId}
      unit="UTC"
      help={help}
      error={error}
      optional={props.optional}
      className={props.className}
    >
      <input
        {...aria}
        id={controlId}
        name={props.name}
        type={withTime ? "datetime-local" : "date"}
        min={minMs === undefined ? undefined : dateText(minMs, withTime)}
        max={maxMs === undefined ? undefined : dateText(maxMs, withTime)}
        disabled={props.disabled}
        value={shown}
        onBlur={props.onBlur}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(parseDateText(event.target.value));
        }}
        className={`${CONTROL_CLASS} tabular-nums`}
      />
    </Field>
  );
}

"use client";

import { NumberField } from "#ui/number-field.tsx";
import { NUMBER_FIELDS, type NumberKey } from "./workbench-fields.ts";

/** A number of the question; the address keeps it as it was typed. */
export function NumberSetting(props: {
  name: NumberKey;
  label: string;
  unit: string | undefined;
  help: string;
  text: string;
  error: string | undefined;
  onChange: (text: string) => void;
}) {
  const { name, onChange, text, ...field } = props;
  const { min, max } = NUMBER_FIELDS[name];
  return (
    <NumberField
      {...field}
      id={name}
      min={min}
      max={max}
      value={text}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

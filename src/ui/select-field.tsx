"use client";

import { ChevronDown } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { Field } from "./field.tsx";
import { CONTROL_CLASS, fieldAria } from "./field-aria.ts";

export type SelectOption = { value: string; label: string; disabled?: boolean | undefined };

export type SelectFieldProps = Omit<ComponentProps<"select">, "children"> & {
  label: ReactNode;
  options: readonly SelectOption[];
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean | undefined;
  /** First, empty choice. */
  placeholder?: string | undefined;
};

/** The browser's own list: it works with every keyboard, reader and phone. */
export function SelectField(props: SelectFieldProps) {
  const { label, options, help, error, optional, placeholder, className, id, ...select } = props;
  const ownId = useId();
  const controlId = id ?? ownId;
  const aria = fieldAria(controlId, { help: help !== undefined, error: error !== undefined });
  return (
    <Field
      label={label}
      htmlFor={controlId}
      help={help}
      error={error}
      optional={optional}
      className={className}
    >
      <div className="relative">
        <select
          {...select}
          {...aria}
          id={controlId}
          className={`${CONTROL_CLASS} appearance-none pr-8`}
        >
          {placeholder === undefined ? null : <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute top-2.5 right-2.5 size-4 text-muted"
        />
      </div>
    </Field>
  );
}

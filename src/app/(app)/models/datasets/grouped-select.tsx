"use client";

import { ChevronDown } from "lucide-react";
import { Field } from "#ui/field.tsx";
import { CONTROL_CLASS, fieldAria } from "#ui/field-aria.ts";
import type { SelectOption } from "#ui/select-field.tsx";

export type OptionGroup = { label: string; options: readonly SelectOption[] };

/** The browser's own list with headings between its choices. */
export function GroupedSelect(props: {
  id: string;
  label: string;
  groups: readonly OptionGroup[];
  value: string;
  onChange: (value: string) => void;
  help?: string | undefined;
  error?: string | undefined;
  placeholder?: string | undefined;
  className?: string | undefined;
}) {
  const { id, label, groups, value, onChange, help, error, placeholder, className } = props;
  return (
    <Field label={label} htmlFor={id} help={help} error={error} className={className}>
      <div className="relative">
        <select
          {...fieldAria(id, { help: help !== undefined, error: error !== undefined })}
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={`${CONTROL_CLASS} appearance-none pr-8`}
        >
          {placeholder === undefined ? null : <option value="">{placeholder}</option>}
          {groups
            .filter(({ options }) => options.length > 0)
            .map((group) => (
              <optgroup key={group.label} label={group.label}>
                {group.options.map((option) => (
                  <option key={option.value} value={option.value} disabled={option.disabled}>
                    {option.label}
                  </option>
                ))}
              </optgroup>
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

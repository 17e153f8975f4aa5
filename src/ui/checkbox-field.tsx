"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { fieldAria } from "./field-aria.ts";

export type CheckboxFieldProps = Omit<ComponentProps<"input">, "type"> & {
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
};

export function CheckboxField(props: CheckboxFieldProps) {
  const { label, help, error, className = "", id, ...input } = props;
  const ownId = useId();
  const controlId = id ?? ownId;
  const aria = fieldAria(controlId, { help: help !== undefined, error: error !== undefined });
  return (
    <div className={className}>
      <label htmlFor={controlId} className="flex min-h-6 items-start gap-2 text-sm">
        <input
          {...input}
          {...aria}
          id={controlId}
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-accent"
        />
        <span>{label}</span>
      </label>
      {error === undefined ? null : (
        <p id={`${controlId}-error`} className="pl-6 text-[13px] text-bad">
          {error}
        </p>
      )}
      {help === undefined ? null : (
        <p id={`${controlId}-help`} className="pl-6 text-[13px] text-muted">
          {help}
        </p>
      )}
    </div>
  );
}

"use client";

import { useId } from "react";
import { Field } from "#ui/field.tsx";
import { CONTROL_CLASS, fieldAria } from "#ui/field-aria.ts";

const REASON_MAX = 500;

/** Why a version is moved: it stands in the history for good. */
export function ReasonField(props: { value: string; onChange: (reason: string) => void }) {
  const id = useId();
  return (
    <Field label="Reason" htmlFor={id} optional help="It stands in the history, with your name.">
      <textarea
        {...fieldAria(id, { help: true, error: false })}
        id={id}
        rows={3}
        maxLength={REASON_MAX}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        className={`${CONTROL_CLASS} h-auto py-1.5`}
      />
    </Field>
  );
}

"use client";

import { Field } from "#ui/field.tsx";
import { CONTROL_CLASS, fieldAria } from "#ui/field-aria.ts";
import { Panel } from "#ui/panel.tsx";
import { TextField } from "#ui/text-field.tsx";
import { useDatasetForm } from "./dataset-form-context.tsx";

/** What the dataset is called; a new version keeps it. */
export function NameFields() {
  const { form, problemOf } = useDatasetForm();
  const notesError = problemOf("notes");
  return (
    <Panel>
      <div className="grid gap-4">
        <TextField
          id="name"
          label="Name"
          autoComplete="off"
          error={problemOf("name")}
          defaultValue={form.getValues("name")}
          {...form.register("name")}
        />
        <Field label="Notes" optional htmlFor="notes" error={notesError}>
          <textarea
            {...form.register("notes")}
            {...fieldAria("notes", { help: false, error: notesError !== undefined })}
            id="notes"
            defaultValue={form.getValues("notes")}
            rows={2}
            className={`${CONTROL_CLASS} h-auto py-1.5`}
          />
        </Field>
      </div>
    </Panel>
  );
}

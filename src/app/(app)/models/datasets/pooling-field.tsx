"use client";

import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { useDatasetForm } from "./dataset-form-context.tsx";
import { POOLING_WORDS } from "./pooling-words.ts";

/** One model of all groups, or one of each. */
export function PoolingField() {
  const { form } = useDatasetForm();
  return (
    <Panel title="Models">
      <SelectField
        id="config.pooling"
        label="Trained on"
        help="Together there are more rows, and what is learned is common to all; each by itself may differ."
        options={Object.entries(POOLING_WORDS).map(([value, label]) => ({ value, label }))}
        defaultValue={form.getValues("config.pooling")}
        {...form.register("config.pooling")}
      />
    </Panel>
  );
}

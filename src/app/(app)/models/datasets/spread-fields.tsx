"use client";

import { useWatch } from "react-hook-form";
import { SPREAD_KINDS } from "#quant/learning/features/spread-spec.ts";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { useDatasetForm } from "./dataset-form-context.tsx";
import { SpecFields } from "./spec-fields.tsx";
import { type SpecKinds, type SpecValues, withKind } from "./spec-values.ts";

const KINDS: SpecKinds = SPREAD_KINDS;
const OPTIONS = Object.entries(KINDS).map(([value, { label }]) => ({ value, label }));

/** How the spread of a pair is made, without a bar that was not yet known. */
export function SpreadFields() {
  const { form } = useDatasetForm();
  const spread = useWatch({ control: form.control, name: "config.spread" });
  const set = (next: SpecValues) => form.setValue("config.spread", next, { shouldDirty: true });
  return (
    <Panel title="Spread" lead="The same of every pair.">
      <div className="flex flex-col gap-4">
        <SelectField
          id="config.spread.kind"
          label="Line between the legs"
          help={KINDS[spread.kind]?.summary}
          options={OPTIONS}
          value={spread.kind}
          onChange={(event) =>
            set(withKind(KINDS, spread, { kind: event.target.value, column: "" }))
          }
        />
        <SpecFields
          path="config.spread"
          kinds={KINDS}
          spec={spread}
          onChange={set}
          subject="pairs"
          depthLeft={0}
        />
      </div>
    </Panel>
  );
}

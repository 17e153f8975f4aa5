"use client";

import { useWatch } from "react-hook-form";
import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { useStrategyForm } from "./strategy-form-context.tsx";
import { withKind } from "./strategy-form-values.ts";

const OPTIONS = Object.entries(STRATEGIES).map(([value, { label }]) => ({ value, label }));

function isKind(value: string): value is StrategyKind {
  return Object.hasOwn(STRATEGIES, value);
}

/** Which rules; what was typed for another kind is still there when one comes back to it. */
export function KindField() {
  const { form } = useStrategyForm();
  const kind = useWatch({ control: form.control, name: "config.kind" });
  return (
    <Panel title="Rules">
      <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        <SelectField
          id="config.kind"
          label="Kind"
          options={OPTIONS}
          value={kind}
          onChange={({ target: { value } }) => {
            if (!isKind(value)) return;
            const next = withKind(form.getValues("config"), value);
            form.setValue("config.parameters", next.parameters);
            form.setValue("config.kind", value, { shouldDirty: true });
          }}
        />
        <p className="self-center text-[13px] text-muted">{STRATEGIES[kind].summary}</p>
      </div>
    </Panel>
  );
}

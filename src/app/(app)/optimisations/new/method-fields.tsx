"use client";

import { useWatch } from "react-hook-form";
import { Objective } from "#contracts/objective.ts";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import {
  METHODS,
  type MethodKind,
  OBJECTIVE_HELP,
  OBJECTIVE_LABELS,
} from "../optimisation-words.ts";
import type { OptimisationForm } from "./optimisation-form.tsx";

const METHOD_KINDS: readonly MethodKind[] = ["grid", "random", "tpe"];

type MethodFieldsProps = {
  form: OptimisationForm;
  problemOf: (path: string) => string | undefined;
};

/** How combinations are chosen, and by what trials are judged. */
export function MethodFields({ form, problemOf }: MethodFieldsProps) {
  const kind = useWatch({ control: form.control, name: "method.kind" });
  const objective = useWatch({ control: form.control, name: "objective" });
  return (
    <>
      <Panel title="Method">
        <fieldset className="flex flex-col gap-2">
          <legend className="sr-only">Method</legend>
          {METHOD_KINDS.map((method) => (
            <label key={method} className="flex min-h-6 items-start gap-2 text-sm">
              <input
                type="radio"
                value={method}
                className="mt-0.5 size-4 shrink-0 accent-accent"
                {...form.register("method.kind")}
              />
              <span>
                <span className="font-medium">{METHODS[method].label}</span>
                <span className="block text-[13px] text-muted">{METHODS[method].help}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {kind === "grid" ? null : (
          <div className="mt-4 grid gap-4 sm:grid-cols-2">
            <NumberField
              id="method.trials"
              label="Trials"
              step={1}
              help="More find more, and more of it by chance."
              error={problemOf("method.trials")}
              {...form.register("method.trials")}
            />
            <NumberField
              id="method.seed"
              label="Seed"
              step={1}
              help="The same seed draws the same combinations."
              error={problemOf("method.seed")}
              {...form.register("method.seed")}
            />
          </div>
        )}
      </Panel>
      <Panel title="What is best">
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            id="objective"
            label="Objective"
            options={Objective.options.map((value) => ({
              value,
              label: OBJECTIVE_LABELS[value],
            }))}
            help={OBJECTIVE_HELP[objective]}
            {...form.register("objective")}
          />
          <NumberField
            id="tradesMin"
            label="Least trades"
            unit="trades"
            step={1}
            help="Trials with fewer cannot be the best. They are kept and counted all the same."
            error={problemOf("tradesMin")}
            {...form.register("tradesMin")}
          />
        </div>
      </Panel>
    </>
  );
}

"use client";

import { SEARCH_TRIALS_MAX } from "#contracts/learning-run.ts";
import { formatInteger } from "#ui/format.ts";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import type { LearnerCatalogue } from "../learner-form.ts";
import type { RunFormValues } from "../run-form-values.ts";
import type { RunFieldsProps } from "./run-fields.ts";

type Method = RunFormValues["search"]["method"];

const METHODS: Readonly<Record<Method, { readonly label: string; readonly help: string }>> = {
  none: { label: "None", help: "Parameters as they are given above." },
  random: { label: "Random", help: "Draws combinations evenly." },
  tpe: {
    label: "TPE",
    help: "Draws where good trials were so far (tree-structured Parzen estimator).",
  },
};

const KINDS: readonly Method[] = ["none", "random", "tpe"];

/** Whether parameters are searched for, within the training rows of each fold. */
export function SearchFields(props: RunFieldsProps & { catalogue: LearnerCatalogue }) {
  const { values, change, problemOf, catalogue } = props;
  const { search } = values;
  const set = (changes: Partial<RunFormValues["search"]>) =>
    change({ search: { ...search, ...changes } });
  const kept = catalogue.learners
    .filter(
      ({ kind, isSearched }) => !isSearched && values.learners.some((one) => one.kind === kind),
    )
    .map(({ label }) => label);
  return (
    <Panel
      title="Search for parameters"
      lead="Within the training rows of each fold, so that the score that is reported was never searched on."
    >
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">Method</legend>
        {KINDS.map((method) => (
          <label key={method} className="flex min-h-6 items-start gap-2 text-sm">
            <input
              type="radio"
              name="search.method"
              value={method}
              checked={search.method === method}
              onChange={() => set({ method })}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span>
              <span className="font-medium">{METHODS[method].label}</span>
              <span className="block text-[13px] text-muted">{METHODS[method].help}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {search.method === "none" ? null : (
        <div className="mt-4 flex flex-col gap-3">
          <div className="grid gap-4 sm:grid-cols-2">
            <NumberField
              id="search.trials"
              label="Trials"
              unit="a model and fold"
              step={1}
              min={1}
              max={SEARCH_TRIALS_MAX}
              help={`At most ${formatInteger(SEARCH_TRIALS_MAX)}; every one is kept and counted.`}
              value={search.trials}
              error={problemOf("search.trials")}
              onChange={(event) => set({ trials: event.target.value })}
            />
            <NumberField
              id="search.innerFolds"
              label="Inner folds"
              step={1}
              min={2}
              max={10}
              help="Each trial is trained as often."
              value={search.innerFolds}
              error={problemOf("search.innerFolds")}
              onChange={(event) => set({ innerFolds: event.target.value })}
            />
          </div>
          {kept.length === 0 ? null : (
            <p className="text-[13px] text-muted">
              Nothing is searched of {kept.join(", ")}: the parameters stay as given.
            </p>
          )}
        </div>
      )}
    </Panel>
  );
}

"use client";

import type { Split } from "#contracts/learning-run.ts";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { foldSpans } from "../fold-spans.ts";
import { FoldsPicture } from "../folds-picture.tsx";
import type { RunFormValues } from "../run-form-values.ts";
import type { RunSubject } from "../run-subject.ts";
import type { RunFieldsProps } from "./run-fields.ts";

const SPLITS: Readonly<Record<Split["kind"], { readonly label: string; readonly help: string }>> = {
  chronological: {
    label: "Chronological",
    help: "Learns from what was first and is tested on what came after, once.",
  },
  "walk-forward": {
    label: "Walk-forward",
    help: "Learns, is tested on the next piece of time, learns again: as it would be used.",
  },
  "purged-k-fold": {
    label: "Purged k-fold",
    help: "Tests on every piece once and learns from all others, also later ones: more test rows, but not as it would be used.",
  },
};

const KINDS: readonly Split["kind"][] = ["chronological", "walk-forward", "purged-k-fold"];

/** How rows are divided into those that are learned from and those that are tested on. */
export function SplitFields(props: RunFieldsProps & { subject: RunSubject; split: Split | null }) {
  const { values, change, subject, split } = props;
  return (
    <Panel title="Training and test">
      <div className="flex flex-col gap-4">
        <fieldset className="flex flex-col gap-2">
          <legend className="sr-only">How rows are divided</legend>
          {KINDS.map((kind) => (
            <label key={kind} className="flex min-h-6 items-start gap-2 text-sm">
              <input
                type="radio"
                name="split.kind"
                value={kind}
                checked={values.split.kind === kind}
                onChange={() => change({ split: { ...values.split, kind } })}
                className="mt-0.5 size-4 shrink-0 accent-accent"
              />
              <span>
                <span className="font-medium">{SPLITS[kind].label}</span>
                <span className="block text-[13px] text-muted">{SPLITS[kind].help}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <SplitValues {...props} />
        {split === null ? null : (
          <FoldsPicture
            rows={foldSpans(split, subject.bars)}
            caption="Training rows whose label or features touch test rows are left out as well."
          />
        )}
      </div>
    </Panel>
  );
}

function SplitValues({ values, change, problemOf }: RunFieldsProps) {
  const { split } = values;
  const set = (changes: Partial<RunFormValues["split"]>) =>
    change({ split: { ...split, ...changes } });
  switch (split.kind) {
    case "chronological":
      return (
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            id="split.testShare"
            label="Test"
            unit="% of the rows"
            help="The latest rows, kept apart."
            value={split.testPercent}
            error={problemOf("split.testShare")}
            onChange={(event) => set({ testPercent: event.target.value })}
          />
        </div>
      );
    case "walk-forward":
      return (
        <div className="grid gap-4 sm:grid-cols-3">
          <NumberField
            id="split.folds"
            label="Folds"
            step={1}
            help="Times that it learns again."
            value={split.folds}
            error={problemOf("split.folds")}
            onChange={(event) => set({ folds: event.target.value })}
          />
          <NumberField
            id="split.trainingShare"
            label="First training"
            unit="% of the rows"
            help="What the first fold learns from."
            value={split.trainingPercent}
            error={problemOf("split.trainingShare")}
            onChange={(event) => set({ trainingPercent: event.target.value })}
          />
          <SelectField
            id="split.window"
            label="Later folds learn from"
            value={split.window}
            options={[
              { value: "expanding", label: "All rows before" },
              { value: "rolling", label: "As many rows as the first" },
            ]}
            onChange={(event) =>
              set({ window: event.target.value === "rolling" ? "rolling" : "expanding" })
            }
          />
        </div>
      );
    case "purged-k-fold":
      return (
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            id="split.folds"
            label="Folds"
            step={1}
            help="Pieces of equal length."
            value={split.kFolds}
            error={problemOf("split.folds")}
            onChange={(event) => set({ kFolds: event.target.value })}
          />
          <NumberField
            id="split.embargoBars"
            label="Embargo"
            unit="bars"
            step={1}
            help="Left out after the test, because what comes then still knows of it."
            value={split.embargoBars}
            error={problemOf("split.embargoBars")}
            onChange={(event) => set({ embargoBars: event.target.value })}
          />
        </div>
      );
  }
}

"use client";

import { CheckboxField } from "#ui/checkbox-field.tsx";
import { Notice } from "#ui/notice.tsx";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import type { RunFormValues } from "../run-form-values.ts";
import type { RunFieldsProps } from "./run-fields.ts";

type Choices<Value extends string> = readonly { readonly value: Value; readonly label: string }[];

const IMPUTES: Choices<RunFormValues["preparation"]["impute"]> = [
  { value: "none", label: "Leave such rows out" },
  { value: "keep", label: "As they are, for trees" },
  { value: "median", label: "Median of the training rows" },
  { value: "mean", label: "Mean of the training rows" },
];
const SCALES: Choices<RunFormValues["preparation"]["scale"]> = [
  { value: "standard", label: "Mean 0, deviation 1" },
  { value: "robust", label: "Median 0, by quartiles" },
  { value: "none", label: "As they are" },
];
const BALANCES: Choices<RunFormValues["balance"]> = [
  { value: "none", label: "As they are" },
  { value: "weights", label: "Rare classes weigh more" },
  { value: "under-sample", label: "Fewer rows of common classes" },
];

/** What is done to features and rows before a model learns. */
export function TrainingFields(props: RunFieldsProps & { isClasses: boolean }) {
  const { values, change, problemOf, isClasses } = props;
  const { preparation, balance } = values;
  const set = (changes: Partial<RunFormValues["preparation"]>) =>
    change({ preparation: { ...preparation, ...changes } });
  return (
    <Panel
      title="Preparation"
      lead="Learned from the training rows of each fold alone, and applied to its test rows."
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <SelectField
          id="preparation.scale"
          label="Scale of features"
          value={preparation.scale}
          options={SCALES}
          help="Linear models, neighbours and networks need one scale; trees do not mind."
          onChange={(event) => set({ scale: chosenOf(SCALES, event.target.value) })}
        />
        <SelectField
          id="preparation.impute"
          label="Missing features"
          value={preparation.impute}
          options={IMPUTES}
          onChange={(event) => set({ impute: chosenOf(IMPUTES, event.target.value) })}
        />
        <NumberField
          id="preparation.winsoriseShare"
          label="Outliers cut off"
          unit="% at each end"
          optional
          placeholder="none"
          help="Values beyond are set to the last ones within."
          value={preparation.winsorisePercent}
          error={problemOf("preparation.winsoriseShare")}
          onChange={(event) => set({ winsorisePercent: event.target.value })}
        />
        <NumberField
          id="preparation.componentsShare"
          label="Principal components"
          unit="% of the variance"
          optional
          placeholder="the features themselves"
          help="Replaces features that say the same by fewer that do not; their importance can no longer be read by name."
          value={preparation.componentsPercent}
          error={problemOf("preparation.componentsShare")}
          onChange={(event) => set({ componentsPercent: event.target.value })}
        />
        {isClasses ? (
          <SelectField
            id="balance"
            label="Classes of different sizes"
            value={balance}
            options={BALANCES}
            onChange={(event) => change({ balance: chosenOf(BALANCES, event.target.value) })}
          />
        ) : null}
        <CheckboxField
          id="uniqueness"
          label="Rows whose labels overlap weigh less"
          help="Labels of neighbouring rows tell of the same bars: without weights each such bar counts many times."
          checked={values.uniqueness}
          onChange={(event) => change({ uniqueness: event.target.checked })}
          className="sm:pt-6"
        />
      </div>
      {isClasses && balance !== "none" ? (
        <div className="mt-4">
          <Notice tone="warn">
            Probabilities will be those of balanced classes, not of the market: log loss and
            calibration suffer, and a model may fail its baselines by that alone.
          </Notice>
        </div>
      ) : null}
    </Panel>
  );
}

/** The choice of a list that has a value; the list of a select has no others. */
function chosenOf<Value extends string>(choices: Choices<Value>, value: string): Value {
  const chosen = choices.find((one) => one.value === value) ?? choices[0];
  if (chosen === undefined) throw new Error("Invariant: a list of choices is not empty");
  return chosen.value;
}

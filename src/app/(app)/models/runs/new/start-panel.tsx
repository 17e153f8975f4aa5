"use client";

import { TRAININGS_MAX } from "#contracts/learning-run.ts";
import { Button } from "#ui/button.tsx";
import { formatInteger } from "#ui/format.ts";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import type { LearnerCatalogue } from "../learner-form.ts";
import type { RunCheck } from "../run-check.ts";
import type { RunFormValues } from "../run-form-values.ts";
import { problemWords } from "../run-problem-words.ts";
import type { RunSubject } from "../run-subject.ts";
import type { RunFieldsProps } from "./run-fields.ts";

type Props = RunFieldsProps & {
  catalogue: LearnerCatalogue;
  check: RunCheck;
  subject: RunSubject;
  isBusy: boolean;
};

/** What the form comes to, and the way to start it. */
export function StartPanel(props: Props) {
  const { values, change, problemOf, catalogue, check, subject, isBusy } = props;
  const { budget, problems } = check;
  const [problem] = problems;
  const isTooMany = budget?.isTooMany === true;
  const first = isTooMany ? budget.refusal : problem && problemWords(problem, values, catalogue);
  return (
    <Panel title="What will be trained" className="xl:sticky xl:top-4">
      <div className="flex flex-col gap-3 text-sm">
        <div id="budget" role="status">
          <p className="text-lg font-semibold tracking-tight tabular-nums">
            {headline(values, subject, budget)}
          </p>
          {budget === null ? null : <p className="text-muted tabular-nums">{budget.factors}</p>}
        </div>
        {values.kind === "models" ? (
          <p className="text-muted">
            Baselines are counted, and the last fold of each model is all rows together, for the
            model that is kept. At most {formatInteger(TRAININGS_MAX)} trainings.
          </p>
        ) : null}
        <NumberField
          id="seed"
          label="Seed"
          step={1}
          help="The same seed, data and code give the same models."
          value={values.seed}
          error={problemOf("seed")}
          onChange={(event) => change({ seed: event.target.value })}
        />
        <Button type="submit" variant="primary" busy={isBusy}>
          Start the run
        </Button>
        <p role="status" className={`text-[13px] ${isTooMany ? "text-bad" : "text-muted"}`}>
          {first === undefined || first === null
            ? "Everything is filled in."
            : isTooMany
              ? `${first}.`
              : `Still to do: ${first}`}
        </p>
      </div>
    </Panel>
  );
}

/** Models of the published comparison, the last value among them. */
const THESIS_MODELS = 6;

function headline(
  { kind }: Pick<RunFormValues, "kind">,
  { books, groups }: RunSubject,
  budget: RunCheck["budget"],
): string {
  switch (kind) {
    case "models":
      if (budget === null) return "Not countable yet";
      return budget.trainings === 1
        ? "1 training"
        : `At most ${formatInteger(budget.trainings)} trainings`;
    case "thesis":
      return `${THESIS_MODELS} models on ${formatInteger(books)} ${books === 1 ? "pair" : "pairs"}`;
    case "bot":
      return groups === 1
        ? "A forest on two labels"
        : `A forest on two labels, ${formatInteger(groups)} times`;
  }
}

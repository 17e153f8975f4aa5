"use client";

import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";
import { ParameterControl } from "../../datasets/parameter-control.tsx";
import type { LearnerCatalogue, LearnerForm } from "../learner-form.ts";
import { unfitWords } from "../run-check.ts";
import { type LearnerValues, usualLearner } from "../run-form-values.ts";
import { baselineKinds, type RunSubject } from "../run-subject.ts";
import { FAMILIES } from "../run-words.ts";
import type { RunFieldsProps } from "./run-fields.ts";

type Props = RunFieldsProps & { catalogue: LearnerCatalogue; subject: RunSubject };

const LEARNERS_MAX = 12;

/** The models to choose from, and those that stand beside them always. */
export function LearnerFields(props: Props) {
  const { catalogue, subject, problemOf } = props;
  const baselines = baselineKinds(catalogue, subject);
  const named = baselines.map(
    (kind) => catalogue.learners.find((one) => one.kind === kind)?.label ?? kind,
  );
  const error = problemOf("learners");
  return (
    <Panel
      title="Models"
      lead={`Always trained beside them, because a model that does not beat them is of no use: ${named.join(", ")}.`}
    >
      <div id="learners" tabIndex={-1} className="flex flex-col gap-3">
        {error === undefined ? null : <p className="text-[13px] text-bad">{error}</p>}
        <ul className="flex flex-col gap-3">
          {catalogue.learners
            .filter(({ family }) => family !== "baseline")
            .map((learner) => (
              <LearnerCard key={learner.kind} {...props} learner={learner} />
            ))}
        </ul>
      </div>
    </Panel>
  );
}

function LearnerCard(props: Props & { learner: LearnerForm }) {
  const { values, change, subject, learner } = props;
  const { kind, label, summary, family, tasks } = learner;
  const chosen = values.learners.flatMap((one, place) => (one.kind === kind ? [place] : []));
  const isFit = tasks.includes(subject.task);
  const add = () => change({ learners: [...values.learners, usualLearner(learner)] });
  const isFull = values.learners.length >= LEARNERS_MAX;
  const hasParameters = Object.keys(learner.parameters).length > 0;
  return (
    <li
      className={`rounded-lg border px-3.5 py-2.5 ${chosen.length > 0 ? "border-accent/60" : "border-line"}`}
    >
      <label className="flex items-start gap-2 text-sm">
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-accent"
          checked={chosen.length > 0}
          // One that is chosen can be left out again, whatever became of the dataset.
          disabled={chosen.length === 0 && (!isFit || isFull)}
          onChange={(event) =>
            event.target.checked
              ? add()
              : change({ learners: values.learners.filter((one) => one.kind !== kind) })
          }
        />
        <span className="min-w-0">
          <span className="inline-flex flex-wrap items-center gap-2 font-medium">
            {label} <Badge>{FAMILIES[family]}</Badge>
          </span>
          <span className="block text-[13px] text-muted">
            {isFit ? summary : `Not here: it ${unfitWords(subject.task)}.`}
          </span>
        </span>
      </label>
      {chosen.map((place, nth) => (
        <LearnerRow
          key={place}
          {...props}
          place={place}
          nth={chosen.length > 1 ? nth + 1 : null}
          onRemove={() => change({ learners: values.learners.filter((_, i) => i !== place) })}
        />
      ))}
      {chosen.length > 0 && hasParameters && isFit && !isFull ? (
        <Button size="sm" variant="quiet" className="mt-1" onClick={add}>
          Once more with other parameters
        </Button>
      ) : null}
    </li>
  );
}

type RowProps = Props & {
  learner: LearnerForm;
  place: number;
  /** Which of several of the kind, from 1; null of one alone. */
  nth: number | null;
  onRemove: () => void;
};

function LearnerRow({ values, change, problemOf, learner, place, nth, onRemove }: RowProps) {
  const row = values.learners[place];
  const parameters = Object.entries(learner.parameters);
  const path = `learners.${place}`;
  const error = problemOf(path);
  const isWrong = parameters.some(
    ([name]) => problemOf(`${path}.parameters.${name}`) !== undefined,
  );
  const setValue = (name: string, value: string | boolean) =>
    change({
      learners: values.learners.map((one, i) => (i === place ? withValue(one, name, value) : one)),
    });
  return (
    <div id={path} tabIndex={-1} className="mt-2 pl-6">
      {error === undefined ? null : <p className="text-[13px] text-bad">{error}</p>}
      {parameters.length === 0 ? null : (
        // What is wrong within must be in sight.
        <details open={isWrong || undefined}>
          <summary className="min-h-6 cursor-pointer text-[13px] text-accent">
            Parameters{nth === null ? "" : ` of ${learner.label} ${nth}`}
          </summary>
          <div className="mt-2 grid items-start gap-4 sm:grid-cols-2">
            {parameters.map(([name, parameter]) => (
              <ParameterControl
                key={name}
                id={`${path}.parameters.${name}`}
                parameter={parameter}
                value={row?.values[name]}
                onChange={(value) => setValue(name, value)}
                error={problemOf(`${path}.parameters.${name}`)}
              />
            ))}
          </div>
        </details>
      )}
      {nth === null ? null : (
        <Button
          size="sm"
          variant="quiet"
          aria-label={`Leave out ${learner.label} ${nth}`}
          onClick={onRemove}
        >
          Leave this one out
        </Button>
      )}
    </div>
  );
}

function withValue(
  { kind, values }: LearnerValues,
  name: string,
  value: string | boolean,
): LearnerValues {
  return { kind, values: { ...values, [name]: value } };
}

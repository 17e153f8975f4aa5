"use client";

import type { LearningRunConfig } from "#contracts/learning-run.ts";
import { Panel } from "#ui/panel.tsx";
import { TextField } from "#ui/text-field.tsx";
import { RUN_KINDS } from "../run-words.ts";
import type { RunFieldsProps } from "./run-fields.ts";

const KINDS: readonly LearningRunConfig["kind"][] = ["models", "thesis", "bot"];

/** What the run is called, and which of the three it is. */
export function KindFields(props: RunFieldsProps & { isPairs: boolean }) {
  const { values, change, problemOf, isPairs } = props;
  const error = problemOf("kind");
  return (
    <Panel title="Run">
      <TextField
        id="name"
        label="Name"
        autoComplete="off"
        maxLength={80}
        value={values.name}
        error={problemOf("name")}
        onChange={(event) => change({ name: event.target.value })}
      />
      <fieldset id="kind" tabIndex={-1} className="mt-4 flex flex-col gap-2">
        <legend className="mb-1 text-[13px] font-medium">Kind</legend>
        {KINDS.map((kind) => {
          const isUnfit = kind === "thesis" && !isPairs;
          return (
            <label key={kind} className="flex min-h-6 items-start gap-2 text-sm">
              <input
                type="radio"
                name="kind"
                value={kind}
                checked={values.kind === kind}
                disabled={isUnfit}
                onChange={() => change({ kind })}
                className="mt-0.5 size-4 shrink-0 accent-accent"
              />
              <span>
                <span className="font-medium">{RUN_KINDS[kind].label}</span>
                <span className="block text-[13px] text-muted">
                  {isUnfit
                    ? "Of pairs only, and this dataset is of instruments."
                    : RUN_KINDS[kind].help}
                </span>
              </span>
            </label>
          );
        })}
        {error === undefined ? null : <p className="text-[13px] text-bad">{error}</p>}
      </fieldset>
    </Panel>
  );
}

"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import type { DatasetVersionView, DatasetView } from "#contracts/dataset.ts";
import type { LearningRunConfig, LearningRunView } from "#contracts/learning-run.ts";
import { FormErrors } from "#ui/form-errors.tsx";
import { ButtonLink } from "../../../../button-link.tsx";
import { errorWords } from "../../../../error-words.ts";
import { useTRPC, useTRPCClient } from "../../../../trpc-client.tsx";
import { useFormDraft } from "../../../discover/use-form-draft.ts";
import type { LearnerCatalogue } from "../learner-form.ts";
import { checkRun, type RunCheck } from "../run-check.ts";
import { initialRun, type RunFormValues, valuesOfRun } from "../run-form-values.ts";
import { problemWords } from "../run-problem-words.ts";
import { runSubject } from "../run-subject.ts";
import { BotPanel, ThesisPanel } from "./comparison-panels.tsx";
import { KindFields } from "./kind-fields.tsx";
import { LearnerFields } from "./learner-fields.tsx";
import { SearchFields } from "./search-fields.tsx";
import { SplitFields } from "./split-fields.tsx";
import { StartPanel } from "./start-panel.tsx";
import { TrainingFields } from "./training-fields.tsx";

type Props = {
  catalogue: LearnerCatalogue;
  dataset: DatasetView;
  version: DatasetVersionView;
  base: LearningRunView | null;
};

type Attempt = {
  readonly wasTried: boolean;
  readonly isBusy: boolean;
  readonly error: { readonly message: string; readonly fieldId?: string } | null;
};

const NOT_TRIED: Attempt = { wasTried: false, isBusy: false, error: null };

/** What is trained and how it is judged, beside what that comes to. */
export function RunForm({ catalogue, dataset, version, base }: Props) {
  const subject = runSubject(version);
  const form = useForm<{ run: RunFormValues }>({
    defaultValues: { run: initialValues({ catalogue, dataset, version, base }) },
  });
  const forgetDraft = useFormDraft(form, `form of run ${version.id} ${base?.id ?? ""}`);
  const values = useWatch({ control: form.control, name: "run" });
  const check = checkRun(values, catalogue, subject);
  const [attempt, setAttempt] = useState<Attempt>(NOT_TRIED);
  const start = useStart(version.id);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (attempt.isBusy) return;
    const { run } = checkRun(form.getValues("run"), catalogue, subject);
    setAttempt({ wasTried: true, isBusy: run !== null, error: null });
    if (run === null) return;
    try {
      await start(run);
      forgetDraft();
    } catch (error) {
      const { message, field } = errorWords(error);
      const at = field?.replace(/^config\./, "");
      setAttempt({
        wasTried: true,
        isBusy: false,
        error: at === undefined ? { message } : { message, fieldId: at },
      });
    }
  };
  const fields = {
    values,
    change: (changes: Partial<RunFormValues>) =>
      // As it stands now, and not as it was drawn: two changes of one moment must not undo each other.
      form.setValue("run", { ...form.getValues("run"), ...changes }, { shouldDirty: true }),
    problemOf: problemFinder(check, attempt.wasTried),
  };
  const shared = { ...fields, catalogue, subject };
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => void submit(event)}
      className="grid items-start gap-6 xl:grid-cols-[minmax(0,7fr)_minmax(0,4fr)]"
    >
      <div className="flex min-w-0 flex-col gap-6">
        <FormErrors
          title="This could not be started yet"
          problems={attempt.wasTried ? summedUp(check, attempt.error, values, catalogue) : []}
        />
        <KindFields {...fields} isPairs={subject.isPairs} />
        {values.kind === "models" ? (
          <>
            <LearnerFields {...shared} />
            <SplitFields {...fields} subject={subject} split={check.split} />
            <TrainingFields {...fields} isClasses={subject.task === "classification"} />
            <SearchFields {...shared} />
          </>
        ) : null}
        {values.kind === "thesis" ? (
          <ThesisPanel
            lead="On every pair of the dataset; its features and its label are not read."
            actions={
              <ButtonLink size="sm" href="/models/runs/thesis">
                Its own 19 pairs
              </ButtonLink>
            }
          />
        ) : null}
        {values.kind === "bot" ? <BotPanel isPairs={subject.isPairs} /> : null}
      </div>
      <StartPanel {...shared} check={check} isBusy={attempt.isBusy} />
    </form>
  );
}

function initialValues({ catalogue, dataset, version, base }: Props): RunFormValues {
  const name = base?.name ?? `${dataset.name} v${version.version}`;
  const initial = initialRun(catalogue, runSubject(version).task, name.slice(0, 80));
  if (base === null) return initial;
  const values = valuesOfRun(base.config, initial);
  // What the form does not offer could not be taken out of it: baselines, and kinds that are gone.
  const offered = catalogue.learners.filter(({ family }) => family !== "baseline");
  return {
    ...values,
    learners: values.learners.filter((one) => offered.some(({ kind }) => kind === one.kind)),
  };
}

/** Starts the run and goes to its page. */
function useStart(datasetVersionId: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  return async (run: { name: string; config: LearningRunConfig }) => {
    const { runId } = await client.learningRuns.start.mutate({ datasetVersionId, ...run });
    router.push(`/models/runs/${runId}`);
    await Promise.all([
      queryClient.invalidateQueries(trpc.learningRuns.list.pathFilter()),
      queryClient.invalidateQueries(trpc.jobs.pathFilter()),
    ]);
  };
}

/** That no model is chosen is no fault before somebody tries to start. */
function problemFinder({ problems }: RunCheck, wasTried: boolean) {
  return (path: string): string | undefined => {
    if (path === "learners" && !wasTried) return undefined;
    return problems.find((one) => one.path === path)?.message;
  };
}

function summedUp(
  { problems }: RunCheck,
  error: Attempt["error"],
  values: RunFormValues,
  catalogue: LearnerCatalogue,
) {
  const listed = problems.map((problem) => ({
    message: problemWords(problem, values, catalogue),
    fieldId: problem.path,
  }));
  return error === null ? listed : [error, ...listed];
}

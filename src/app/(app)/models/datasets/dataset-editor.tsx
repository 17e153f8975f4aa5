"use client";

import { type FormEvent, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { Button } from "#ui/button.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useFormDraft } from "../../discover/use-form-draft.ts";
import {
  checkDataset,
  type FieldProblem,
  isEmptyAt,
  type NamedDataset,
  problemLabel,
  problemTarget,
} from "./dataset-check.ts";
import { DatasetFormProvider, type DatasetFormState } from "./dataset-form-context.tsx";
import type { NamedDatasetValues } from "./dataset-form-values.ts";
import { DatasetPreviewPanel } from "./dataset-preview-panel.tsx";
import { FeatureList } from "./feature-list.tsx";
import { LabelFields } from "./label-fields.tsx";
import { NameFields } from "./name-fields.tsx";
import { PoolingField } from "./pooling-field.tsx";
import { PresetBar } from "./preset-bar.tsx";
import { SpreadFields } from "./spread-fields.tsx";
import { SubjectFields } from "./subject-fields.tsx";
import { useDatasetCheck } from "./use-dataset-check.ts";
import { WindowFields } from "./window-fields.tsx";

type Props = {
  draftName: string;
  series: readonly SeriesCoverage[];
  initial: NamedDatasetValues;
  submitLabel: string;
  /** A new dataset has a name to choose; a new version keeps it. */
  isNew?: boolean;
  onSubmit: (dataset: NamedDataset) => Promise<void>;
};

/** The form of a dataset beside what it would be. */
export function DatasetEditor(props: Props) {
  const { draftName, series, initial, submitLabel, isNew = false } = props;
  const form = useForm<NamedDatasetValues>({ defaultValues: initial });
  const { problems, config } = useDatasetCheck(form, series);
  const forgetDraft = useFormDraft(form, `form of ${draftName}`);
  const { save, state } = useSave({ form, series, forgetDraft, onSubmit: props.onSubmit });
  const subject = useWatch({ control: form.control, name: "config.subject" });

  // What is not typed yet is no fault before somebody tries to save.
  const told = problems.filter(
    ({ path, isEmpty }) => state.wasTried || !isEmpty || !isEmptyAt(initial, path),
  );
  const messages = new Map(told.map(({ path, message }) => [path, message]));
  const context = {
    ...{ form, series },
    problemOf: (path: string) => messages.get(path),
    problemWithin: (path: string) =>
      told.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.message,
  };
  return (
    <DatasetFormProvider value={context}>
      <form
        method="post"
        onSubmit={(event) => void save(event)}
        noValidate
        className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]"
      >
        <div className="flex min-w-0 flex-col gap-6">
          <FormErrors problems={state.wasTried ? summedUp(problems, state.error, form) : []} />
          {isNew ? <NameFields /> : null}
          <PresetBar />
          <SubjectFields />
          <WindowFields />
          {subject === "pairs" ? <SpreadFields /> : null}
          <FeatureList />
          <LabelFields />
          <PoolingField />
        </div>
        <div className="flex min-w-0 flex-col gap-4 xl:sticky xl:top-4 xl:max-h-[calc(100vh-2rem)] xl:overflow-y-auto">
          <DatasetPreviewPanel config={config} series={series} />
          {/* Last where columns are stacked; beside the form first, so that it is always in sight. */}
          <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2 xl:order-first">
            <p role="status" className="min-w-0 flex-1 text-[13px] text-muted">
              {stillToDo(problems, form)}
            </p>
            <Button type="submit" variant="primary" busy={state.isBusy}>
              {submitLabel}
            </Button>
          </div>
        </div>
      </form>
    </DatasetFormProvider>
  );
}

type SaveState = { wasTried: boolean; isBusy: boolean; error: string | null };

function useSave(props: {
  form: DatasetFormState;
  series: readonly SeriesCoverage[];
  forgetDraft: () => void;
  onSubmit: (dataset: NamedDataset) => Promise<void>;
}) {
  const { form, series, forgetDraft, onSubmit } = props;
  const [state, setState] = useState<SaveState>({ wasTried: false, isBusy: false, error: null });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    // What is shown may be a moment behind what is typed.
    const { dataset } = checkDataset(form.getValues(), series);
    setState({ wasTried: true, isBusy: dataset !== null, error: null });
    if (dataset === null) return;
    try {
      await onSubmit(dataset);
      forgetDraft();
    } catch (error) {
      setState({ wasTried: true, isBusy: false, error: toMessage(error) });
    }
  };
  return { save, state };
}

function summedUp(problems: readonly FieldProblem[], error: string | null, form: DatasetFormState) {
  const config = form.getValues("config");
  const listed = problems.map(({ path, message }) => {
    const label = problemLabel(path, config);
    return {
      message: label === "" ? message : `${label}: ${message}`,
      fieldId: problemTarget(path),
    };
  });
  return error === null ? listed : [{ message: error }, ...listed];
}

const NAMED_MAX = 2;

/** What stands between the form and a dataset, in a line. */
function stillToDo(problems: readonly FieldProblem[], form: DatasetFormState): string {
  if (problems.length === 0) return "Everything is filled in.";
  const config = form.getValues("config");
  const labels = problems
    .map(({ path, message }) => problemLabel(path, config) || message)
    .slice(0, NAMED_MAX);
  const left = problems.length - labels.length;
  return `Still to do: ${labels.join(", ")}${left > 0 ? ` and ${left} more` : ""}.`;
}

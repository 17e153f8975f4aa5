"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import type { GateModelView } from "#contracts/gate-model.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import { Button } from "#ui/button.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { Notice } from "#ui/notice.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useTRPC } from "../../trpc-client.tsx";
import { useFormDraft } from "../discover/use-form-draft.ts";
import { AccountFields } from "./account-fields.tsx";
import { BookFields } from "./book-fields.tsx";
import { BenchmarkFields, CostFields } from "./cost-fields.tsx";
import { DateSettings } from "./date-settings.tsx";
import { isEmptyAt, problemLabel } from "./field-labels.ts";
import { GateFields } from "./gate-fields.tsx";
import { KindField } from "./kind-field.tsx";
import { NameFields } from "./name-fields.tsx";
import { ParameterFields } from "./parameter-fields.tsx";
import { type PairSelection, selectionLookAhead } from "./selection-look-ahead.ts";
import { SignalPreview } from "./signal-preview.tsx";
import type { FieldProblem, NamedStrategy } from "./strategy-check.ts";
import { StrategyFormProvider, type StrategyFormState } from "./strategy-form-context.tsx";
import { isOfPairs, type NamedStrategyValues } from "./strategy-form-values.ts";
import { loadStrategyCheck, useStrategyCheck } from "./use-strategy-check.ts";

type Props = {
  draftName: string;
  series: readonly SeriesCoverage[];
  initial: NamedStrategyValues;
  /** What `initial` was made of, where it has been saved. */
  saved?: StrategyConfig;
  submitLabel: string;
  /** A new strategy has a name to choose; a new version keeps it. */
  isNew?: boolean;
  /** What is known of the pair, beside the z-score window. */
  hint?: string | null;
  /** The scan that the pair comes from. */
  selection?: PairSelection | null;
  onSubmit: (strategy: NamedStrategy) => Promise<void>;
};

/** The form of a strategy beside what it would do. */
export function StrategyEditor(props: Props) {
  const { draftName, series, initial, submitLabel, isNew = false, hint = null } = props;
  const { selection = null } = props;
  const form = useForm<NamedStrategyValues>({ defaultValues: initial });
  const trpc = useTRPC();
  const { data: gates = NO_GATES } = useQuery(trpc.models.gates.queryOptions());
  const { problems, config, isKnown, begin } = useStrategyCheck(
    form,
    series,
    props.saved ?? null,
    gates,
  );
  const forgetDraft = useFormDraft(form, `form of ${draftName}`);
  const { save, state } = useSave({ form, series, gates, forgetDraft, onSubmit: props.onSubmit });
  const kind = useWatch({ control: form.control, name: "config.kind" });
  const isPairs = isOfPairs(kind);

  // What is not typed yet is no fault before somebody tries to save.
  const told = problems.filter(
    ({ path, isEmpty }) => state.wasTried || !isEmpty || !isEmptyAt(initial, path),
  );
  const messages = new Map(told.map(({ path, message }) => [path, message]));
  return (
    <StrategyFormProvider value={{ form, series, problemOf: (path) => messages.get(path) }}>
      <form
        method="post"
        onSubmit={(event) => void save(event)}
        onFocus={begin}
        onPointerEnter={begin}
        noValidate
        className="grid items-start gap-6 xl:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]"
      >
        <div className="flex min-w-0 flex-col gap-6">
          <FormErrors problems={state.wasTried ? summedUp(problems, state.error, form) : []} />
          {isNew ? <NameFields /> : null}
          <KindField />
          <BookFields isPairs={isPairs} suggested={isNew ? initial.config : NOTHING_SUGGESTED} />
          <ParameterFields kind={kind} hint={hint} />
          <DateSettings />
          {selection === null ? null : <SelectionNotice form={form} selection={selection} />}
          <AccountFields isSized={isPairs} />
          <CostFields />
          <GateFields />
          <BenchmarkFields />
        </div>
        <div className="flex min-w-0 flex-col gap-4 xl:sticky xl:top-4">
          <SignalPreview config={config} />
          {/* Last where columns are stacked; beside the form first, so that it is always in sight. */}
          <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2 xl:order-first">
            <p role="status" className="min-w-0 flex-1 text-[13px] text-muted">
              {isKnown ? stillToDo(problems, form) : null}
            </p>
            <Button type="submit" variant="primary" busy={state.isBusy}>
              {submitLabel}
            </Button>
          </div>
        </div>
      </form>
    </StrategyFormProvider>
  );
}

const NO_GATES: readonly GateModelView[] = [];

type SaveState = { wasTried: boolean; isBusy: boolean; error: string | null };

function useSave(props: {
  form: StrategyFormState;
  series: readonly SeriesCoverage[];
  gates: readonly GateModelView[];
  forgetDraft: () => void;
  onSubmit: (strategy: NamedStrategy) => Promise<void>;
}) {
  const { form, series, gates, forgetDraft, onSubmit } = props;
  const [state, setState] = useState<SaveState>({ wasTried: false, isBusy: false, error: null });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setState({ wasTried: true, isBusy: true, error: null });
    try {
      // What is shown may be a moment behind what is typed.
      const checkStrategy = await loadStrategyCheck();
      const { strategy } = checkStrategy(form.getValues(), series, gates);
      if (strategy === null) {
        setState({ wasTried: true, isBusy: false, error: null });
        return;
      }
      await onSubmit(strategy);
      forgetDraft();
    } catch (error) {
      setState({ wasTried: true, isBusy: false, error: toMessage(error) });
    }
  };
  return { save, state };
}

function summedUp(
  problems: readonly FieldProblem[],
  error: string | null,
  form: StrategyFormState,
) {
  const config = form.getValues("config");
  const listed = problems.map(({ path, message }) => {
    const label = problemLabel(path, config);
    return { message: label === "" ? message : `${label}: ${message}`, fieldId: path };
  });
  return error === null ? listed : [{ message: error }, ...listed];
}

const NAMED_MAX = 2;

/** What stands between the form and a strategy, in a line. */
function stillToDo(problems: readonly FieldProblem[], form: StrategyFormState): string {
  if (problems.length === 0) return "Everything is filled in.";
  const config = form.getValues("config");
  const labels = problems
    .map(({ path, message }) => problemLabel(path, config) || message)
    .slice(0, NAMED_MAX);
  const left = problems.length - labels.length;
  return `Still to do: ${labels.join(", ")}${left > 0 ? ` and ${left} more` : ""}.`;
}

/** Dates of a saved version were chosen, and stay whatever the legs. */
const NOTHING_SUGGESTED = {
  formation: { startMs: null, endMs: null },
  trading: { startMs: null, endMs: null },
};

function SelectionNotice(props: { form: StrategyFormState; selection: PairSelection }) {
  const trading = useWatch({ control: props.form.control, name: "config.trading" });
  const warning = selectionLookAhead(props.selection, trading);
  return warning === null ? null : (
    <Notice tone="warn" title="The pair was chosen by bars that it would trade">
      {warning}
    </Notice>
  );
}

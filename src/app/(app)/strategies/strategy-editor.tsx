"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { Button } from "#ui/button.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { TextField } from "#ui/text-field.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useFormDraft } from "../discover/use-form-draft.ts";
import { formProblems } from "./form-problems.ts";
import { inputWords } from "./input-words.ts";
import { LegFields } from "./leg-fields.tsx";
import { type PairSelection, selectionLookAhead } from "./selection-look-ahead.ts";
import { SettingFields } from "./setting-fields.tsx";
import { STRATEGY_FIELDS } from "./strategy-fields.ts";
import {
  type NamedStrategy,
  type NamedStrategyValues,
  type StrategyFormState,
  strategyFormOn,
} from "./strategy-form-values.ts";

const LABELS: Record<string, string> = {
  name: "Name",
  notes: "Notes",
  "config.instrumentY": "Leg Y",
  "config.instrumentX": "Leg X",
  "config.intervalMs": "Bar interval",
  ...Object.fromEntries(STRATEGY_FIELDS.map(({ path, label }) => [`config.${path}`, label])),
};

type Props = {
  draftName: string;
  series: readonly SeriesCoverage[];
  initial: NamedStrategyValues;
  submitLabel: string;
  /** A new strategy has a name to choose; a new version keeps it. */
  isNew?: boolean;
  /** What is known of the pair, beside the z-score window. */
  hint?: string | null;
  /** The scan that the pair comes from. */
  selection?: PairSelection | null;
  onSubmit: (strategy: NamedStrategy) => Promise<void>;
};

export function StrategyEditor(props: Props) {
  const { draftName, series, initial, submitLabel, isNew = false, hint = null, onSubmit } = props;
  const { selection = null } = props;
  const form = useForm<NamedStrategyValues, unknown, NamedStrategy>({
    resolver: zodResolver(strategyFormOn(series), { error: inputWords }),
    mode: "onChange",
    defaultValues: initial,
  });
  const forgetDraft = useFormDraft(form, draftName);
  const { errors, isSubmitting, submitCount } = form.formState;

  const save = form.handleSubmit(async (strategy) => {
    try {
      await onSubmit(strategy);
      forgetDraft();
    } catch (error) {
      form.setError("root", { message: toMessage(error) });
    }
  });

  return (
    <form
      method="post"
      onSubmit={(event) => void save(event)}
      noValidate
      className="flex flex-col gap-6"
    >
      <FormErrors problems={submitCount > 0 ? formProblems(errors, LABELS) : []} />
      {isNew ? <NameFields form={form} /> : null}
      <Panel title="Pair">
        <LegFields
          form={form}
          series={series}
          suggested={isNew ? initial.config : NOTHING_SUGGESTED}
        />
      </Panel>
      <SettingFields form={form} group="dates" title="Dates" />
      {selection === null ? null : <SelectionNotice form={form} selection={selection} />}
      <SettingFields form={form} group="signal" title="Signal" hint={hint} />
      <SettingFields form={form} group="money" title="Money and costs" />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={isSubmitting}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

/** Dates of a saved version were chosen, and stay whatever the legs. */
const NOTHING_SUGGESTED = {
  formation: { startMs: null, endMs: null },
  trading: { startMs: null, endMs: null },
};

function SelectionNotice(props: { form: StrategyFormState; selection: PairSelection }) {
  const warning = selectionLookAhead(props.selection, props.form.watch("config.trading"));
  return warning === null ? null : (
    <Notice tone="warn" title="The pair was chosen by bars that it would trade">
      {warning}
    </Notice>
  );
}

function NameFields({ form }: { form: StrategyFormState }) {
  const { errors } = form.formState;
  return (
    <Panel>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          id="name"
          label="Name"
          autoComplete="off"
          error={errors.name?.message}
          {...form.register("name")}
        />
        <TextField
          id="notes"
          label="Notes"
          optional
          autoComplete="off"
          error={errors.notes?.message}
          {...form.register("notes")}
        />
      </div>
    </Panel>
  );
}

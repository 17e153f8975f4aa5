"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { Controller, type UseFormReturn, useForm } from "react-hook-form";
import { AlertRuleInput, type AlertSubject } from "#contracts/alert.ts";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import { Button } from "#ui/button.tsx";
import { CheckboxField } from "#ui/checkbox-field.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { SearchSelect } from "#ui/search-select.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { TextField } from "#ui/text-field.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { errorWords } from "../../error-words.ts";
import { useTRPC } from "../../trpc-client.tsx";
import { useFormDraft } from "../discover/use-form-draft.ts";
import { inputResolver } from "../input-resolver.ts";
import { instrumentOptions } from "../instrument-options.ts";
import { formProblems } from "../strategies/form-problems.ts";
import {
  defaultCondition,
  inputOfFields,
  METRICS_OF_KIND,
  type RuleFields,
} from "./rule-form-values.ts";
import { COOLDOWN_OPTIONS, METRICS, OPERATOR_OPTIONS, SEVERITY_OPTIONS } from "./rule-words.ts";

type RuleForm = UseFormReturn<RuleFields, unknown, AlertRuleInput>;

const KINDS: Record<AlertSubject["kind"], string> = {
  pair: "A pair that is watched live",
  feed: "An instrument and its feed",
  job: "Jobs",
};

const LABELS: Record<string, string> = {
  name: "Name",
  watchedPairId: "Pair",
  instrumentId: "Instrument",
  metric: "Figure",
  threshold: "Threshold",
  hysteresis: "Back by",
  cooldownMs: "Quiet time",
};

type Props = {
  draftName: string;
  initial: RuleFields;
  submitLabel: string;
  onSubmit: (rule: AlertRuleInput) => Promise<void>;
};

export function RuleForm({ draftName, initial, submitLabel, onSubmit }: Props) {
  const form = useForm<RuleFields, unknown, AlertRuleInput>({
    resolver: inputResolver(AlertRuleInput, inputOfFields),
    mode: "onTouched",
    defaultValues: initial,
  });
  const forgetDraft = useFormDraft(form, draftName);
  const { errors, isSubmitting, submitCount } = form.formState;
  const kind = form.watch("kind");
  const save = form.handleSubmit(async (rule) => {
    try {
      await onSubmit(rule);
      forgetDraft();
    } catch (error) {
      const { field, message } = errorWords(error);
      const name = field?.split(".").at(-1) ?? "";
      form.setError(isField(name, initial) ? name : "root", { message });
    }
  });
  return (
    <form
      method="post"
      onSubmit={(event) => void save(event)}
      noValidate
      className="flex max-w-3xl flex-col gap-6"
    >
      <FormErrors problems={submitCount > 0 ? formProblems(errors, LABELS) : []} />
      <Panel title="What it looks at">
        <SubjectFields form={form} kind={kind} />
      </Panel>
      {kind === "job" ? null : (
        <Panel title="When it is raised">
          <ConditionFields form={form} />
        </Panel>
      )}
      <Panel title="What happens then">
        <ConsequenceFields form={form} />
      </Panel>
      <div className="flex justify-end gap-2">
        <ButtonLink href="/alerts?tab=rules">Cancel</ButtonLink>
        <Button type="submit" variant="primary" busy={isSubmitting}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

function isField(name: string, fields: RuleFields): name is keyof RuleFields {
  return name in fields;
}

function SubjectFields({ form, kind }: { form: RuleForm; kind: AlertSubject["kind"] }) {
  const { errors } = form.formState;
  const metric = form.watch("metric");
  const start = (next: AlertSubject["metric"]) => {
    form.setValue("metric", next);
    for (const [field, value] of Object.entries(defaultCondition(next))) {
      if (isField(field, form.getValues())) form.setValue(field, value);
    }
  };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label="Subject"
        options={Object.entries(KINDS).map(([value, label]) => ({ value, label }))}
        {...form.register("kind", {
          onChange: () => start(METRICS_OF_KIND[form.getValues("kind")][0]),
        })}
      />
      {kind === "pair" ? <PairField form={form} /> : null}
      {kind === "feed" ? <InstrumentField form={form} /> : null}
      <SelectField
        id="metric"
        label="Figure"
        className="sm:col-start-1"
        options={METRICS_OF_KIND[kind].map((value) => ({ value, label: METRICS[value].label }))}
        help={METRICS[metric].help}
        error={errors.metric?.message}
        {...form.register("metric", { onChange: () => start(form.getValues("metric")) })}
      />
      <TextField
        id="name"
        label="Name of the rule"
        autoComplete="off"
        error={errors.name?.message}
        {...form.register("name")}
      />
    </div>
  );
}

function PairField({ form }: { form: RuleForm }) {
  const trpc = useTRPC();
  const { data: watched } = useSuspenseQuery(trpc.watch.list.queryOptions());
  const pairs = watched.filter(({ retiredAtMs }) => retiredAtMs === null);
  return (
    <Controller
      control={form.control}
      name="watchedPairId"
      render={({ field }) => (
        <SearchSelect
          {...field}
          id="watchedPairId"
          label="Pair"
          placeholder={pairs.length === 0 ? "No pair is watched yet" : "Choose a pair"}
          options={pairs.map(({ id, symbolY, symbolX, settings }) => ({
            value: id,
            label: `${symbolY} / ${symbolX}`,
            hint: `${intervalLabel(settings.intervalMs)} bars, |z| > ${settings.threshold}`,
          }))}
          error={form.formState.errors.watchedPairId?.message}
        />
      )}
    />
  );
}

function InstrumentField({ form }: { form: RuleForm }) {
  const trpc = useTRPC();
  const { data: markets } = useSuspenseQuery(trpc.markets.list.queryOptions({}));
  return (
    <Controller
      control={form.control}
      name="instrumentId"
      render={({ field }) => (
        <SearchSelect
          {...field}
          id="instrumentId"
          label="Instrument"
          placeholder={markets.rows.length === 0 ? "No venue is connected" : "Choose an instrument"}
          options={instrumentOptions(markets.rows)}
          error={form.formState.errors.instrumentId?.message}
        />
      )}
    />
  );
}

function ConditionFields({ form }: { form: RuleForm }) {
  const { errors } = form.formState;
  const { unit } = METRICS[form.watch("metric")];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label="The figure"
        options={OPERATOR_OPTIONS}
        error={errors.operator?.message}
        {...form.register("operator")}
      />
      <NumberField
        id="threshold"
        label="Threshold"
        unit={unit === "" ? undefined : unit}
        error={errors.threshold?.message}
        {...form.register("threshold", { valueAsNumber: true })}
      />
      <NumberField
        id="hysteresis"
        label="Back by"
        unit={unit === "" ? undefined : unit}
        help="How far the figure must come back before the rule can be raised again; 0 raises it at every crossing."
        error={errors.hysteresis?.message}
        {...form.register("hysteresis", { valueAsNumber: true })}
      />
      <SelectField
        id="cooldownMs"
        label="Quiet time after an alert"
        options={COOLDOWN_OPTIONS}
        help="A crossing that still lasts at its end is raised then."
        error={errors.cooldownMs?.message}
        {...form.register("cooldownMs")}
      />
    </div>
  );
}

function ConsequenceFields({ form }: { form: RuleForm }) {
  const trpc = useTRPC();
  const { data: channels } = useSuspenseQuery(trpc.alerts.channels.queryOptions());
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField label="Severity" options={SEVERITY_OPTIONS} {...form.register("severity")} />
      <fieldset>
        <legend className="mb-1.5 text-[13px] font-medium">Where it goes besides the page</legend>
        {channels.length === 0 ? (
          <p className="text-sm text-muted">
            No channel yet: see{" "}
            <a className="underline" href="/alerts?tab=channels">
              Where they go
            </a>
            .
          </p>
        ) : (
          <div className="flex flex-col gap-1.5">
            {channels.map(({ id, name, target }) => (
              <CheckboxField
                key={id}
                label={`${name} (${target})`}
                value={id}
                {...form.register("channelIds")}
              />
            ))}
          </div>
        )}
      </fieldset>
      <CheckboxField label="The rule is on" {...form.register("isEnabled")} />
    </div>
  );
}

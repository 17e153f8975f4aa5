"use client";

import { Controller, type UseFormReturn, useForm } from "react-hook-form";
import { INTERVALS } from "#contracts/bar-intervals.ts";
import type { MarketRow } from "#contracts/feed.ts";
import { LIVE_PRESETS } from "#contracts/live-settings.ts";
import { WatchInput } from "#contracts/watch.ts";
import { Button } from "#ui/button.tsx";
import { CheckboxField } from "#ui/checkbox-field.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { SearchSelect } from "#ui/search-select.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { errorWords } from "../../error-words.ts";
import { useFormDraft } from "../discover/use-form-draft.ts";
import { inputResolver } from "../input-resolver.ts";
import { instrumentOptions } from "../instrument-options.ts";
import { formProblems } from "../strategies/form-problems.ts";
import { type LiveFields, settingFields, watchInputOf } from "./live-form-values.ts";
import { settingsInWords } from "./live-words.ts";

type LiveForm = UseFormReturn<LiveFields, unknown, WatchInput>;

type Props = {
  draftName: string;
  initial: LiveFields;
  markets: readonly MarketRow[];
  submitLabel: string;
  onSubmit: (input: WatchInput) => Promise<void>;
};

const PRESETS: Record<LiveFields["preset"], { label: string; help: string }> = {
  default: {
    label: "Honest default",
    help: "Minute bars, log prices, rolling regression with intercept; nothing is carried over a bar without a trade.",
  },
  desk: {
    label: "Desk",
    help: "Second bars on prices, one ratio over the buffer without intercept (covariance by n − 1, variance by n), z over 50.",
  },
  stack: {
    label: "Stack",
    help: "Log prices, rolling regression with intercept over 20 bars.",
  },
  custom: { label: "My own settings", help: "Every setting by hand." },
};

const LABELS: Record<string, string> = {
  instrumentY: "Leg Y",
  instrumentX: "Leg X",
  hedgeWindowBars: "Window of the hedge ratio",
  windowBars: "Window of the hedge ratio",
  zScoreWindowBars: "Window of the z-score",
  bufferBars: "Buffer",
  carryBarsMax: "Carry",
  threshold: "Threshold",
};

export function LivePairForm({ draftName, initial, markets, submitLabel, onSubmit }: Props) {
  const form = useForm<LiveFields, unknown, WatchInput>({
    resolver: inputResolver(WatchInput, watchInputOf),
    mode: "onTouched",
    defaultValues: initial,
  });
  const forgetDraft = useFormDraft(form, draftName);
  const { errors, isSubmitting, submitCount } = form.formState;
  const preset = form.watch("preset");
  const save = form.handleSubmit(async (input) => {
    try {
      await onSubmit(input);
      forgetDraft();
    } catch (error) {
      const { field, message } = errorWords(error);
      form.setError(isField(field, initial) ? field : "root", { message });
    }
  });
  return (
    <form
      method="post"
      onSubmit={(event) => void save(event)}
      noValidate
      className="flex max-w-3xl flex-col gap-6"
    >
      <FormErrors
        title="The pair is not watched yet"
        problems={submitCount > 0 ? formProblems(errors, LABELS) : []}
      />
      <Panel title="Legs">
        <Legs form={form} markets={markets} />
      </Panel>
      <Panel title="Measure">
        <div className="flex flex-col gap-4">
          <SelectField
            label="Preset"
            options={Object.entries(PRESETS).map(([value, { label }]) => ({ value, label }))}
            help={PRESETS[preset].help}
            {...form.register("preset", {
              onChange: () => {
                const next = form.getValues("preset");
                if (next === "custom") return;
                const { instrumentY, instrumentX } = form.getValues();
                form.reset(
                  {
                    instrumentY,
                    instrumentX,
                    preset: next,
                    ...settingFields(LIVE_PRESETS[next]),
                  },
                  { keepDefaultValues: true },
                );
              },
            })}
          />
          {preset === "custom" ? (
            <Settings form={form} />
          ) : (
            <p className="text-sm text-muted">{settingsInWords(LIVE_PRESETS[preset])}</p>
          )}
        </div>
      </Panel>
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={isSubmitting}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

function isField(name: string | null, fields: LiveFields): name is keyof LiveFields {
  return name !== null && name in fields;
}

function Legs({ form, markets }: { form: LiveForm; markets: readonly MarketRow[] }) {
  const { errors } = form.formState;
  const options = instrumentOptions(markets, { isTradingOnly: true });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Controller
        control={form.control}
        name="instrumentY"
        render={({ field }) => (
          <SearchSelect
            {...field}
            id="instrumentY"
            label="Leg Y"
            help="Bought when the spread is long."
            placeholder="Choose an instrument"
            options={options}
            error={errors.instrumentY?.message}
          />
        )}
      />
      <Controller
        control={form.control}
        name="instrumentX"
        rules={{ deps: ["instrumentY"] }}
        render={({ field }) => (
          <SearchSelect
            {...field}
            id="instrumentX"
            label="Leg X"
            help="Sold against it, by the hedge ratio."
            placeholder="Choose an instrument"
            options={options}
            error={errors.instrumentX?.message}
          />
        )}
      />
    </div>
  );
}

const HEDGES = [
  { value: "rolling-ols", label: "Rolling regression" },
  { value: "kalman", label: "Kalman filter" },
  { value: "buffer", label: "One ratio over the buffer, no intercept" },
];

function Settings({ form }: { form: LiveForm }) {
  const { errors } = form.formState;
  const hedge = form.watch("hedge");
  const number = (
    name:
      | "hedgeWindowBars"
      | "zScoreWindowBars"
      | "bufferBars"
      | "carryBarsMax"
      | "threshold"
      | "delta"
      | "observationVariance",
  ) => ({
    id: name,
    error: errors[name]?.message,
    ...form.register(name, { valueAsNumber: true }),
  });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label="Bars"
        options={INTERVALS.map(({ ms, label }) => ({ value: String(ms), label }))}
        {...form.register("intervalMs")}
      />
      <SelectField
        label="Prices"
        options={[
          { value: "log", label: "Logarithms" },
          { value: "level", label: "As they are" },
        ]}
        {...form.register("prices")}
      />
      <SelectField label="Hedge ratio" options={HEDGES} {...form.register("hedge")} />
      {hedge === "rolling-ols" ? (
        <>
          <NumberField label="Its window" unit="bars" {...number("hedgeWindowBars")} />
          <CheckboxField label="With intercept" {...form.register("intercept")} />
        </>
      ) : null}
      {hedge === "kalman" ? (
        <>
          <NumberField
            label="δ"
            help="Both states gain the variance δ / (1 − δ) from bar to bar."
            {...number("delta")}
          />
          <NumberField label="Observation variance" {...number("observationVariance")} />
        </>
      ) : null}
      <NumberField
        label="Window of the z-score"
        unit="bars"
        help="Its standard deviation divides by n − 1."
        {...number("zScoreWindowBars")}
      />
      <NumberField label="Buffer" unit="bars" {...number("bufferBars")} />
      <NumberField
        label="Carry"
        unit="bars"
        help="For so many bars a leg without a trade keeps its last close; then it is a gap. 0: always a gap."
        {...number("carryBarsMax")}
      />
      <NumberField
        label="Threshold of |z|"
        unit="deviations"
        help="0.5 to 5. Beyond it the signal is long or short."
        {...number("threshold")}
      />
    </div>
  );
}

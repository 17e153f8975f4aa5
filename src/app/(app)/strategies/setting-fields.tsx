"use client";

import { Controller } from "react-hook-form";
import { DateField } from "#ui/date-field.tsx";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import {
  STRATEGY_FIELDS,
  type StrategyField,
  type StrategyFieldGroup,
  type StrategyTimePath,
  type StrategyValuePath,
} from "./strategy-fields.ts";
import type { StrategyFormState } from "./strategy-form-values.ts";

const DAY_MS = 86_400_000;

/** One group of settings, drawn from the field table. */
export function SettingFields(props: {
  form: StrategyFormState;
  group: StrategyFieldGroup;
  title: string;
  hint?: string | null;
}) {
  const { form, group, title, hint = null } = props;
  const tradingProblem = form.formState.errors.config?.trading?.message;
  return (
    <Panel title={title}>
      <div className="grid gap-4 sm:grid-cols-2">
        {STRATEGY_FIELDS.filter((field) => field.group === group).map((field) =>
          field.kind === "time" ? (
            <TimeSetting key={field.path} form={form} field={field} path={field.path} />
          ) : (
            <ValueSetting
              key={field.path}
              form={form}
              field={field}
              path={field.path}
              hint={field.path === "zScoreWindowBars" ? hint : null}
            />
          ),
        )}
      </div>
      {group === "dates" && tradingProblem !== undefined ? (
        <p id="config.trading" role="alert" className="mt-3 text-[13px] text-bad">
          {tradingProblem}
        </p>
      ) : null}
    </Panel>
  );
}

function ValueSetting(props: {
  form: StrategyFormState;
  field: StrategyField;
  path: StrategyValuePath;
  hint: string | null;
}) {
  const { form, field, hint } = props;
  const name = `config.${props.path}` as const;
  return (
    <NumberField
      id={name}
      label={field.label}
      unit={field.unit}
      help={hint === null ? field.help : `${field.help} ${hint}`}
      min={field.min}
      max={field.max}
      step={field.step}
      optional={field.emptyMeans !== undefined}
      error={form.getFieldState(name, form.formState).error?.message}
      {...form.register(name, {
        // Entry, exit and stop are judged against each other, so all three are judged again.
        deps: field.group === "signal" ? [...SIGNAL_PATHS] : [],
      })}
    />
  );
}

const SIGNAL_PATHS = ["config.entryZScore", "config.exitZScore", "config.stopZScore"] as const;

function TimeSetting(props: {
  form: StrategyFormState;
  field: StrategyField;
  path: StrategyTimePath;
}) {
  const { form, field } = props;
  const name = `config.${props.path}` as const;
  const intervalMs = Number(form.watch("config.intervalMs"));
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field: control, fieldState }) => (
        <DateField
          id={name}
          label={field.label}
          help={field.help}
          withTime={!(intervalMs >= DAY_MS)}
          value={control.value}
          onChange={(value) => {
            control.onChange(value);
            // The four dates are judged against each other.
            void form.trigger(["config.formation", "config.trading"]);
          }}
          onBlur={control.onBlur}
          error={fieldState.error?.message}
        />
      )}
    />
  );
}

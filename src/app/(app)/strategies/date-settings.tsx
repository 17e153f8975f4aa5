"use client";

import { Controller, useWatch } from "react-hook-form";
import { DateField } from "#ui/date-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { useStrategyForm } from "./strategy-form-context.tsx";

const DAY_MS = 86_400_000;

const DATES = [
  {
    path: "config.formation.startMs",
    label: "Formation from",
    help: "What is fitted is fitted from here.",
  },
  {
    path: "config.formation.endMs",
    label: "Formation until",
    help: "The first moment that is no longer fitted. From here on everything fitted stays frozen.",
  },
  {
    path: "config.trading.startMs",
    label: "Trading from",
    help: "Not before the formation period has ended, so that no result is fitted to itself.",
  },
  {
    path: "config.trading.endMs",
    label: "Trading until",
    help: "The first moment that is no longer traded; an open position is closed there.",
  },
] as const;

/** When is fitted and when is traded. */
export function DateSettings() {
  const { form, problemOf } = useStrategyForm();
  const intervalMs = Number(useWatch({ control: form.control, name: "config.intervalMs" }));
  const problem = problemOf("config.trading") ?? problemOf("config.formation");
  return (
    <Panel title="Dates">
      <div className="grid gap-4 sm:grid-cols-2">
        {DATES.map(({ path, label, help }) => (
          <Controller
            key={path}
            control={form.control}
            name={path}
            render={({ field }) => (
              <DateField
                id={path}
                label={label}
                help={help}
                withTime={!(intervalMs >= DAY_MS)}
                value={field.value}
                onChange={field.onChange}
                onBlur={field.onBlur}
                error={problemOf(path)}
              />
            )}
          />
        ))}
      </div>
      {problem === undefined ? null : (
        <p id="config.trading" role="alert" className="mt-3 text-[13px] text-bad">
          {problem}
        </p>
      )}
    </Panel>
  );
}

"use client";

import { Controller, useWatch } from "react-hook-form";
import { Button } from "#ui/button.tsx";
import { DateField } from "#ui/date-field.tsx";
import { formatSpanUtc } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { useDatasetForm } from "./dataset-form-context.tsx";
import { chosenBooks } from "./dataset-form-values.ts";
import { type DatasetSpan, datasetSpan, suggestedWindow, wholeWindow } from "./dataset-span.ts";

const DAY_MS = 86_400_000;

const DATES = [
  { path: "config.window.startMs", label: "From", help: "The first bar that is read." },
  {
    path: "config.window.endMs",
    label: "Until",
    help: "The first moment that is no longer read. Bars after it stay unseen: a strategy behind a model may trade only those.",
  },
] as const;

/** Which bars. */
export function WindowFields() {
  const { form, series, problemOf } = useDatasetForm();
  const config = useWatch({ control: form.control, name: "config" });
  const intervalMs = Number(config.intervalMs);
  const span = datasetSpan(chosenBooks(config), intervalMs, series);
  const windows = [
    { label: "First 70 %", window: suggestedWindow(span, intervalMs) },
    { label: "All of it", window: wholeWindow(span) },
  ];
  const problem = problemOf("config.window");
  return (
    <Panel
      title="Span"
      lead={spanWords(span)}
      actions={windows.map(({ label, window }) =>
        window === null ? null : (
          <Button
            key={label}
            size="sm"
            onClick={() => form.setValue("config.window", window, { shouldDirty: true })}
          >
            {label}
          </Button>
        ),
      )}
    >
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
        <p id="config.window" role="alert" className="mt-3 text-[13px] text-bad">
          {problem}
        </p>
      )}
    </Panel>
  );
}

function spanWords({ all, any }: DatasetSpan): string {
  if (any === null) return "Choose instruments to see where they have bars.";
  if (all === null) return `There are bars ${formatSpanUtc(any)} UTC, but none that all have.`;
  const isSame = all.startMs === any.startMs && all.endMs === any.endMs;
  const both = `All have bars ${formatSpanUtc(all)} UTC`;
  return isSame ? `${both}.` : `${both}, some ${formatSpanUtc(any)}.`;
}

"use client";

import { Controller } from "react-hook-form";
import type { UniverseView } from "#contracts/universe.ts";
import { DateField } from "#ui/date-field.tsx";
import { formatDateUtc, formatInteger } from "#ui/format.ts";
import { commonSpan } from "./data-span.ts";
import type { ScanFormState } from "./scan-form-values.ts";

const DAY_MS = 86_400_000;

/** The window in which pairs are looked for, and what of the data it leaves. */
export function FormationFields(props: { form: ScanFormState; universe: UniverseView }) {
  const { form, universe } = props;
  const { errors } = form.formState;
  const { startMs, endMs } = form.watch("formation");
  const bars =
    startMs === null || endMs === null || endMs <= startMs
      ? null
      : Math.round((endMs - startMs) / universe.intervalMs);
  const windowError = errors.formation?.message;
  return (
    <>
      {FIELDS.map(({ path, label, help }) => (
        <Controller
          key={path}
          control={form.control}
          name={path}
          render={({ field, fieldState }) => (
            <DateField
              id={path}
              label={label}
              help={help}
              withTime={universe.intervalMs < DAY_MS}
              value={field.value}
              onChange={(value) => {
                field.onChange(value);
                // The other end may be right again, or wrong, because of this one.
                void form.trigger("formation");
              }}
              onBlur={field.onBlur}
              error={fieldState.error?.message}
            />
          )}
        />
      ))}
      {windowError === undefined ? null : (
        <p role="alert" className="text-[13px] text-bad sm:col-span-2">
          {windowError}
        </p>
      )}
      <p aria-live="polite" className="text-[13px] text-muted sm:col-span-2">
        {spanSentence(universe)}{" "}
        {bars === null ? null : `The window is ${formatInteger(bars)} bars long.`}
      </p>
    </>
  );
}

const FIELDS = [
  {
    path: "formation.startMs",
    label: "Formation from",
    help: "Pairs are looked for from here.",
  },
  {
    path: "formation.endMs",
    label: "Formation until",
    help: "The first moment that is no longer looked at. Two thirds of the data are suggested: the last third stays unseen, so that a strategy can be tested on it.",
  },
] as const;

function spanSentence(universe: UniverseView): string {
  const span = commonSpan(universe.instruments, universe.intervalMs);
  return span === null
    ? "These instruments have no time in common."
    : `All of them have data from ${formatDateUtc(span.startMs)} to ${formatDateUtc(span.endMs - universe.intervalMs)}.`;
}

"use client";

import { type FormEvent, useState } from "react";
import {
  type UploadFormat,
  UploadFormat as UploadFormatSchema,
  UploadLayout,
  type UploadPreview,
} from "#contracts/upload.ts";
import { Button } from "#ui/button.tsx";
import { CheckboxField } from "#ui/checkbox-field.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { TextField } from "#ui/text-field.tsx";
import {
  COLUMN_LABEL,
  type ColumnRole,
  columnOptions,
  columnsOf,
  DELIMITER_OPTIONS,
  LAYOUT_OPTIONS,
  rolesOf,
  UNIT_OPTIONS,
} from "./format-choices.ts";
import { IntervalChoice } from "./interval-choice.tsx";

type UploadFormatFormProps = {
  format: UploadFormat;
  preview: UploadPreview;
  isBusy: boolean;
  onInspect: (format: UploadFormat) => void;
};

/** What was detected, to be corrected; the file is then read again and the preview follows. */
export function UploadFormatForm({ format, preview, isBusy, onInspect }: UploadFormatFormProps) {
  const [draft, setDraft] = useState<FormatDraft>(() => draftOf(format));
  const [problems, setProblems] = useState<readonly string[]>([]);
  const change = (values: Partial<FormatDraft>) => setDraft((before) => ({ ...before, ...values }));
  const choices = columnOptions(preview.header, columnCountOf(preview));

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const parsed = UploadFormatSchema.safeParse(readable(draft));
    setProblems(parsed.success ? [] : parsed.error.issues.map(({ message }) => message));
    if (parsed.success) onInspect(parsed.data);
  }

  return (
    <form method="post" onSubmit={onSubmit} className="flex flex-col gap-4">
      <FormErrors
        title="The file cannot be read this way"
        problems={problems.map((message) => ({ message }))}
      />
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <SelectField
          label="Layout"
          value={draft.layout}
          options={LAYOUT_OPTIONS}
          onChange={(event) => setDraft(relaid(draft, UploadLayout.parse(event.target.value)))}
        />
        <SelectField
          label="Delimiter"
          value={draft.delimiter}
          options={DELIMITER_OPTIONS}
          onChange={(event) => change({ delimiter: event.target.value })}
        />
        <SelectField
          label="Times are"
          help="UTC, unless the text carries an offset"
          value={draft.timestampUnit}
          options={UNIT_OPTIONS}
          onChange={(event) => change({ timestampUnit: event.target.value })}
        />
        {hasSymbolField(draft) ? (
          <TextField
            label="Symbol"
            value={draft.symbol ?? ""}
            onChange={(event) => change({ symbol: event.target.value })}
          />
        ) : null}
        {rolesOf(draft.layout).map((role) => (
          <SelectField
            key={role}
            label={`${COLUMN_LABEL[role]} column`}
            placeholder={role === "time" ? undefined : "None"}
            value={draft.columns[role] ?? ""}
            options={choices}
            onChange={(event) =>
              change({ columns: { ...draft.columns, [role]: indexOf(event.target.value) } })
            }
          />
        ))}
      </div>
      {draft.layout === "trades" ? (
        <IntervalChoice
          intervalsMs={draft.intervalsMs}
          onChange={(intervalsMs) => change({ intervalsMs })}
        />
      ) : null}
      <div className="flex flex-wrap items-center justify-between gap-4">
        {draft.delimiter === "json" ? (
          <p className="text-muted text-sm">The keys of the first object name the columns.</p>
        ) : (
          <CheckboxField
            label="The first line names the columns"
            checked={draft.hasHeader}
            onChange={(event) => change({ hasHeader: event.target.checked })}
          />
        )}
        <Button type="submit" variant="secondary" busy={isBusy}>
          Read again
        </Button>
      </div>
    </form>
  );
}

/** What stands in the controls: text from lists, which the contract reads when the form is sent. */
type FormatDraft = {
  layout: UploadLayout;
  delimiter: string;
  timestampUnit: string;
  hasHeader: boolean;
  symbol: string | null;
  columns: Partial<Record<ColumnRole, number | null>>;
  intervalsMs: readonly number[];
};

const MINUTE_MS = 60_000;

function draftOf(format: UploadFormat): FormatDraft {
  const intervalsMs = format.layout === "trades" ? format.intervalsMs : [MINUTE_MS];
  return { ...format, columns: columnsOf(format), intervalsMs };
}

/** The draft in another layout: the price of a trade stands where a bar has its close. */
function relaid(draft: FormatDraft, layout: UploadLayout): FormatDraft {
  const { close, price, volume, quantity } = draft.columns;
  const columns =
    layout === "trades"
      ? { ...draft.columns, price: price ?? close ?? null, quantity: quantity ?? volume ?? null }
      : { ...draft.columns, close: close ?? price ?? null, volume: volume ?? quantity ?? null };
  return { ...draft, layout, columns };
}

/** Whether the symbol is typed: of a file of one, and of trades without a column of symbols. */
function hasSymbolField({ layout, columns }: FormatDraft): boolean {
  return layout === "single" || (layout === "trades" && (columns.symbol ?? null) === null);
}

/** Leaves out what the chosen layout does not read, so that an old choice cannot get in its way. */
function readable(draft: FormatDraft): unknown {
  const { layout, intervalsMs, ...shared } = draft;
  const roles = new Set<ColumnRole>(rolesOf(layout));
  const all: readonly ColumnRole[] = layout === "trades" ? rolesOf("trades") : rolesOf("long");
  const columns = Object.fromEntries(
    all.map((role) => [role, roles.has(role) ? (draft.columns[role] ?? null) : null]),
  );
  const symbol = hasSymbolField(draft) && draft.symbol !== "" ? draft.symbol : null;
  return {
    ...shared,
    hasHeader: shared.hasHeader && shared.delimiter !== "json",
    layout,
    symbol,
    columns,
    ...(layout === "trades" ? { intervalsMs } : {}),
  };
}

function indexOf(text: string): number | null {
  return text === "" ? null : Number(text);
}

function columnCountOf({ header, rows }: UploadPreview): number {
  return Math.max(header.length, ...rows.map(({ cells }) => cells.length));
}

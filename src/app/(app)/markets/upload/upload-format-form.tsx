"use client";

import { type FormEvent, useState } from "react";
import {
  type UploadFormat,
  UploadFormat as UploadFormatSchema,
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
  DELIMITER_OPTIONS,
  LAYOUT_OPTIONS,
  rolesOf,
  UNIT_OPTIONS,
} from "./format-choices.ts";

type UploadFormatFormProps = {
  format: UploadFormat;
  preview: UploadPreview;
  isBusy: boolean;
  onInspect: (format: UploadFormat) => void;
};

/** What was detected, to be corrected; the file is then read again and the preview follows. */
export function UploadFormatForm({ format, preview, isBusy, onInspect }: UploadFormatFormProps) {
  const [draft, setDraft] = useState<FormatDraft>(format);
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
          onChange={(event) => change({ layout: event.target.value })}
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
        {draft.layout === "single" ? (
          <TextField
            label="Symbol"
            value={draft.symbol ?? ""}
            onChange={(event) => change({ symbol: event.target.value })}
          />
        ) : null}
        {rolesOf(draft.layout === "wide" || draft.layout === "long" ? draft.layout : "single").map(
          (role) => (
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
          ),
        )}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <CheckboxField
          label="The first line names the columns"
          checked={draft.hasHeader}
          onChange={(event) => change({ hasHeader: event.target.checked })}
        />
        <Button type="submit" variant="secondary" busy={isBusy}>
          Read again
        </Button>
      </div>
    </form>
  );
}

/** What stands in the controls: text from lists, which the contract reads when the form is sent. */
type FormatDraft = {
  layout: string;
  delimiter: string;
  timestampUnit: string;
  hasHeader: boolean;
  symbol: string | null;
  columns: Record<ColumnRole, number | null>;
};

/** Leaves out what the chosen layout does not read, so that an old choice cannot get in its way. */
function readable(draft: FormatDraft): unknown {
  const isSingle = draft.layout === "single";
  const { time, ...others } = draft.columns;
  const none = { symbol: null, open: null, high: null, low: null, close: null, volume: null };
  return {
    ...draft,
    symbol: isSingle && draft.symbol !== "" ? draft.symbol : null,
    columns:
      draft.layout === "wide"
        ? { ...none, time }
        : { ...others, time, symbol: isSingle ? null : others.symbol },
  };
}

function indexOf(text: string): number | null {
  return text === "" ? null : Number(text);
}

function columnCountOf({ header, rows }: UploadPreview): number {
  return Math.max(header.length, ...rows.map(({ cells }) => cells.length));
}

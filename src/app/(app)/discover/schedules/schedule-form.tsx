"use client";

import { type FormEvent, useState } from "react";
import type { ScanView } from "#contracts/scan.ts";
import type { ScanCadence, ScanScheduleInput } from "#contracts/scan-schedule.ts";
import { Button } from "#ui/button.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { formatSpanUtc, formatTimeUtc } from "#ui/format.ts";
import { SelectField } from "#ui/select-field.tsx";
import { toMessage } from "#ui/to-message.ts";
import { lagChoiceLabel } from "../scan-words.ts";
import { hourLabel, WEEKDAYS } from "./schedule-words.ts";

const DAYS = [
  { value: "0", label: "Every day" },
  ...WEEKDAYS.map((day, index) => ({ value: String(index + 1), label: `Every ${day}` })),
];

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${hourLabel(hour)} UTC`,
}));

/** Early in the UTC day: yesterday's daily bars are there. */
const FIRST_HOUR = 6;

type ScheduleFormProps = {
  /** Finished scans of the universe, newest first; at least one. */
  models: readonly ScanView[];
  /** Of the schedule that is changed. */
  cadence: ScanCadence | undefined;
  onCancel: (() => void) | undefined;
  onSave: (input: Omit<ScanScheduleInput, "universeId">) => Promise<void>;
};

export function ScheduleForm({ models, cadence, onCancel, onSave }: ScheduleFormProps) {
  const [scanId, setScanId] = useState(models[0]?.id ?? "");
  const [weekday, setWeekday] = useState(cadence?.kind === "weekly" ? cadence.weekday : 0);
  const [hourUtc, setHourUtc] = useState(cadence?.hourUtc ?? FIRST_HOUR);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setIsSaving] = useState(false);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setIsSaving(true);
    try {
      await onSave({
        scanId,
        cadence: weekday === 0 ? { kind: "daily", hourUtc } : { kind: "weekly", weekday, hourUtc },
      });
    } catch (error) {
      setProblem(toMessage(error));
    } finally {
      setIsSaving(false);
    }
  };
  return (
    <form method="post" onSubmit={(event) => void save(event)} className="flex flex-col gap-4">
      <FormErrors
        title="The schedule could not be set"
        problems={problem === null ? [] : [{ message: problem }]}
      />
      <div className="grid gap-4 sm:grid-cols-[2fr_1fr_1fr]">
        <SelectField
          label="Options of"
          options={models.map((scan) => ({ value: scan.id, label: modelLabel(scan) }))}
          value={scanId}
          onChange={(event) => setScanId(event.target.value)}
        />
        <SelectField
          label="Day"
          options={DAYS}
          value={String(weekday)}
          onChange={(event) => setWeekday(Number(event.target.value))}
        />
        <SelectField
          label="Hour"
          options={HOURS}
          value={String(hourUtc)}
          onChange={(event) => setHourUtc(Number(event.target.value))}
        />
      </div>
      <div className="flex justify-end gap-2">
        {onCancel === undefined ? null : <Button onClick={onCancel}>Leave it as it is</Button>}
        <Button type="submit" variant="secondary" busy={isSaving}>
          Set the schedule
        </Button>
      </div>
    </form>
  );
}

function modelLabel({ createdAtMs, config }: ScanView): string {
  return `Scan of ${formatTimeUtc(createdAtMs).slice(0, 16)}: ${formatSpanUtc(config.formation)}, ${lagChoiceLabel(config.lags)}`;
}

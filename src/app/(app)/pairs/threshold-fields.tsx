"use client";

import { useState } from "react";
import { NumberField } from "#ui/number-field.tsx";
import { type PairSettings, SETTING_KEYS, settingParam } from "./pair-settings.ts";

const FIELDS = [
  {
    key: "zScoreWindowBars",
    label: "Z-score window",
    unit: "bars",
    help: "The deviation divides by n − 1.",
    min: 3,
    max: 5_000,
    step: 1,
  },
  { key: "entryZScore", label: "Entry", unit: "σ", min: 0.01, max: 10, step: 0.1 },
  { key: "exitZScore", label: "Exit", unit: "σ", min: 0, max: 10, step: 0.1 },
  { key: "stopZScore", label: "Stop", unit: "σ", min: 0.01, max: 50, step: 0.1 },
] as const;

type Props = {
  settings: PairSettings;
  onChange: (changes: Readonly<Record<string, string | null>>) => void;
};

/** The thresholds under which the pair is looked at. They are handed on when a strategy is made of it. */
export function ThresholdFields({ settings, onChange }: Props) {
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      {FIELDS.map((field) => (
        <ThresholdField
          key={field.key}
          field={field}
          value={settings[field.key]}
          onChange={onChange}
        />
      ))}
    </div>
  );
}

function ThresholdField(props: {
  field: (typeof FIELDS)[number];
  value: number | null;
  onChange: Props["onChange"];
}) {
  const { field, value, onChange } = props;
  // What is half typed or wrong stays in the field, while the chart keeps the last right value.
  const [typed, setTyped] = useState<string | null>(null);
  const isOptional = field.key === "stopZScore";
  const error = typed === null ? undefined : problemOf(typed, field, isOptional);
  return (
    <NumberField
      id={field.key}
      label={field.label}
      unit={field.unit}
      help={"help" in field ? field.help : undefined}
      min={field.min}
      max={field.max}
      step={field.step}
      optional={isOptional}
      error={error}
      value={typed ?? (value === null ? "" : String(value))}
      onBlur={() => {
        if (error === undefined) setTyped(null);
      }}
      onChange={(event) => {
        const text = event.target.value;
        setTyped(text);
        if (problemOf(text, field, isOptional) !== undefined) return;
        const next = text === "" ? null : Number(text);
        onChange({ [SETTING_KEYS[field.key]]: settingParam(field.key, next) });
      }}
    />
  );
}

function problemOf(
  text: string,
  field: (typeof FIELDS)[number],
  isOptional: boolean,
): string | undefined {
  if (text.trim() === "") return isOptional ? undefined : "Fill in this field";
  const value = Number(text);
  if (!(value >= field.min)) return `At least ${field.min}`;
  if (value > field.max) return `At most ${field.max.toLocaleString("en-US")}`;
  return undefined;
}

"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { INTERVALS } from "#contracts/bar-intervals.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { isSynthetic, venueName } from "#contracts/venue.ts";
import { Button } from "#ui/button.tsx";
import { DateField } from "#ui/date-field.tsx";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField, type SelectOption } from "#ui/select-field.tsx";
import { errorWords } from "../../../error-words.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { NumberSetting } from "./number-setting.tsx";
import {
  type configOfFields,
  HEDGE_LABELS,
  RUN_KEY,
  type WorkbenchFields,
  type WorkbenchProblems,
} from "./workbench-fields.ts";

const DAY_MS = 86_400_000;

type Props = {
  fields: WorkbenchFields;
  asked: ReturnType<typeof configOfFields>;
  series: readonly SeriesCoverage[];
};

/** What is asked of which pair. The address holds it all, so that a question can be sent. */
export function SettingsPanel({ fields, asked, series }: Props) {
  const trpc = useTRPC();
  const { params, set } = useUrlState();
  // Fields that nobody has filled in yet are not wrong before the first try.
  const [wasTried, setWasTried] = useState(false);
  const start = useMutation(
    trpc.pairAnalyses.start.mutationOptions({
      onSuccess: ({ analysisId }) => set({ ...fields, analysis: analysisId, span: null }),
    }),
  );
  const isAsked = params.get(RUN_KEY) !== null;
  const hasRun = useRef(false);
  useEffect(() => {
    if (!isAsked) hasRun.current = false;
    if (!isAsked || hasRun.current) return;
    hasRun.current = true;
    // Taken out of the address at once: a page that is loaded again must not ask again.
    set({ [RUN_KEY]: null });
    if (asked.config !== null) start.mutate(asked.config);
  }, [isAsked, asked.config, set, start]);
  const problems = wasTried ? (asked.problems ?? {}) : touched(asked.problems ?? {}, fields);
  const onRun = () => {
    setWasTried(true);
    if (asked.config !== null) start.mutate(asked.config);
  };
  return (
    <Panel title="Question" lead="The address of this page holds every setting.">
      <form
        method="post"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!start.isPending) onRun();
        }}
      >
        <PairSettings fields={fields} problems={problems} series={series} onChange={set} />
        <MethodSettings fields={fields} problems={problems} onChange={set} />
        {start.error === null ? null : (
          <Notice tone="bad" title="The analysis was not started" announce>
            {errorWords(start.error).message}
          </Notice>
        )}
        <div>
          <Button type="submit" variant="primary" busy={start.isPending}>
            Run the analysis
          </Button>
        </div>
      </form>
    </Panel>
  );
}

type GroupProps = {
  fields: WorkbenchFields;
  problems: WorkbenchProblems;
  onChange: (changes: Readonly<Record<string, string | null>>) => void;
};

function PairSettings(props: GroupProps & { series: readonly SeriesCoverage[] }) {
  const { fields, problems, series, onChange } = props;
  const intervalMs = Number(fields.interval);
  const legs = series
    .filter((one) => one.intervalMs === intervalMs)
    .map(({ instrumentId, symbol, venue }) => ({
      value: String(instrumentId),
      label: isSynthetic(venue) ? `${symbol} (${venueName(venue).toLowerCase()})` : symbol,
    }));
  const dates = [
    { key: "from", label: "From" },
    { key: "to", label: "Until" },
  ] as const;
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-5">
      <SelectField
        id="interval"
        label="Bar interval"
        placeholder="Choose"
        options={intervalOptions(series)}
        value={fields.interval}
        error={problems.interval}
        onChange={(event) =>
          onChange({ interval: event.target.value, y: null, x: null, from: null, to: null })
        }
      />
      {(["y", "x"] as const).map((leg) => (
        <SelectField
          key={leg}
          id={leg}
          label={leg === "y" ? "Leg Y" : "Leg X"}
          placeholder="Choose"
          options={legs}
          value={fields[leg]}
          error={problems[leg]}
          onChange={(event) => onChange({ [leg]: event.target.value })}
        />
      ))}
      {dates.map(({ key, label }) => (
        <DateField
          key={key}
          id={key}
          label={label}
          withTime={intervalMs < DAY_MS}
          value={fields[key] === "" ? null : Number(fields[key])}
          error={problems[key]}
          onChange={(ms) => onChange({ [key]: ms === null ? null : String(ms) })}
        />
      ))}
    </div>
  );
}

function MethodSettings({ fields, problems, onChange }: GroupProps) {
  const number = (
    key: "window" | "delta" | "noise" | "z" | "test" | "cost" | "margin",
    label: string,
    [unit, help]: readonly [string | undefined, string],
  ) => (
    <NumberSetting
      name={key}
      label={label}
      unit={unit}
      help={help}
      text={fields[key]}
      error={problems[key]}
      onChange={(text) => onChange({ [key]: text })}
    />
  );
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
      <SelectField
        id="hedge"
        label="Hedge ratio"
        options={HEDGE_OPTIONS}
        value={fields.hedge}
        error={problems.hedge}
        onChange={(event) => onChange({ hedge: event.target.value })}
      />
      <SelectField
        id="prices"
        label="Prices"
        options={PRICE_OPTIONS}
        value={fields.prices}
        onChange={(event) => onChange({ prices: event.target.value })}
      />
      {fields.hedge === "rolling-ols"
        ? number("window", "Hedge window", ["bars", "Bars of each regression."])
        : null}
      {fields.hedge === "kalman" ? (
        <>
          {number("delta", "δ", [undefined, "How fast the ratio may wander."])}
          {number("noise", "Observation variance", [
            fields.prices === "log" ? "(ln Y)²" : "Y²",
            "Noise about the line.",
          ])}
        </>
      ) : null}
      {number("z", "Z-score window", [
        "bars",
        "Of z-score and rolling mean; the deviation divides by n − 1.",
      ])}
      {number("test", "Test window", ["bars", "Of the rolling p-values."])}
      {number("cost", "Cost", ["bp", "Of each trade of each leg."])}
      {number("margin", "Margin", ["bp", "What a round trip must earn beyond its cost."])}
    </div>
  );
}

const HEDGE_OPTIONS: readonly SelectOption[] = Object.entries(HEDGE_LABELS).map(
  ([value, label]) => ({ value, label }),
);

const PRICE_OPTIONS: readonly SelectOption[] = [
  { value: "log", label: "Logarithms" },
  { value: "level", label: "As they are" },
];

function intervalOptions(series: readonly SeriesCoverage[]): SelectOption[] {
  const present = new Set(series.map(({ intervalMs }) => intervalMs));
  return INTERVALS.filter(({ ms }) => present.has(ms)).map(({ ms, label }) => ({
    value: String(ms),
    label,
  }));
}

function touched(problems: WorkbenchProblems, fields: WorkbenchFields): WorkbenchProblems {
  return Object.fromEntries(
    Object.entries(problems).filter(([key]) => Reflect.get(fields, key) !== ""),
  );
}

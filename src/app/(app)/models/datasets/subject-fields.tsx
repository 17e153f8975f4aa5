"use client";

import { lazy, Suspense, useRef, useState } from "react";
import { useWatch } from "react-hook-form";
import { INTERVALS } from "#contracts/bar-intervals.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { InstrumentPicker } from "../../discover/instrument-picker.tsx";
import { followWindow } from "../../strategies/follow-dates.ts";
import type { WindowFormValues } from "../../strategies/form-numbers.ts";
import { useDatasetForm } from "./dataset-form-context.tsx";
import { chosenBooks, type PairValues } from "./dataset-form-values.ts";
import { datasetSpan, suggestedWindow } from "./dataset-span.ts";
import { PairRows } from "./pair-rows.tsx";
import { BOOKS_MAX, pairKey } from "./universe-books.ts";

// Loaded when it is first opened: most pairs are typed in.
const SuggestedPairsDialog = lazy(async () => ({
  default: (await import("./suggested-pairs-dialog.tsx")).SuggestedPairsDialog,
}));

const UniverseDialog = lazy(async () => ({
  default: (await import("./universe-dialog.tsx")).UniverseDialog,
}));

const NOTHING: WindowFormValues = { startMs: null, endMs: null };

/** Which pairs or instruments, at which interval. Dates follow them until they were typed. */
export function SubjectFields() {
  const { form, series } = useDatasetForm();
  const subject = useWatch({ control: form.control, name: "config.subject" });
  const follow = useFollowingDates();
  const [source, setSource] = useState<"scan" | "universe" | null>(null);
  const [intervalMs, chosen] = useWatch({
    control: form.control,
    name: ["config.intervalMs", "config.instruments"],
  });
  const priced = series.filter((one) => one.intervalMs === Number(intervalMs));
  const addPairs = (pairs: readonly PairValues[], ofIntervalMs: number) => {
    const { config } = form.getValues();
    const known = new Set(config.pairs.map(pairKey));
    const typed = typedPairs(config.pairs);
    const added = pairs.filter((pair) => !known.has(pairKey(pair)));
    form.setValue("config.intervalMs", String(ofIntervalMs), { shouldDirty: true });
    const all = [...typed, ...added].slice(0, BOOKS_MAX);
    form.setValue("config.pairs", all, { shouldDirty: true });
    setSource(null);
    follow();
  };
  const addInstruments = (ids: readonly number[], ofIntervalMs: number) => {
    const before = form.getValues("config.instruments");
    form.setValue("config.intervalMs", String(ofIntervalMs), { shouldDirty: true });
    form.setValue("config.instruments", [...new Set([...before, ...ids])], { shouldDirty: true });
    setSource(null);
    follow();
  };
  const typed = source === null ? [] : typedPairs(form.getValues("config.pairs"));
  const isNothingChosen = (subject === "pairs" ? typed : chosen).length === 0;
  const chosenIntervalMs = isNothingChosen ? null : Number(intervalMs);
  return (
    <>
      <Panel
        title="What it is of"
        actions={
          <>
            {subject === "pairs" ? (
              <Button size="sm" onClick={() => setSource("scan")}>
                From a scan
              </Button>
            ) : null}
            <Button size="sm" onClick={() => setSource("universe")}>
              From a universe
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <SelectField
              id="config.subject"
              label="Groups of rows"
              help="A pair is looked at by its spread and both legs, an instrument by itself."
              options={[
                { value: "pairs", label: "Pairs" },
                { value: "instruments", label: "Instruments" },
              ]}
              value={subject}
              onChange={(event) => {
                const next = event.target.value === "pairs" ? "pairs" : "instruments";
                form.setValue("config.subject", next, { shouldDirty: true });
                follow();
              }}
            />
            <IntervalField onChange={follow} />
          </div>
          {subject === "pairs" ? <PairRows priced={priced} onChange={follow} /> : null}
        </div>
      </Panel>
      {subject === "instruments" ? (
        <InstrumentList
          chosen={chosen}
          priced={priced}
          onChange={(ids) => {
            form.setValue("config.instruments", ids, { shouldDirty: true });
            follow();
          }}
        />
      ) : null}
      {source === null ? null : (
        <Suspense fallback={null}>
          {source === "scan" ? (
            <SuggestedPairsDialog
              intervalMs={chosenIntervalMs}
              onAdd={addPairs}
              onClose={() => setSource(null)}
            />
          ) : (
            <UniverseDialog
              subject={subject}
              intervalMs={chosenIntervalMs}
              pairs={typed}
              instruments={chosen}
              onAddPairs={addPairs}
              onAddInstruments={addInstruments}
              onClose={() => setSource(null)}
            />
          )}
        </Suspense>
      )}
    </>
  );
}

function typedPairs(pairs: readonly PairValues[]): PairValues[] {
  return pairs.filter(({ y, x }) => y !== "" || x !== "");
}

/** Sets the dates that the chosen instruments suggest, where nobody typed others. */
function useFollowingDates(): () => void {
  const { form, series } = useDatasetForm();
  // Dates of a saved version were chosen, and stay whatever the instruments.
  const suggestedBefore = useRef(NOTHING);
  return () => {
    const config = form.getValues("config");
    const intervalMs = Number(config.intervalMs);
    const span = datasetSpan(chosenBooks(config), intervalMs, series);
    const suggested: TimeWindow | null = suggestedWindow(span, intervalMs);
    if (suggested === null) return;
    const next = followWindow(config.window, suggestedBefore.current, suggested);
    suggestedBefore.current = suggested;
    form.setValue("config.window", next, { shouldDirty: true });
  };
}

function IntervalField({ onChange }: { onChange: () => void }) {
  const { form, series, problemOf } = useDatasetForm();
  const intervalMs = useWatch({ control: form.control, name: "config.intervalMs" });
  const options = INTERVALS.filter(({ ms }) => series.some((one) => one.intervalMs === ms));
  const choose = (text: string) => {
    const { pairs, instruments } = form.getValues("config");
    const priced = new Set(
      series
        .filter((one) => one.intervalMs === Number(text))
        .map(({ instrumentId }) => instrumentId),
    );
    const kept = (id: string) => (priced.has(Number(id)) ? id : "");
    form.setValue("config.intervalMs", text, { shouldDirty: true });
    form.setValue(
      "config.pairs",
      pairs.map(({ y, x }) => ({ y: kept(y), x: kept(x) })),
    );
    form.setValue(
      "config.instruments",
      instruments.filter((id) => priced.has(id)),
    );
    onChange();
  };
  return (
    <SelectField
      id="config.intervalMs"
      label="Bar interval"
      placeholder="Choose"
      options={options.map(({ ms, label }) => ({ value: String(ms), label }))}
      error={problemOf("config.intervalMs")}
      value={intervalMs}
      onChange={(event) => choose(event.target.value)}
    />
  );
}

function InstrumentList(props: {
  chosen: readonly number[];
  priced: Parameters<typeof InstrumentPicker>[0]["series"];
  onChange: (ids: number[]) => void;
}) {
  const { problemOf } = useDatasetForm();
  const { chosen, priced, onChange } = props;
  return (
    <div id="config.instruments" className="flex flex-col gap-2">
      <InstrumentPicker
        series={priced}
        chosenIds={chosen}
        error={problemOf("config.instruments")}
        onChange={onChange}
      />
      <p aria-live="polite" className="text-[13px] text-muted">
        {chosen.length === 0
          ? "None is chosen."
          : `${chosen.length} ${chosen.length === 1 ? "is" : "are"} chosen, each by itself.`}
      </p>
    </div>
  );
}

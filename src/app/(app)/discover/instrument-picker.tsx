"use client";

import { useState } from "react";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { isSynthetic, venueName } from "#contracts/venue.ts";
import { Button } from "#ui/button.tsx";
import { formatDateUtc, formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { TextField } from "#ui/text-field.tsx";

type Props = {
  /** Series at the chosen interval. */
  series: readonly SeriesCoverage[];
  chosenIds: readonly number[];
  error: string | undefined;
  onChange: (ids: number[]) => void;
};

export function InstrumentPicker({ series, chosenIds, error, onChange }: Props) {
  const [search, setSearch] = useState("");
  const [source, setSource] = useState("");
  const shown = series.filter((one) => matches(one, search) && isFrom(one, source));
  const shownIds = shown.map(({ instrumentId }) => instrumentId);
  const chosen = new Set(chosenIds);
  const toggle = (id: number) =>
    onChange(chosen.has(id) ? chosenIds.filter((other) => other !== id) : [...chosenIds, id]);
  return (
    <Panel
      title="Instruments"
      actions={
        <>
          <Button size="sm" onClick={() => onChange([...new Set([...chosenIds, ...shownIds])])}>
            Select all {shown.length} shown
          </Button>
          <Button size="sm" variant="quiet" onClick={() => onChange([])}>
            Clear
          </Button>
        </>
      }
    >
      <div className="mb-4 grid gap-4 sm:grid-cols-2">
        <TextField
          type="search"
          label="Search"
          placeholder="Symbol, name or group"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <SelectField
          label="Source"
          value={source}
          onChange={(event) => setSource(event.target.value)}
          options={[
            { value: "", label: "All" },
            { value: "upload", label: "Uploaded" },
            { value: "demo", label: "Demo (synthetic)" },
            { value: "binance", label: "Binance" },
            { value: "simulated", label: "Simulated exchange" },
          ]}
        />
      </div>
      {error === undefined ? null : (
        <p id="instrumentIds-error" role="alert" className="mb-2 text-[13px] text-bad">
          {error}
        </p>
      )}
      <fieldset
        id="instrumentIds"
        className="max-h-96 overflow-y-auto rounded-md border border-line"
      >
        <legend className="sr-only">Instruments</legend>
        {shown.length === 0 ? (
          <p className="px-3 py-6 text-center text-sm text-muted">No instrument matches.</p>
        ) : (
          <ul className="divide-y divide-line">
            {shown.map((one) => (
              <InstrumentRow
                key={one.instrumentId}
                series={one}
                isChosen={chosen.has(one.instrumentId)}
                onToggle={() => toggle(one.instrumentId)}
              />
            ))}
          </ul>
        )}
      </fieldset>
    </Panel>
  );
}

function InstrumentRow(props: { series: SeriesCoverage; isChosen: boolean; onToggle: () => void }) {
  const { series, isChosen, onToggle } = props;
  return (
    <li>
      <label className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 text-sm hover:bg-surface-2">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={isChosen}
          onChange={onToggle}
        />
        <span className="font-medium">{series.symbol}</span>
        {isSynthetic(series.venue) ? <SyntheticBadge label={venueName(series.venue)} /> : null}
        <span className="text-muted">
          {[series.name, series.group].filter(Boolean).join(" · ")}
        </span>
        <span className="ml-auto text-[13px] text-muted tabular-nums">
          {formatDateUtc(series.firstOpenTimeMs)} – {formatDateUtc(series.lastOpenTimeMs)} ·{" "}
          {formatInteger(series.barCount)} bars
        </span>
      </label>
    </li>
  );
}

function matches(series: SeriesCoverage, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return [series.symbol, series.name, series.group].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

function isFrom(series: SeriesCoverage, source: string): boolean {
  return source === "" || series.venue === source;
}

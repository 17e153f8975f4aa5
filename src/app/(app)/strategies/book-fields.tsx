"use client";

import { useRef } from "react";
import { Controller, useFieldArray, useWatch } from "react-hook-form";
import { INTERVALS } from "#contracts/bar-intervals.ts";
import { PAIRS_MAX } from "#contracts/books-max.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { isSynthetic, venueName } from "#contracts/venue.ts";
import { Button } from "#ui/button.tsx";
import { formatSpanUtc } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { SearchSelect } from "#ui/search-select.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { InstrumentPicker } from "../discover/instrument-picker.tsx";
import { followDates } from "./follow-dates.ts";
import { useStrategyForm } from "./strategy-form-context.tsx";
import { type Dates, datesOfInstruments, legSpan } from "./strategy-prefill.ts";

type Props = {
  /** Whether the kind trades pairs, each by itself, or many instruments as one group. */
  isPairs: boolean;
  /** Dates that stand in the form without anybody having chosen them. */
  suggested: Dates;
};

/** Which instruments, at which interval. Dates follow them until they were typed. */
export function BookFields({ isPairs, suggested }: Props) {
  const { form, series } = useStrategyForm();
  const onChange = useFollowingDates(suggested);
  const intervalMs = Number(useWatch({ control: form.control, name: "config.intervalMs" }));
  const priced = series.filter((one) => one.intervalMs === intervalMs);
  return isPairs ? (
    <Panel title="Pairs">
      <div className="flex flex-col gap-4">
        <IntervalField onChange={onChange} />
        <PairRows priced={priced} onChange={onChange} />
      </div>
    </Panel>
  ) : (
    <>
      <Panel title="Bars">
        <IntervalField onChange={onChange} />
      </Panel>
      <InstrumentList priced={priced} onChange={onChange} />
    </>
  );
}

/** Sets the dates that the chosen instruments suggest, where nobody typed others. */
function useFollowingDates(suggested: Dates): () => void {
  const { form, series } = useStrategyForm();
  const suggestedBefore = useRef(suggested);
  return () => {
    const { kind: _kind, pairs, instruments, intervalMs, ...shown } = form.getValues("config");
    const legs = pairs.flatMap(({ y, x }) => [y, x]).filter((id) => id !== "");
    const ids = legs.length > 0 ? legs.map(Number) : instruments;
    const dates = datesOfInstruments(series, ids, Number(intervalMs));
    if (dates === null) return;
    const next = followDates(shown, suggestedBefore.current, dates);
    suggestedBefore.current = dates;
    form.setValue("config.formation", next.formation, { shouldDirty: true });
    form.setValue("config.trading", next.trading, { shouldDirty: true });
  };
}

function IntervalField({ onChange }: { onChange: () => void }) {
  const { form, series, problemOf } = useStrategyForm();
  const options = INTERVALS.filter(({ ms }) => series.some(({ intervalMs }) => intervalMs === ms));
  const dropUnpriced = () => {
    const { pairs, instruments, intervalMs } = form.getValues("config");
    const priced = new Set(
      series
        .filter((one) => one.intervalMs === Number(intervalMs))
        .map(({ instrumentId }) => instrumentId),
    );
    const kept = (id: string) => (priced.has(Number(id)) ? id : "");
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
      className="sm:max-w-56"
      options={options.map(({ ms, label }) => ({ value: String(ms), label }))}
      error={problemOf("config.intervalMs")}
      defaultValue={form.getValues("config.intervalMs")}
      {...form.register("config.intervalMs", { onChange: dropUnpriced })}
    />
  );
}

type ListProps = { priced: readonly SeriesCoverage[]; onChange: () => void };

function PairRows({ priced, onChange }: ListProps) {
  const { form, problemOf } = useStrategyForm();
  const { fields, append, remove } = useFieldArray({ control: form.control, name: "config.pairs" });
  const problem = problemOf("config.pairs");
  return (
    <div className="flex flex-col gap-4">
      {problem === undefined ? null : (
        <p id="config.pairs" role="alert" className="text-[13px] text-bad">
          {problem}
        </p>
      )}
      <ol className="flex flex-col gap-4">
        {fields.map(({ id }, place) => (
          <li key={id}>
            <PairRow
              place={place}
              isOnly={fields.length === 1}
              priced={priced}
              onChange={onChange}
              onRemove={() => {
                remove(place);
                onChange();
              }}
            />
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          size="sm"
          disabled={fields.length >= PAIRS_MAX}
          onClick={() => append({ y: "", x: "" })}
        >
          Add a pair
        </Button>
        <p className="text-[13px] text-muted">
          Every pair trades by itself with the same settings; all share one account.
        </p>
      </div>
    </div>
  );
}

type PairRowProps = ListProps & { place: number; isOnly: boolean; onRemove: () => void };

function PairRow({ place, isOnly, priced, onChange, onRemove }: PairRowProps) {
  const { form, problemOf } = useStrategyForm();
  const path = `config.pairs.${place}` as const;
  const { y, x } = useWatch({ control: form.control, name: path });
  const intervalMs = priced[0]?.intervalMs ?? Number.NaN;
  const span = legSpan({ instrumentY: Number(y), instrumentX: Number(x), intervalMs }, priced);
  const problem = problemOf(path);
  const options = priced.map(({ instrumentId, symbol, venue, name }) => ({
    value: String(instrumentId),
    label: symbol,
    hint: isSynthetic(venue) ? venueName(venue) : name === "" ? undefined : name,
  }));
  return (
    <fieldset id={path} className="flex flex-col gap-1">
      <legend className={isOnly ? "sr-only" : "mb-1 text-[13px] font-medium text-muted"}>
        Pair {place + 1}
      </legend>
      <div className="grid items-start gap-3 sm:grid-cols-[1fr_1fr_auto]">
        {(["y", "x"] as const).map((leg) => (
          <Controller
            key={leg}
            control={form.control}
            name={`${path}.${leg}`}
            render={({ field }) => (
              <SearchSelect
                id={`${path}.${leg}`}
                label={leg === "y" ? "Leg Y" : "Leg X"}
                help={isOnly ? LEG_HELP[leg] : undefined}
                placeholder="Type to search"
                options={options}
                value={field.value}
                onChange={(value) => {
                  field.onChange(value);
                  onChange();
                }}
                onBlur={field.onBlur}
                ref={field.ref}
                error={problemOf(`${path}.${leg}`)}
              />
            )}
          />
        ))}
        {isOnly ? null : (
          <Button
            size="sm"
            variant="quiet"
            className="sm:mt-7"
            aria-label={`Remove pair ${place + 1}`}
            onClick={onRemove}
          >
            Remove
          </Button>
        )}
      </div>
      {problem === undefined ? null : (
        <p role="alert" className="text-[13px] text-bad">
          {problem}
        </p>
      )}
      {span === null ? null : (
        <p className="text-[13px] text-muted">Both have bars {formatSpanUtc(span)} UTC.</p>
      )}
    </fieldset>
  );
}

const LEG_HELP = {
  y: "Bought when the spread is long.",
  x: "Held against Y, in the proportion of the hedge ratio.",
} as const;

/** Many instruments as one group, in the order in which they were chosen. */
function InstrumentList({ priced, onChange }: ListProps) {
  const { form, problemOf } = useStrategyForm();
  const chosen = useWatch({ control: form.control, name: "config.instruments" });
  const choose = (ids: number[]) => {
    const { indexPosition } = form.getValues("config.parameters");
    const index = chosen[Number(indexPosition)];
    form.setValue("config.instruments", ids, { shouldDirty: true });
    // The index is an instrument: where it stands in the list may have changed.
    const place = index === undefined ? -1 : ids.indexOf(index);
    if (place !== -1 && indexPosition !== undefined) {
      form.setValue("config.parameters.indexPosition", String(place));
    }
    onChange();
  };
  return (
    <div id="config.instruments" className="flex flex-col gap-2">
      <InstrumentPicker
        series={priced}
        chosenIds={chosen}
        error={problemOf("config.instruments")}
        onChange={choose}
      />
      <p aria-live="polite" className="text-[13px] text-muted">
        {chosen.length === 0
          ? "None is chosen."
          : `${chosen.length} ${chosen.length === 1 ? "is" : "are"} chosen.`}
      </p>
    </div>
  );
}

"use client";

import type { ReportResult } from "#contracts/report-view.ts";
import { CONTROL_CLASS } from "#ui/field-aria.ts";
import { useUrlState } from "../../discover/use-url-state.ts";
import { benchmarksText, usualBenchmark } from "./shown-benchmarks.ts";
import type { ShownBook } from "./shown-book.ts";

type Props = {
  report: ReportResult;
  shown: ShownBook;
  /** Places of the benchmarks that are drawn. */
  benchmarks: readonly number[];
};

/** Which pair, which instrument and which benchmarks the charts draw. */
export function ChartChoices({ report, shown, benchmarks }: Props) {
  const { set } = useUrlState();
  const { books, instruments } = report;
  const symbol = (place: number) => instruments[place]?.symbol ?? "";
  const book = books[shown.place];
  const all = report.analysis?.benchmarks ?? [];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 print:hidden">
      {books.length > 1 ? (
        <Choice
          label="Pair"
          value={String(shown.place)}
          options={books.map((one, place) => ({
            value: String(place),
            label: one.instruments.map(symbol).join(" / "),
          }))}
          onChange={(value) => set({ book: value, instrument: null, trade: null })}
        />
      ) : null}
      {book !== undefined && book.instruments.length > 2 ? (
        <Choice
          label="Instrument"
          value={String(shown.instruments[0] ?? "")}
          options={book.instruments.map((place) => ({
            value: String(place),
            label: symbol(place),
          }))}
          onChange={(value) => set({ instrument: value })}
        />
      ) : null}
      {all.length === 0 ? null : (
        <fieldset className="flex flex-wrap gap-1">
          <legend className="sr-only">Benchmarks</legend>
          {all.map(({ label }, place) => {
            const isShown = benchmarks.includes(place);
            const next = isShown
              ? benchmarks.filter((one) => one !== place)
              : [...benchmarks, place].sort((a, b) => a - b);
            return (
              <button
                key={label}
                type="button"
                aria-pressed={isShown}
                onClick={() => set({ bench: benchmarksText(next, usualBenchmark(all)) })}
                className="h-7 rounded-full border border-line px-2.5 text-xs font-medium text-muted hover:text-text aria-pressed:border-benchmark aria-pressed:text-text"
              >
                {label}
              </button>
            );
          })}
        </fieldset>
      )}
    </div>
  );
}

function Choice(props: {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  return (
    <label className="flex items-center gap-1.5 text-xs text-muted">
      {props.label}
      <select
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        className={`${CONTROL_CLASS} !h-7 !w-auto max-w-48 !py-0 !text-xs`}
      >
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

"use client";

import { useState } from "react";
import { Button } from "../button.tsx";
import { CsvButton } from "../csv-button.tsx";
import { formatInteger, formatNumber } from "../format.ts";
import {
  type LearningBar,
  type LearningBarItem,
  learningBars,
  learningBarsCsv,
} from "./learning-bars.ts";

/** More are shown when they are wanted: the largest stand first. */
const SHOWN_MAX = 15;

type Props = {
  items: readonly LearningBarItem[];
  /** What the bars measure, for the header and the CSV. */
  measure: string;
  csvName: string;
};

/** A figure of every feature: a list whose bars are the chart, with whiskers of one deviation. */
export function LearningBarsChart({ items, measure, csvName }: Props) {
  const [isAll, setAll] = useState(false);
  const { bars, zero } = learningBars(items);
  const shown = isAll ? bars : bars.slice(0, SHOWN_MAX);
  return (
    <figure>
      <figcaption className="flex items-center justify-between gap-2 text-[13px] text-muted">
        <span>{measure}</span>
        <CsvButton name={csvName} csv={() => learningBarsCsv(items, measure)} />
      </figcaption>
      <ol className="sm:grid sm:grid-cols-[minmax(0,12rem)_minmax(3rem,1fr)_auto] sm:gap-x-3">
        {shown.map((bar) => (
          <BarRow key={bar.name} bar={bar} zero={zero} />
        ))}
      </ol>
      {bars.length > SHOWN_MAX ? (
        <Button size="sm" variant="quiet" onClick={() => setAll(!isAll)}>
          {isAll ? `Only the ${SHOWN_MAX} largest` : `All ${formatInteger(bars.length)}`}
        </Button>
      ) : null}
    </figure>
  );
}

function BarRow({ bar, zero }: { bar: LearningBar; zero: number }) {
  const { name, mean, deviation, from, to, spread } = bar;
  return (
    // The columns of all rows are those of the list: figures take the room that the longest of them needs.
    <li className="grid gap-x-3 gap-y-0.5 py-1 sm:col-span-3 sm:grid-cols-subgrid sm:items-center">
      <code className="font-mono text-xs break-all">{name}</code>
      <div aria-hidden className="relative h-3.5 bg-surface-2">
        <span
          className="absolute inset-y-0 bg-accent/80"
          style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
        />
        {spread === null ? null : (
          <span
            className="absolute inset-y-1 border-x border-t border-text/70"
            style={{ left: `${spread.from * 100}%`, width: `${(spread.to - spread.from) * 100}%` }}
          />
        )}
        <span
          className="absolute inset-y-0 border-l border-text/60"
          style={{ left: `${zero * 100}%` }}
        />
      </div>
      <p
        title={deviation === null ? String(mean) : `${mean} ± ${deviation}`}
        className="text-right text-xs whitespace-nowrap tabular-nums"
      >
        {formatNumber(mean, { significant: 3 })}
        {deviation === null ? null : (
          <span className="text-muted"> ± {formatNumber(deviation, { significant: 2 })}</span>
        )}
      </p>
    </li>
  );
}

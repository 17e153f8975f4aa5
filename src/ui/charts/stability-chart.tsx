"use client";

import { useState } from "react";
import { Button } from "../button.tsx";
import { CsvButton } from "../csv-button.tsx";
import { formatInteger, formatNumber } from "../format.ts";
import {
  type FeatureStability,
  type StabilityBar,
  stabilityBars,
  stabilityCsv,
} from "./stability-bars.ts";

const STATUSES: Readonly<
  Record<
    FeatureStability["status"],
    { readonly words: string; readonly bar: string; readonly text: string }
  >
> = {
  stable: { words: "changed little", bar: "bg-accent", text: "text-muted" },
  moderate: { words: "changed somewhat", bar: "bg-warn", text: "text-warn" },
  major: { words: "changed much", bar: "bg-bad", text: "text-bad" },
  unknown: { words: "too few rows", bar: "bg-accent", text: "text-muted" },
};

/** More are shown when they are wanted: the largest stand first. */
const SHOWN_MAX = 20;

type Props = { features: readonly FeatureStability[]; csvName: string };

/** How far every feature is from what it was, with the limits by convention: a table whose bars are the chart. */
export function StabilityChart({ features, csvName }: Props) {
  const [isAll, setAll] = useState(false);
  const { bars, moderateShare, majorShare } = stabilityBars(features);
  const shown = isAll ? bars : bars.slice(0, SHOWN_MAX);
  const limits = [
    { share: moderateShare, label: "0.1" },
    { share: majorShare, label: "0.25" },
  ];
  return (
    <figure>
      <figcaption className="flex items-start justify-between gap-2 text-[13px] text-muted">
        <span>
          Population stability index by feature: below 0.1 little changed, from 0.25 on much did.
        </span>
        <CsvButton name={csvName} csv={() => stabilityCsv(features)} />
      </figcaption>
      <div aria-hidden className={`${ROW_CLASS} hidden text-xs text-muted sm:grid`}>
        <span />
        <span className="relative h-4">
          {limits.map(({ share, label }) => (
            <span
              key={label}
              className="absolute -translate-x-1/2 tabular-nums"
              style={{ left: `${share * 100}%` }}
            >
              {label}
            </span>
          ))}
        </span>
        <span />
      </div>
      <ol>
        {shown.map((bar) => (
          <StabilityRow key={bar.name} bar={bar} limits={limits} />
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

const ROW_CLASS = "grid gap-x-4 gap-y-0.5 sm:grid-cols-[16rem_minmax(0,1fr)_10rem] sm:items-center";

function StabilityRow(props: {
  bar: StabilityBar;
  limits: readonly { readonly share: number; readonly label: string }[];
}) {
  const { name, psi, byLuck, status, share, isCut, isLuck } = props.bar;
  const { words, bar, text } = STATUSES[status];
  return (
    <li className={`${ROW_CLASS} py-1`}>
      <code className="font-mono text-xs break-all">{name}</code>
      <div aria-hidden className="relative h-4 bg-surface-2">
        <div className={`h-full ${bar}`} style={{ width: `${share * 100}%` }} />
        {props.limits.map((limit) => (
          <span
            key={limit.label}
            className="absolute inset-y-0 border-l border-dashed border-text/60"
            style={{ left: `${limit.share * 100}%` }}
          />
        ))}
      </div>
      <p className="text-right text-[13px] tabular-nums">
        <span title={psi === null ? undefined : String(psi)} className="font-medium">
          {formatNumber(psi, { significant: 3 })}
          {isCut ? " →" : ""}
        </span>{" "}
        <span
          title={byLuck === null ? undefined : `Luck alone gives up to ${formatNumber(byLuck)}.`}
          className={`text-xs ${text}`}
        >
          {isLuck ? "no more than luck" : words}
        </span>
      </p>
    </li>
  );
}

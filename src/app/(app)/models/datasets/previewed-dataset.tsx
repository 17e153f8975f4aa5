"use client";

import { lazy, Suspense } from "react";
import type { DatasetConfig, DatasetPreview } from "#contracts/dataset.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import { formatInteger, formatNumber, formatSpanUtc } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { sentenceOf } from "../../sentence-of.ts";
import { ClassBalance } from "./class-balance.tsx";
import { problemLabel } from "./dataset-check.ts";
import { datasetFormValues } from "./dataset-form-values.ts";
import { FeatureFigures } from "./feature-figures.tsx";
import { HazardList } from "./hazard-list.tsx";
import { missingWords, reachWords, rowsWords } from "./preview-words.ts";
import type { AnsweredPreview } from "./use-answered-preview.ts";

// The chart is a chunk of its own, after the form can be typed in.
const PreviewChart = lazy(async () => ({
  default: (await import("./preview-chart.tsx")).PreviewChart,
}));

type Previewed = Extract<DatasetPreview, { kind: "previewed" }>;

type Props = {
  answered: AnsweredPreview;
  /** What is shown is not yet of what is typed. */
  isBehind: boolean;
  zoom: TimeWindow | null;
  onZoom: (window: TimeWindow | null) => void;
  onDraw: (feature: number) => void;
};

/** Rows, what is wrong with them, classes, lines and features of a dataset. */
export function PreviewedDataset({ answered, isBehind, zoom, onZoom, onDraw }: Props) {
  const { preview, config, feature } = answered;
  if (preview.kind === "refused") return <Refused refusal={preview} config={config} />;
  return (
    <div aria-busy={isBehind}>
      <div className="flex flex-col gap-4 p-4">
        <HazardList hazards={preview.hazards} />
        <Rows preview={preview} config={config} />
        {preview.classes === null ? (
          <Target target={preview.target} />
        ) : (
          <ClassBalance classes={preview.classes} />
        )}
      </div>
      <div className="border-t border-line">
        <Suspense fallback={<Skeleton className="m-4 h-96" />}>
          <PreviewChart
            preview={preview}
            config={config}
            feature={feature}
            zoom={zoom}
            onZoom={onZoom}
            loading={isBehind}
          />
        </Suspense>
      </div>
      <FeatureFigures features={preview.features} drawn={feature} onDraw={onDraw} />
    </div>
  );
}

function Refused(props: {
  refusal: Extract<DatasetPreview, { kind: "refused" }>;
  config: DatasetConfig;
}) {
  const { message, field } = props.refusal;
  const label =
    field === null
      ? ""
      : problemLabel(formField(field, props.config), datasetFormValues(props.config));
  return (
    <div className="p-4">
      <Notice tone="warn" title="There is nothing to preview">
        {sentenceOf(label === "" ? message : `${label}: ${message}`)}
      </Notice>
    </div>
  );
}

/** The field of the form that stands for a leg of a group. */
function formField(field: string, { books }: DatasetConfig): string {
  const [, place, leg] = /^books\.(\d+)\.(\d+)$/.exec(field) ?? [];
  if (place === undefined) return `config.${field}`;
  return books[0]?.length === 2 ? `config.pairs.${place}.${leg === "0" ? "y" : "x"}` : "";
}

function Rows({ preview, config }: { preview: Previewed; config: DatasetConfig }) {
  const { missing, span } = preview;
  const isPairs = config.books[0]?.length === 2;
  return (
    <div className="flex flex-col gap-1 text-sm">
      <p aria-live="polite" className="font-medium tabular-nums">
        {rowsWords(preview, { groups: config.books.length, isPairs })}
      </p>
      <p className="text-[13px] text-muted">
        {reachWords(preview)}. Looked at: {formatSpanUtc(span)} UTC.
      </p>
      {missing.length === 0 ? null : (
        <ul aria-label="Bars without a row" className="list-disc pl-5 text-[13px] text-muted">
          {missing.map(({ reason, bars }) => (
            <li key={reason}>
              <span className="tabular-nums">{formatInteger(bars)}</span>{" "}
              {bars === 1 ? "bar" : "bars"} {missingWords(reason)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Target({ target }: { target: Previewed["target"] }) {
  if (target === null) return null;
  return (
    <p className="text-[13px] text-muted">
      The answer is a number: mean{" "}
      <span title={String(target.mean)} className="tabular-nums">
        {formatNumber(target.mean)}
      </span>
      , standard deviation{" "}
      <span title={String(target.deviation)} className="tabular-nums">
        {formatNumber(target.deviation)}
      </span>
      .
    </p>
  );
}

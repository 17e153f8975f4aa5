"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { DatasetConfig } from "#contracts/dataset.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { isSynthetic } from "#contracts/venue.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { errorWords } from "../../../error-words.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import { useSettled } from "../../use-settled.ts";
import { PreviewedDataset } from "./previewed-dataset.tsx";
import { useAnsweredPreview } from "./use-answered-preview.ts";
import { usePreviewZoom } from "./use-preview-zoom.ts";

/** A point for every other pixel of the chart beside the form. */
const POINTS = 1_000;

/** What the dataset would be, as the form stands. */
export function DatasetPreviewPanel(props: {
  config: DatasetConfig | null;
  series: readonly SeriesCoverage[];
}) {
  const { config, series } = props;
  const trpc = useTRPC();
  const settled = useSettled(config);
  const [wantedGroup, setGroup] = useState(0);
  const [wantedFeature, setFeature] = useState(0);
  const books = settled?.books ?? [];
  const group = clamped(wantedGroup, books.length);
  const feature = clamped(wantedFeature, settled?.features.length ?? 0);
  const { zoom, onZoom } = usePreviewZoom(settled, group);
  const { data, error, isFetching, refetch } = useQuery({
    ...trpc.datasets.preview.queryOptions(
      settled === null
        ? skipToken
        : { ...{ config: settled, group, feature }, window: zoom, points: POINTS },
    ),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const answered = useAnsweredPreview(data, settled, feature);
  return (
    <Panel
      title={
        <span className="inline-flex items-center gap-2">
          Preview
          {isOfSynthetic(books, series) ? <SyntheticBadge /> : null}
        </span>
      }
      lead="What a model would be trained on, as the form stands."
      actions={
        books.length < 2 ? null : (
          <SelectField
            label="Drawn"
            options={books.map((book, at) => ({
              value: String(at),
              label: bookName(book, series),
            }))}
            value={String(group)}
            onChange={(event) => setGroup(Number(event.target.value))}
          />
        )
      }
      flush
    >
      {error !== null && settled !== null ? (
        <PreviewError error={error} onRetry={() => void refetch()} />
      ) : answered === null ? (
        <Waiting isAsked={settled !== null} />
      ) : (
        <>
          <p
            role="status"
            className="border-line border-b bg-warn-soft px-4 py-2 text-[13px] empty:hidden"
          >
            {config === null
              ? "Of the settings before: what the form has now is not complete or not valid."
              : null}
          </p>
          <div className={config === null ? "opacity-60" : undefined}>
            <PreviewedDataset
              answered={answered}
              isBehind={isFetching || config === null}
              zoom={zoom}
              onZoom={onZoom}
              onDraw={setFeature}
            />
          </div>
        </>
      )}
    </Panel>
  );
}

/** A place of a list that may have become shorter. */
function clamped(place: number, count: number): number {
  return Math.min(place, Math.max(0, count - 1));
}

function isOfSynthetic(
  books: readonly (readonly number[])[],
  series: readonly SeriesCoverage[],
): boolean {
  const ids = new Set(books.flat());
  return series.some(({ instrumentId, venue }) => ids.has(instrumentId) && isSynthetic(venue));
}

function bookName(book: readonly number[], series: readonly SeriesCoverage[]): string {
  const symbolOf = (id: number) =>
    series.find(({ instrumentId }) => instrumentId === id)?.symbol ?? `#${id}`;
  return book.map(symbolOf).join(" / ");
}

function Waiting({ isAsked }: { isAsked: boolean }) {
  if (isAsked) {
    return (
      <div role="status" className="flex flex-col gap-4 p-4">
        <Skeleton className="h-16" />
        <Skeleton className="h-96" />
        <span className="sr-only">Working out the rows</span>
      </div>
    );
  }
  return (
    <EmptyState title="Nothing to show yet">
      Choose pairs or instruments and dates. Rows, classes and features are shown here before
      anything is saved.
    </EmptyState>
  );
}

function PreviewError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { message, errorId } = errorWords(error);
  return (
    <ErrorState
      title="The rows could not be worked out"
      message={`${message} The form is as it was.`}
      errorId={errorId}
      onRetry={onRetry}
    />
  );
}

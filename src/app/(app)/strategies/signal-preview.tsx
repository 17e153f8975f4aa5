"use client";

import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { TimeWindow } from "#contracts/interval.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { PreviewSignal, StrategyPreview } from "#contracts/strategy-preview.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { formatInteger, formatSpanUtc } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { errorWords } from "../../error-words.ts";
import { useTRPC } from "../../trpc-client.tsx";
import { sentenceOf } from "../sentence-of.ts";
import { useSettled } from "../use-settled.ts";
import { previewRequest } from "./preview-request.ts";

// The chart is a chunk of its own, after the form can be typed in.
const PreviewChart = lazy(async () => ({
  default: (await import("./preview-chart.tsx")).PreviewChart,
}));

/** What the strategy would ask for in its trading period, as the form stands. */
export function SignalPreview({ config }: { config: StrategyConfig | null }) {
  const [book, setBook] = useState(0);
  const settled = useSettled(config);
  const trpc = useTRPC();
  const place = settled === null ? 0 : Math.min(book, settled.books.length - 1);
  const preview = useQuery({
    ...trpc.strategies.preview.queryOptions(
      settled === null ? skipToken : previewRequest(settled, place),
    ),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const { data, error } = preview;
  return (
    <Panel
      title="Preview of signals"
      lead={`At the close of each bar of the trading period, before orders and costs.${settled?.gate === undefined ? "" : " The gate is not asked: every entry is shown."}`}
      actions={
        settled !== null && settled.books.length > 1 ? (
          <SelectField
            label="Pair"
            options={settled.books.map((_, at) => ({ value: String(at), label: `${at + 1}` }))}
            value={String(place)}
            onChange={(event) => setBook(Number(event.target.value))}
          />
        ) : null
      }
      flush
    >
      {error !== null && settled !== null ? (
        <PreviewError error={error} onRetry={() => void preview.refetch()} />
      ) : data === undefined ? (
        <Waiting isAsked={settled !== null} />
      ) : (
        <Suspense fallback={<Skeleton className="m-4 h-96" />}>
          <Previewed
            preview={data}
            config={settled}
            isBehind={preview.isFetching || config === null}
          />
        </Suspense>
      )}
    </Panel>
  );
}

function Waiting({ isAsked }: { isAsked: boolean }) {
  if (isAsked) {
    return (
      <div role="status" className="p-4">
        <Skeleton className="h-96" />
        <span className="sr-only">Working out the signals</span>
      </div>
    );
  }
  return (
    <EmptyState title="Nothing to show yet">
      Choose instruments and dates, and the signals of the trading period are drawn here.
    </EmptyState>
  );
}

function PreviewError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { message, errorId } = errorWords(error);
  return (
    <ErrorState
      title="The signals could not be worked out"
      message={`${message} The form is as it was.`}
      errorId={errorId}
      onRetry={onRetry}
    />
  );
}

function Previewed(props: {
  preview: StrategyPreview;
  config: StrategyConfig | null;
  isBehind: boolean;
}) {
  const { preview, config, isBehind } = props;
  if (preview.kind === "refused") {
    return (
      <div className="p-4">
        <Notice tone="warn" title="There is nothing to preview">
          {sentenceOf(preview.message)}
        </Notice>
      </div>
    );
  }
  return (
    <div aria-busy={isBehind}>
      <p aria-live="polite" className="px-4 pt-3 text-[13px] text-muted">
        {signalWords(preview.signals, preview.bars, preview.series)}
      </p>
      {config === null ? null : (
        <PreviewChart preview={preview} config={config} loading={isBehind} />
      )}
    </div>
  );
}

/** The span is told because of a long period only the first bars are looked at. */
function signalWords(signals: readonly PreviewSignal[], bars: number, span: TimeWindow): string {
  const entries = signals.filter(({ reason }) => reason === "entry").length;
  const seen = `in ${formatInteger(bars)} bars, ${formatSpanUtc(span)} UTC`;
  if (signals.length === 0) return `No signal ${seen}.`;
  return `${formatInteger(entries)} ${entries === 1 ? "entry" : "entries"} ${seen}.`;
}

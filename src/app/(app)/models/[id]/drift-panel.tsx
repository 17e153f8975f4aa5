"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import type { ModelDrift, ModelVersionView } from "#contracts/model.ts";
import { StabilityChart } from "#ui/charts/stability-chart.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { formatInteger, formatSpanUtc } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { errorWords } from "../../../error-words.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { bookKey } from "./chosen-books.ts";
import {
  barsSince,
  DRIFT_BARS,
  DRIFT_BARS_MAX,
  type DriftChoice,
  driftChoice,
  driftWindow,
  type NewestBars,
  newestBars,
} from "./drift-window.ts";
import { featureDriftSentence, lossWords } from "./drift-words.ts";
import { useBookNames } from "./use-book-names.ts";

type Props = { modelId: string; version: ModelVersionView };

/** How far the newest bars are from what the version shown learned from, and whether it still does well. */
export function DriftPanel({ modelId, version }: Props) {
  const { params, set } = useUrlState();
  const { card } = version;
  const { nameOf, priced, isRead } = useBookNames(card);
  const books = card.books.map((book) => book.map(({ instrumentId }) => instrumentId));
  const book = books.find((one) => bookKey(one) === params.get("book")) ?? books[0] ?? [];
  const newest = newestBars(book, priced, card.intervalMs);
  const sinceBars = newest === null ? 0 : barsSince(card, newest);
  const choice = driftChoice(params.get("bars"), sinceBars);
  return (
    <Panel
      title={`Drift of version ${version.version}`}
      lead="A model knows only bars like those that it learned from. When prices behave otherwise, its scores no longer hold."
    >
      <div className="mb-4 flex flex-wrap items-end gap-4">
        <SelectField
          label={book.length === 2 ? "Pair" : "Instrument"}
          className="w-full sm:w-60"
          options={books.map((one) => ({ value: bookKey(one), label: nameOf(one) }))}
          value={bookKey(book)}
          onChange={({ target }) => set({ book: target.value })}
        />
        <SelectField
          label="Bars"
          className="w-full sm:w-60"
          options={[
            {
              value: "since",
              label:
                sinceBars > DRIFT_BARS_MAX
                  ? `The last ${formatInteger(DRIFT_BARS_MAX)} of ${formatInteger(sinceBars)} since training`
                  : `All since training, about ${formatInteger(sinceBars)}`,
              disabled: sinceBars === 0,
            },
            ...DRIFT_BARS.map((bars) => ({
              value: String(bars),
              label: `The last ${formatInteger(bars)}`,
            })),
          ]}
          value={String(choice)}
          onChange={({ target }) => set({ bars: target.value })}
        />
      </div>
      {newest === null && isRead ? (
        <EmptyState title="No bars here">
          {nameOf(book)} has no bars of the length that this model reads, so that nothing can be
          compared.
        </EmptyState>
      ) : (
        <Drift modelId={modelId} version={version} book={book} choice={choice} newest={newest} />
      )}
    </Panel>
  );
}

function Drift(
  props: Props & { book: readonly number[]; choice: DriftChoice; newest: NewestBars | null },
) {
  const { modelId, version, book, choice, newest } = props;
  const trpc = useTRPC();
  const looked = newest === null ? null : driftWindow(choice, version.card, newest);
  const { data, error, refetch } = useQuery(
    trpc.models.drift.queryOptions(
      looked === null
        ? skipToken
        : { id: modelId, version: version.version, book: [...book], window: looked.window },
    ),
  );
  if (error !== null) {
    const { message, errorId } = errorWords(error);
    return (
      <ErrorState
        title="The drift could not be measured"
        message={message}
        errorId={errorId}
        onRetry={() => void refetch()}
      />
    );
  }
  if (data === undefined) return <Skeleton className="h-72 w-full" />;
  return (
    <div className="flex flex-col gap-4">
      {looked?.wasSeen === true ? (
        <Notice tone="neutral" title="It has learned from some of these bars">
          Over those drift looks smaller than it is, and the loss better.
        </Notice>
      ) : null}
      <MeasuredDrift drift={data} version={version} />
    </div>
  );
}

function MeasuredDrift({ drift, version }: { drift: ModelDrift; version: ModelVersionView }) {
  if (drift.kind === "refused") {
    return <Notice tone="warn" title="Nothing can be said">{`${drift.message}.`}</Notice>;
  }
  const { tone, title, sentences } = lossWords(drift.loss);
  // It ends with the time at which its last bar opens.
  const { startMs, endMs } = drift.span;
  const span = { startMs, endMs: endMs + version.card.intervalMs };
  return (
    <>
      <Notice tone={tone} title={title}>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Notice>
      <p className="text-[13px] text-muted">
        {formatInteger(drift.rows)} rows, {formatSpanUtc(span)} UTC.{" "}
        {featureDriftSentence(drift.features)} The limits are a convention; of rows that depend on
        each other an index may exceed them, and what luck gives, without a cause.
      </p>
      {drift.features.length === 0 ? null : (
        <StabilityChart features={drift.features} csvName={`drift-v${version.version}`} />
      )}
    </>
  );
}

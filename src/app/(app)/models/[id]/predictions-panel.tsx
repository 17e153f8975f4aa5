"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ModelVersionView, ModelView, Prediction } from "#contracts/model.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { TableSkeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";
import { errorWords } from "../../../error-words.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { BookPicker } from "./book-picker.tsx";
import { booksOfParam, paramOfBooks } from "./chosen-books.ts";
import { PredictionTable } from "./prediction-table.tsx";
import { useBookNames } from "./use-book-names.ts";

/** What the live version says of pairs or instruments after their newest closed bars, when it is asked. */
export function PredictionsPanel({ model }: { model: ModelView }) {
  const live = model.versions.find(({ stage }) => stage === "live");
  if (live === undefined) {
    return (
      <Panel>
        <EmptyState title="No version is live">
          Predictions are those of the live version. Promote one to live, and it answers here, in
          strategies, and whoever else asks.
        </EmptyState>
      </Panel>
    );
  }
  return <LivePredictions model={model} live={live} />;
}

function LivePredictions({ model, live }: { model: ModelView; live: ModelVersionView }) {
  const trpc = useTRPC();
  const { params, set } = useUrlState();
  const { nameOf, priced } = useBookNames(live.card);
  const own = live.card.books.map((book) => book.map(({ instrumentId }) => instrumentId));
  const chosen = booksOfParam(params.get("books"));
  const books = chosen ?? own;
  const { data, error, isFetching, dataUpdatedAt, refetch } = useQuery({
    ...trpc.models.predict.queryOptions({ id: model.id, books: books.map((book) => [...book]) }),
    // It is asked when somebody wants to know, and says when that was.
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  return (
    <Panel
      title={`What version ${live.version} says`}
      lead="After the newest closed bar of each. A prediction is no advice: the scores on its card say how often it was right."
      actions={
        <>
          {data === undefined ? null : (
            <span aria-live="polite" className="text-[13px] text-muted">
              as of <Time ms={dataUpdatedAt} intervalMs={1_000} />
            </span>
          )}
          <Button size="sm" busy={isFetching} onClick={() => void refetch()}>
            Ask again
          </Button>
        </>
      }
      flush
    >
      <BookPicker
        books={books}
        legCount={own[0]?.length ?? 1}
        priced={priced}
        nameOf={nameOf}
        isOwn={chosen === null}
        onChange={(next) => set({ books: next === null ? null : paramOfBooks(next) })}
      />
      {error === null ? null : (
        <ErrorState
          title="The model could not be asked"
          message={errorWords(error).message}
          errorId={errorWords(error).errorId}
          onRetry={() => void refetch()}
        />
      )}
      <Swapped predictions={data ?? []} live={live} />
      {data === undefined && error === null ? <TableSkeleton rows={3} columns={4} /> : null}
      {data === undefined || error !== null ? null : (
        <PredictionTable predictions={data} live={live} nameOf={nameOf} />
      )}
    </Panel>
  );
}

/** A version may become live while the page is open: the answers are its own from then on. */
function Swapped(props: { predictions: readonly Prediction[]; live: ModelVersionView }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const other = props.predictions.find(
    (one) => one.kind === "predicted" && one.versionId !== props.live.id,
  );
  if (other?.kind !== "predicted") return null;
  const reload = () => queryClient.invalidateQueries(trpc.models.get.queryFilter());
  return (
    <div className="p-4">
      <Notice
        tone="accent"
        title={`Version ${other.version} has become live meanwhile`}
        action={
          <Button size="sm" onClick={() => void reload()}>
            Show it
          </Button>
        }
        announce
      >
        These are its answers.
      </Notice>
    </div>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { UniverseSuggestions } from "#contracts/suggested-pairs.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { formatDateUtc, formatInteger } from "#ui/format.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { errorWords } from "../../../error-words.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import type { PairValues } from "./dataset-form-values.ts";
import { countOf } from "./universe-books.ts";

type Props = {
  /** Of the pairs that are chosen already; null while there are none. */
  intervalMs: number | null;
  onAdd: (pairs: readonly PairValues[], intervalMs: number) => void;
  onClose: () => void;
};

/** The pairs that the latest scan of each universe found, to be taken over. */
export function SuggestedPairsDialog({ intervalMs, onAdd, onClose }: Props) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.suggestions.list.queryOptions());
  return (
    <Dialog open onOpenChange={onClose} title="Pairs from a scan" width="md">
      {error !== null ? (
        <ErrorState
          title="The scans could not be read"
          message={errorWords(error).message}
          errorId={errorWords(error).errorId}
          onRetry={() => void refetch()}
        />
      ) : data === undefined ? (
        <Skeleton className="h-40" />
      ) : (
        <Suggestions universes={data} intervalMs={intervalMs} onAdd={onAdd} />
      )}
    </Dialog>
  );
}

function Suggestions(
  props: Omit<Props, "onClose"> & { universes: readonly UniverseSuggestions[] },
) {
  const { intervalMs, onAdd } = props;
  const universes = props.universes.filter(({ pairs }) => pairs.length > 0);
  if (universes.length === 0) {
    return (
      <EmptyState
        title="No scan has found a pair"
        action={<ButtonLink href="/discover/scans/new">New scan</ButtonLink>}
      >
        Scan a universe for pairs first, or choose the legs yourself.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-muted">
        Pairs were found by their bars up to the end of the scan's formation period. What a model
        does before that date was partly seen when they were chosen. Where more were found than are
        offered here, “From a universe” offers more of them.
      </p>
      <ul className="divide-y divide-line">
        {universes.map((universe) => (
          <li
            key={universe.universeId}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5 text-sm"
          >
            <span className="min-w-0">
              <span className="font-medium">{universe.universeName}</span>
              <span className="block text-[13px] text-muted">
                {pairsWords(universe)}, {intervalLabel(universe.intervalMs)} bars, found by bars
                until {formatDateUtc(universe.formation.endMs - 1)}, scanned{" "}
                <Time ms={universe.scannedAtMs} />
              </span>
            </span>
            <Button
              size="sm"
              disabled={intervalMs !== null && intervalMs !== universe.intervalMs}
              title={
                intervalMs !== null && intervalMs !== universe.intervalMs
                  ? "Its bars have another interval than the pairs that are chosen"
                  : undefined
              }
              onClick={() => onAdd(universe.pairs.map(pairValues), universe.intervalMs)}
            >
              Add its pairs
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** "20 pairs", "12 of 20 pairs, the most significant" */
function pairsWords({ pairs, passedCount }: UniverseSuggestions): string {
  return pairs.length < passedCount
    ? `${formatInteger(pairs.length)} of ${formatInteger(passedCount)} pairs, the most significant`
    : countOf(pairs.length, "pair");
}

function pairValues(pair: UniverseSuggestions["pairs"][number]): PairValues {
  return { y: String(pair.instrumentY), x: String(pair.instrumentX) };
}

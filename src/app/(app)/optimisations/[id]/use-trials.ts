"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type OptimisationView, TRIALS_MAX, type TrialColumns } from "#contracts/optimisation.ts";
import { rankedRows } from "#ui/charts/ranked-rows.ts";
import type { TrialValue } from "#ui/charts/trial-grid.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import { namedColumn } from "../parameter-words.ts";
import { FURTHER_FIGURES, MAIN_FIGURES } from "../trial-figures.ts";

/** Up to so many trials carry all their figures; more would take seconds to arrive. */
const FIGURES_IN_FULL = 20_000;

/** All trials, ready to be drawn. */
export type ShownTrials = {
  readonly columns: TrialColumns;
  /** Values by parameter, choices by their names. */
  readonly parameters: Readonly<Record<string, readonly TrialValue[]>>;
  /** Of every trial that counts: null with too few trades, or where it has none. */
  readonly objective: readonly (number | null)[];
  /** Rows of those that count, the best last. */
  readonly ranked: Int32Array;
  /** Trials with too few trades. */
  readonly thinCount: number;
};

/** Asks for all trials once: they do not change any more. */
export function useTrials(view: OptimisationView, trialCount: number) {
  const trpc = useTRPC();
  const { objective, tradesMin } = view.config;
  const further = trialCount <= FIGURES_IN_FULL ? FURTHER_FIGURES : [];
  const query = useQuery({
    ...trpc.optimisations.trials.queryOptions({
      id: view.id,
      figures: [...new Set([objective, ...MAIN_FIGURES, ...further])],
      trialsMax: TRIALS_MAX,
    }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  const columns = query.data;
  const { kind } = view.strategyVersion.config;
  // Memoised because the charts work everything out anew when it is another object.
  const trials = useMemo((): ShownTrials | null => {
    if (columns === undefined) return null;
    const trades = columns.figures["trades"] ?? [];
    const values = columns.figures[objective] ?? [];
    const isThin = (row: number) => (trades[row] ?? 0) < tradesMin;
    const judged = columns.trials.map((_, row) => (isThin(row) ? null : (values[row] ?? null)));
    return {
      columns,
      parameters: Object.fromEntries(
        Object.entries(columns.parameters).map(([name, column]) => [
          name,
          namedColumn(kind, name, column),
        ]),
      ),
      objective: judged,
      ranked: rankedRows(judged),
      thinCount: columns.trials.filter((_, row) => isThin(row)).length,
    };
  }, [columns, kind, objective, tradesMin]);
  return { trials, error: query.error, retry: () => void query.refetch() };
}

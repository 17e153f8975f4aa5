"use client";

import { ErrorState } from "#ui/error-state.tsx";
import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { errorWords } from "../../../error-words.ts";
import { MapPanel } from "./map-panel.tsx";
import type { ResultProps } from "./optimisation-result.tsx";
import { ParallelPanel } from "./parallel-panel.tsx";
import { type ShownTrials, useTrials } from "./use-trials.ts";

export type TrialChartsProps = ResultProps & {
  pinnedTrial: number | null;
  onPin: (trial: number | null) => void;
};

/** What the charts of all trials share. */
export type TrialChartProps = {
  view: ResultProps["view"];
  trials: ShownTrials;
  /** Row among the trials that were sent. */
  pinnedRow: number | null;
  onPin: (row: number | null) => void;
  /** What is not drawn or does not count, in a sentence; empty when all is. */
  leftOut: string;
};

/** One of the charts of all trials. */
export function TrialCharts(props: TrialChartsProps & { chart: "map" | "lines" }) {
  const { view, summary, pinnedTrial, onPin, chart } = props;
  const { trials, error, retry } = useTrials(view, summary.trials);
  if (error !== null) {
    const { message, errorId } = errorWords(error);
    return (
      <Panel>
        <ErrorState
          title="The trials could not be read"
          message={message}
          errorId={errorId}
          onRetry={retry}
        />
      </Panel>
    );
  }
  if (trials === null) return <Skeleton className="h-96 w-full" />;
  const row = pinnedTrial === null ? -1 : trials.columns.trials.indexOf(pinnedTrial);
  const shared: TrialChartProps = {
    view,
    trials,
    pinnedRow: row < 0 ? null : row,
    onPin: (next) => onPin(next === null ? null : (trials.columns.trials[next] ?? null)),
    leftOut: leftOut(trials, summary.trials, view.config.tradesMin),
  };
  return chart === "map" ? <MapPanel {...shared} /> : <ParallelPanel {...shared} />;
}

function leftOut({ columns, thinCount }: ShownTrials, total: number, tradesMin: number): string {
  const sentences: string[] = [];
  if (columns.count < total) {
    sentences.push(
      `${formatInteger(columns.count)} of ${formatInteger(total)} trials, evenly spread over the search.`,
    );
  }
  if (thinCount > 0) {
    sentences.push(
      `${formatInteger(thinCount)} with fewer than ${formatInteger(tradesMin)} trades do not count.`,
    );
  }
  return sentences.join(" ");
}

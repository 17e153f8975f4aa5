"use client";

import { memo, useMemo, useState } from "react";
import type { TimeWindow } from "#contracts/interval.ts";
import type { LiveSnapshot, WatchedPairView } from "#contracts/live-message.ts";
import type { LiveSeries, ProvenanceRun } from "#contracts/live-series.ts";
import { Button } from "#ui/button.tsx";
import { livePanes } from "#ui/charts/live-panes.ts";
import { TimePanes } from "#ui/charts/time-panes.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { chartExport } from "../../../chart-export.ts";
import { errorWords } from "../../../error-words.ts";
import { useUrlState } from "../../discover/use-url-state.ts";
import { provenanceInWords } from "./provenance-words.ts";
import { useLiveSeries } from "./use-live-series.ts";
import { useSlowly } from "./use-slowly.ts";

const SPANS = [100, 300, 500, 1_000, 2_000, 5_000] as const;
const SPAN_BARS = 500;

/** Drawing all panes anew takes 20 to 40 ms: twice a second is as often as one can read, and leaves the page free. */
const DRAW_MS = 500;

type Props = { pair: WatchedPairView; snapshot: LiveSnapshot | null };

/** What the pair did lately and does now: follows the market, or holds still to be looked at. */
export function LiveChartsPanel({ pair, snapshot }: Props) {
  const { params } = useUrlState();
  const bars = SPANS.find((span) => String(span) === params.get("bars")) ?? SPAN_BARS;
  const candles = params.get("chart") === "candles";
  const { data, error, refetch } = useLiveSeries(
    { id: pair.id, bars, candles },
    snapshot?.bar?.openTimeMs ?? null,
  );
  // Bars and the newest trades together, or each would be drawn on its own.
  const news = useMemo(() => ({ snapshot, data }), [snapshot, data]);
  const drawn = useSlowly(news, DRAW_MS);
  return (
    <Panel flush>
      {/* Without a row of its own: the whole stack is to fit on one screen. */}
      <h2 className="sr-only">Now and lately</h2>
      {drawn.data === undefined ? (
        <Placeholder error={error} onRetry={() => void refetch()} />
      ) : drawn.data.bars === 0 ? (
        <EmptyState title="No common bar yet">
          Both legs need a bar of the same time. The first one stands here when it closes.
        </EmptyState>
      ) : (
        <LiveCharts
          pair={pair}
          snapshot={drawn.snapshot}
          data={drawn.data}
          bars={bars}
          hasCandles={candles}
        />
      )}
    </Panel>
  );
}

function Placeholder({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error === null) return <Skeleton className="m-4 h-[680px]" />;
  const { message, errorId } = errorWords(error);
  return (
    <ErrorState
      title="The bars could not be read"
      message={message}
      errorId={errorId}
      onRetry={onRetry}
    />
  );
}

// Memoised because the panel around it hears of every tick.
const LiveCharts = memo(function LiveCharts({
  pair,
  snapshot,
  data,
  bars,
  hasCandles,
}: Props & { data: LiveSeries; bars: number; hasCandles: boolean }) {
  // null: the charts follow the market.
  const [held, setHeld] = useState<TimeWindow | null>(null);
  const { chart, candles, provenance } = data;
  const { symbolY, symbolX, settings } = pair;
  const nowMs = Math.max(
    chart.endMs,
    snapshot?.legY.tradeTimeMs ?? 0,
    snapshot?.legX.tradeTimeMs ?? 0,
  );
  const extent = { startMs: chart.startMs, endMs: nowMs };
  // Memoised because a new array makes the chart draw everything again, and the pointer renders often.
  const panes = useMemo(
    () =>
      livePanes({
        series: chart,
        window: held,
        legs: { symbolY, symbolX },
        threshold: settings.threshold,
        snapshot: held === null ? snapshot : null,
        candles,
      }),
    [chart, candles, held, snapshot, settings.threshold, symbolY, symbolX],
  );
  const came = held === null ? 0 : Math.floor((chart.endMs - held.endMs) / chart.intervalMs);
  return (
    <TimePanes
      panes={panes}
      lead={
        <>
          <Button size="sm" onClick={() => setHeld(held === null ? extent : null)}>
            {held === null ? "Hold" : "Follow"}
          </Button>
          <span role="status" className="text-[13px] text-muted tabular-nums">
            {held === null
              ? "Follows the market."
              : came > 0
                ? `Held: ${formatInteger(came)} ${came === 1 ? "bar has" : "bars have"} come since.`
                : "Held."}{" "}
            {data.gapCount === 0
              ? "No gap."
              : `${formatInteger(data.gapCount)} ${data.gapCount === 1 ? "interval" : "intervals"} without a common bar.`}
          </span>
        </>
      }
      controls={<Controls bars={bars} hasCandles={hasCandles} />}
      window={held ?? extent}
      extent={extent}
      intervalMs={chart.intervalMs}
      onWindowChange={setHeld}
      ariaLabel={`Prices, spread, z-score, volume, correlation and hedge ratio of ${symbolY} and ${symbolX}`}
      firstPaneId="z-score"
      csvName={`${symbolY}-${symbolX}-live`}
      source={chartExport(`/api/export/live/${pair.id}`)}
      note={(timeMs) => noteOf(provenance, chart, timeMs)}
    />
  );
});

function Controls({ bars, hasCandles }: { bars: number; hasCandles: boolean }) {
  const { set } = useUrlState();
  return (
    <>
      <label className="flex items-center gap-1.5 text-[13px]">
        Bars
        <select
          value={bars}
          onChange={(event) => set({ bars: event.target.value })}
          className="h-7 rounded-md border border-line bg-surface px-2 text-[13px]"
        >
          {SPANS.map((span) => (
            <option key={span} value={span}>
              {formatInteger(span)}
            </option>
          ))}
        </select>
      </label>
      <Button
        size="sm"
        aria-pressed={hasCandles}
        onClick={() => set({ chart: hasCandles ? null : "candles" })}
      >
        Candles
      </Button>
    </>
  );
}

/** How the bars under the pointer came about. */
function noteOf(
  runs: readonly ProvenanceRun[],
  chart: LiveSeries["chart"],
  timeMs: number,
): string | null {
  const step = Math.floor((timeMs - chart.startMs) / chart.intervalMs);
  const run = runs.find((one) => step >= one.step && step < one.step + one.bars);
  return run === undefined ? null : provenanceInWords(run);
}

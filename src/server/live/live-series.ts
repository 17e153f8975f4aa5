import { barProvenance } from "#contracts/bar-provenance.ts";
import type {
  LegProvenance,
  LiveCandles,
  LiveMinute,
  LivePoint,
  LiveSeries,
  ProvenanceRun,
} from "#contracts/live-series.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import { sampleStandardDeviation } from "#quant/performance/sample-standard-deviation.ts";
import { mean } from "#quant/stats/mean.ts";
import { chartDigits, chartSeries } from "../chart-series.ts";
import type { ShownBars, ShownLeg } from "./shown-bars.ts";

const MINUTE_MS = 60_000;
const MINUTES_MAX = 60;
const POINTS_MAX = 20;
const CANDLES_MAX = 300;
/** A second without trades is no gap; when none of either leg comes for so long, the line breaks. */
const QUIET_MS_MAX = 60_000;

/** Everything that the page of a live pair draws of these bars. */
export function liveSeries(
  shown: ShownBars,
  options: { readonly points: number; readonly candles: boolean },
): LiveSeries {
  const { openTimeMs } = shown.aligned;
  const indexes = Array.from(
    { length: openTimeMs.length - shown.fromBar },
    (_, i) => shown.fromBar + i,
  );
  return {
    chart: liveChart(shown, options.points),
    bars: indexes.length,
    gapCount: shown.gapCount,
    provenance: provenanceRuns(shown, indexes),
    minutes: minutesOf(shown, indexes),
    points: indexes
      .slice(-POINTS_MAX)
      .reverse()
      .map((i) => pointAt(shown, i)),
    candles: options.candles ? candlesOf(shown, indexes) : null,
  };
}

function liveChart(
  { aligned, history, fromBar, settings, missing }: ShownBars,
  points: number,
): ChartSeries {
  const shown = (values: Float64Array) => values.subarray(fromBar);
  const { intervalMs } = settings;
  const isMissing = (beforeMs: number, afterMs: number) =>
    missing.some((span) => span.afterMs < afterMs && span.beforeMs > beforeMs + intervalMs);
  return chartSeries(
    {
      openTimeMs: shown(aligned.openTimeMs),
      intervalMs,
      calendar: "continuous",
      lines: {
        closeY: shown(aligned.legY.close),
        closeX: shown(aligned.legX.close),
        spread: shown(history.spread),
        spreadMean: shown(history.spreadMean),
        zScore: shown(history.zScore),
        volumeY: shown(aligned.legY.volume),
        volumeX: shown(aligned.legX.volume),
        correlation: shown(history.correlation),
        hedgeRatio: shown(history.hedgeRatio),
      },
      ...(intervalMs < MINUTE_MS && {
        isGap: (beforeMs: number, afterMs: number) =>
          afterMs - beforeMs > QUIET_MS_MAX ||
          (afterMs - beforeMs > intervalMs && isMissing(beforeMs, afterMs)),
      }),
    },
    { window: null, points },
  );
}

/** How a leg's bar came about. */
export function legProvenance(shown: ShownBars, name: "legY" | "legX", i: number): LegProvenance {
  const leg = shown.aligned[name];
  if (leg.carried[i] === 1) return "carried";
  const code = originOf(shown[name], leg.index[i]).provenance;
  return Number.isNaN(code) ? null : barProvenance(code);
}

function originOf({ origins }: ShownLeg, bar: number | undefined) {
  return {
    provenance: origins.provenance[bar ?? -1] ?? Number.NaN,
    tradeCount: origins.tradeCount[bar ?? -1] ?? Number.NaN,
  };
}

function provenanceRuns(shown: ShownBars, indexes: readonly number[]): ProvenanceRun[] {
  const { openTimeMs } = shown.aligned;
  const startMs = openTimeMs[shown.fromBar] ?? 0;
  const runs: ProvenanceRun[] = [];
  for (const i of indexes) {
    const legY = legProvenance(shown, "legY", i);
    const legX = legProvenance(shown, "legX", i);
    const last = runs.at(-1);
    const step = Math.round(((openTimeMs[i] ?? 0) - startMs) / shown.settings.intervalMs);
    // An interval without a bar ends a run: a step is then no longer a count of bars.
    const goesOn = last !== undefined && step === last.step + last.bars;
    if (goesOn && last.legY === legY && last.legX === legX) last.bars += 1;
    else runs.push({ step, bars: 1, legY, legX });
  }
  return runs;
}

function pointAt(shown: ShownBars, i: number): LivePoint {
  const { aligned, history } = shown;
  return {
    openTimeMs: aligned.openTimeMs[i] ?? 0,
    closeY: aligned.legY.close[i] ?? 0,
    closeX: aligned.legX.close[i] ?? 0,
    volumeY: orNull(aligned.legY.volume[i]),
    volumeX: orNull(aligned.legX.volume[i]),
    spread: orNull(history.spread[i]),
    spreadMean: orNull(history.spreadMean[i]),
    zScore: orNull(history.zScore[i]),
    correlation: orNull(history.correlation[i]),
    hedgeRatio: orNull(history.hedgeRatio[i]),
    provenanceY: legProvenance(shown, "legY", i),
    provenanceX: legProvenance(shown, "legX", i),
  };
}

/** Minutes of the span, newest first. */
function minutesOf(shown: ShownBars, indexes: readonly number[]): LiveMinute[] {
  const { openTimeMs } = shown.aligned;
  const byMinute = Map.groupBy(
    indexes,
    (i) => Math.floor((openTimeMs[i] ?? 0) / MINUTE_MS) * MINUTE_MS,
  );
  return [...byMinute]
    .slice(-MINUTES_MAX)
    .reverse()
    .map(([startMs, bars]) => minuteOf(shown, startMs, bars));
}

function minuteOf(shown: ShownBars, startMs: number, bars: readonly number[]): LiveMinute {
  const { aligned, history } = shown;
  const last = bars.at(-1) ?? 0;
  const known = (values: Float64Array) =>
    Float64Array.from(bars, (i) => values[i] ?? Number.NaN).filter(Number.isFinite);
  const spreads = known(history.spread);
  const zScores = known(history.zScore);
  const volume = (name: "legY" | "legX") => total(bars.map((i) => aligned[name].volume[i]));
  const trades = (name: "legY" | "legX") =>
    total(
      bars.map((i) =>
        aligned[name].carried[i] === 1
          ? 0
          : originOf(shown[name], aligned[name].index[i]).tradeCount,
      ),
    );
  return {
    startMs,
    bars: bars.length,
    closeY: aligned.legY.close[last] ?? 0,
    closeX: aligned.legX.close[last] ?? 0,
    volumeY: volume("legY"),
    volumeX: volume("legX"),
    tradesY: trades("legY"),
    tradesX: trades("legX"),
    spreadMean: spreads.length === 0 ? null : mean(spreads),
    spreadDeviation: spreads.length < 2 ? null : sampleStandardDeviation(spreads),
    zScoreMin: zScores.length === 0 ? null : Math.min(...zScores),
    zScoreMax: zScores.length === 0 ? null : Math.max(...zScores),
    zScoreLast: orNull(history.zScore[last]),
  };
}

/** Sum; null where one of them is not known. */
function total(values: readonly (number | undefined)[]): number | null {
  return orNull(values.reduce<number>((sum, value) => sum + (value ?? Number.NaN), 0));
}

function candlesOf(shown: ShownBars, indexes: readonly number[]): LiveCandles {
  const barsPerCandle = Math.max(1, Math.ceil(indexes.length / CANDLES_MAX));
  const groups = Array.from({ length: Math.ceil(indexes.length / barsPerCandle) }, (_, k) =>
    indexes.slice(k * barsPerCandle, (k + 1) * barsPerCandle),
  );
  return {
    barsPerCandle,
    openTimeMs: groups.map(([first = 0]) => shown.aligned.openTimeMs[first] ?? 0),
    legY: legCandles(shown, "legY", groups),
    legX: legCandles(shown, "legX", groups),
  };
}

function legCandles(
  shown: ShownBars,
  name: "legY" | "legX",
  groups: readonly (readonly number[])[],
): LiveCandles["legY"] {
  const leg = shown.aligned[name];
  const { bars } = shown[name];
  // A bar of a leg that did not trade, or that has a close only, is a dash at its close.
  const priceOf = (column: "open" | "high" | "low", i: number): number => {
    const close = leg.close[i] ?? Number.NaN;
    const price = leg.carried[i] === 1 ? close : bars[column][leg.index[i] ?? -1];
    return price === undefined || Number.isNaN(price) ? close : price;
  };
  const prices = (column: "open" | "high" | "low", group: readonly number[]) =>
    group.map((i) => priceOf(column, i));
  return {
    open: groups.map((group) => chartDigits(priceOf("open", group[0] ?? 0))),
    high: groups.map((group) => chartDigits(Math.max(...prices("high", group)))),
    low: groups.map((group) => chartDigits(Math.min(...prices("low", group)))),
    close: groups.map((group) => chartDigits(leg.close[group.at(-1) ?? 0] ?? 0)),
  };
}

function orNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}

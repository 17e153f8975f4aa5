import type { Calendar } from "#contracts/interval.ts";
import type { ChartLine, ChartSeries } from "#contracts/market-data.ts";
import { lowerBound } from "#quant/series/lower-bound.ts";
import { minMaxDownsample } from "#quant/series/min-max-downsample.ts";
import { isChartGap } from "./is-chart-gap.ts";

/** Eight digits are finer than a pixel of any chart, and half the bytes of all seventeen. */
const CHART_DIGITS = 8;

/** A value as a chart gets it. */
export function chartDigits(value: number): number {
  return Number(value.toPrecision(CHART_DIGITS));
}

/**
 * What a chart draws of some lines over one axis of bars: the window, downsampled to what a screen can
 * show, with a gap wherever bars are missing.
 *
 * @param series.openTimeMs strictly ascending; every line has one value a bar, NaN where it has none
 * @param options.window null: all bars
 * @param options.points most points a line may have
 */
export function chartSeries(
  series: {
    openTimeMs: Float64Array;
    intervalMs: number;
    calendar: Calendar;
    lines: Readonly<Record<string, Float64Array>>;
    /** Whether bars are missing between two that follow each other; by the calendar unless told. */
    isGap?: (beforeMs: number, afterMs: number) => boolean;
  },
  options: { window: { startMs: number; endMs: number } | null; points: number },
): ChartSeries {
  const { openTimeMs, intervalMs } = series;
  const from = options.window === null ? 0 : lowerBound(openTimeMs, options.window.startMs);
  const to =
    options.window === null
      ? openTimeMs.length
      : Math.max(from, lowerBound(openTimeMs, options.window.endMs));
  const startMs = openTimeMs[from] ?? options.window?.startMs ?? 0;
  const lastMs = to > from ? openTimeMs[to - 1] : undefined;
  const isGap =
    series.isGap ?? ((beforeMs: number, afterMs: number) => isChartGap(beforeMs, afterMs, series));
  const axis = barSteps(openTimeMs.subarray(from, to), { startMs, intervalMs, isGap });
  let full = true;
  const lines: Record<string, ChartLine> = {};
  for (const [name, values] of Object.entries(series.lines)) {
    const spread = spreadOut(values.subarray(from, to), axis);
    const kept = minMaxDownsample(spread, options.points);
    full &&= kept.length === spread.length;
    lines[name] = chartLine(spread, axis.steps, kept);
  }
  const endMs = lastMs === undefined ? startMs : lastMs + intervalMs;
  return { startMs, endMs, intervalMs, full, lines };
}

/**
 * Where points stand, in bars since the start. A run of missing bars is one extra point (bar −1), so
 * that the line breaks there.
 */
type Axis = { readonly steps: readonly number[]; readonly bars: readonly number[] };

function barSteps(
  openTimeMs: Float64Array,
  {
    startMs,
    intervalMs,
    isGap,
  }: {
    startMs: number;
    intervalMs: number;
    isGap: (beforeMs: number, afterMs: number) => boolean;
  },
): Axis {
  const steps: number[] = [];
  const bars: number[] = [];
  let previousMs = startMs;
  for (let bar = 0; bar < openTimeMs.length; bar++) {
    const time = openTimeMs[bar] ?? Number.NaN;
    if (isGap(previousMs, time)) {
      steps.push(Math.round((previousMs - startMs) / intervalMs) + 1);
      bars.push(-1);
    }
    steps.push(Math.round((time - startMs) / intervalMs));
    bars.push(bar);
    previousMs = time;
  }
  return { steps, bars };
}

/** A loop, because Float64Array.from with a function takes fifty times as long, for each line. */
function spreadOut(values: Float64Array, { bars }: Axis): Float64Array {
  if (bars.length === values.length) return values;
  const spread = new Float64Array(bars.length);
  for (let i = 0; i < bars.length; i++) spread[i] = values[bars[i] ?? -1] ?? Number.NaN;
  return spread;
}

function chartLine(values: Float64Array, steps: readonly number[], kept: Uint32Array): ChartLine {
  const line: ChartLine = { steps: [], values: [] };
  for (const i of kept) {
    const value = values[i] ?? Number.NaN;
    line.steps.push(steps[i] ?? 0);
    line.values.push(Number.isFinite(value) ? chartDigits(value) : null);
  }
  return line;
}

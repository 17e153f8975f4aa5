import { barProvenance } from "#contracts/bar-provenance.ts";
import type { TickerChart, TickerIndicator, TickerRequest } from "#contracts/ticker.ts";
import { type Bars, barsWithOriginsBetween } from "#db/bars.ts";
import type { Database } from "#db/client.ts";
import { instrumentIntervals, seriesOfInstruments } from "#db/instruments.ts";
import { averageTrueRange } from "#quant/indicators/average-true-range.ts";
import { bollingerBands } from "#quant/indicators/bollinger-bands.ts";
import { exponentialMovingAverage } from "#quant/indicators/exponential-moving-average.ts";
import { macd } from "#quant/indicators/macd.ts";
import { relativeStrengthIndex } from "#quant/indicators/relative-strength-index.ts";
import { simpleMovingAverage } from "#quant/indicators/simple-moving-average.ts";
import { chartSeries } from "./chart-series.ts";

/**
 * Bars read before the first that is drawn. What a Wilder average of 500 bars forgets in as many is
 * e⁻¹, so long periods at the left edge still lean on where the reading began.
 */
const WARM_UP_BARS = 500;

/** No line of a ticker has more points than bars, so none is thinned. */
const POINTS_MAX = 5_000;

/**
 * The newest bars of an instrument with the indicators that are asked for. Indicators go from bar to bar:
 * over a gap they go on with the next bar that there is.
 *
 * @returns null when the workspace may not see the instrument, or it has no candles of the interval
 */
export async function tickerChart(
  database: Database,
  workspaceId: string,
  request: TickerRequest,
): Promise<TickerChart | null> {
  const { instrumentId, intervalMs } = request;
  const known = await seriesOfInstruments(database.pool, workspaceId, [instrumentId], intervalMs);
  const [series] = known;
  if (series === undefined || series.closeOnly) return null;
  const endMs = series.lastOpenTimeMs + intervalMs;
  // By time and not by count: a market that sleeps has fewer bars in the span, never more.
  const startMs = endMs - (request.bars + WARM_UP_BARS) * intervalMs;
  const span = { startMs: Math.max(0, startMs), endMs };
  const { bars, origins } = await barsWithOriginsBetween(database, series.seriesId, span);
  const from = Math.max(0, bars.openTimeMs.length - request.bars);
  const lines = { close: bars.close, volume: bars.volume, ...indicatorLines(bars, request) };
  const shown = (values: Float64Array) => values.subarray(from);
  const chart = chartSeries(
    {
      openTimeMs: shown(bars.openTimeMs),
      intervalMs,
      calendar: series.calendar,
      lines: Object.fromEntries(
        Object.entries(lines).map(([name, values]) => [name, shown(values)]),
      ),
    },
    { window: null, points: POINTS_MAX },
  );
  const column = (values: Float64Array) => Array.from(shown(values));
  const count = (value: number) => (Number.isNaN(value) ? null : value);
  return {
    chart,
    openTimeMs: column(bars.openTimeMs),
    open: column(bars.open),
    high: column(bars.high),
    low: column(bars.low),
    close: column(bars.close),
    provenance: column(origins.provenance).map((code) => barProvenance(count(code))),
    tradeCount: column(origins.tradeCount).map(count),
    intervalsMs: await instrumentIntervals(database.pool, workspaceId, instrumentId),
  };
}

function indicatorLines(bars: Bars, { indicators }: TickerRequest): Record<string, Float64Array> {
  const lines: Record<string, Float64Array> = {};
  for (const indicator of indicators) Object.assign(lines, linesOf(bars, indicator));
  return lines;
}

function linesOf(bars: Bars, indicator: TickerIndicator): Record<string, Float64Array> {
  const { close } = bars;
  switch (indicator.kind) {
    case "sma":
      return {
        [`sma-${indicator.periodBars}`]: simpleMovingAverage(close, indicator.periodBars),
      };
    case "ema":
      return {
        [`ema-${indicator.periodBars}`]: exponentialMovingAverage(close, indicator.periodBars),
      };
    case "bollinger": {
      const { middle, upper, lower } = bollingerBands(close);
      return {
        "bollinger-middle": middle,
        "bollinger-upper": upper,
        "bollinger-lower": lower,
      };
    }
    case "rsi":
      return {
        [`rsi-${indicator.periodBars}`]: relativeStrengthIndex(close, indicator.periodBars),
      };
    case "macd": {
      const { macd: line, signal, histogram } = macd(close);
      return { macd: line, "macd-signal": signal, "macd-histogram": histogram };
    }
    case "atr": {
      const { high, low } = bars;
      const { averageTrueRange: range } = averageTrueRange(
        { high, low, close },
        indicator.periodBars,
      );
      return { [`atr-${indicator.periodBars}`]: range };
    }
  }
}

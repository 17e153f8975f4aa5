import type { Target } from "../strategies/strategy.ts";
import type { Book } from "./backtest-book.ts";
import { type EventBacktest, type EventRun, runEventEngine } from "./event-engine.ts";
import type { FinerBars } from "./finer-bars.ts";
import { NO_COSTS } from "./instrument-costs.ts";
import { alignMarketBars, type InstrumentSeries, type MarketBars } from "./market-bars.ts";
import type { PositionSizing } from "./position-sizing.ts";

export const HOUR_MS = 3_600_000;

/** Bars an hour apart as rows of open, high, low, close, volume; null is a gap. */
export function hourly(
  rows: readonly (readonly [number, number, number, number, number] | null)[],
  firstHour = 0,
): InstrumentSeries {
  const known = rows.flatMap((row, i) =>
    row === null ? [] : [{ time: (firstHour + i) * HOUR_MS, row }],
  );
  const column = (at: 0 | 1 | 2 | 3 | 4): Float64Array =>
    Float64Array.from(known, ({ row }) => row[at]);
  return {
    openTimeMs: Float64Array.from(known, ({ time }) => time),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4),
  };
}

/** The same half an hour apart. */
export function halfHourly(rows: Parameters<typeof hourly>[0]): InstrumentSeries {
  const one = hourly(rows);
  return { ...one, openTimeMs: one.openTimeMs.map((time) => time / 2) };
}

/** Half hours inside bars that are hours apart. */
export function halfHoursInside(
  series: readonly InstrumentSeries[],
  intervalMs = HOUR_MS,
): FinerBars {
  return { bars: alignMarketBars(series), intervalMs, partMs: HOUR_MS / 2 };
}

/** Bars that move from open to close and no further. */
export function openClose(
  rows: readonly (readonly [number, number] | null)[],
  firstHour = 0,
): InstrumentSeries {
  return hourly(
    rows.map((row) =>
      row === null ? null : [row[0], Math.max(...row), Math.min(...row), row[1], 1e9],
    ),
    firstHour,
  );
}

/** A side of the spread with all that a target has. */
export function spread(
  side: "long" | "short" | "flat",
  changes: Partial<Extract<Target, { kind: "spread" }>> = {},
): Target {
  const plain = { hedgeRatio: 1, hedge: "level-quantity", size: 1, stops: null } as const;
  return { kind: "spread", side, ...plain, ...changes };
}

/** Shares of equity, one an instrument. */
export function weights(...values: readonly number[]): Target {
  return { kind: "weights", weights: Float64Array.from(values), stops: null };
}

export const TEN_UNITS: PositionSizing = {
  rule: { kind: "fixed-quantity", quantity: 10 },
  pricedAt: "signal",
};

/** A strategy that answers by the index of the bar and holds in between. */
export function scriptedBook(
  script: Readonly<Record<number, Target>>,
  instruments: readonly number[] = [0, 1],
  sizing: PositionSizing = TEN_UNITS,
): Book {
  return {
    instruments,
    sizing,
    figureNames: [],
    start: () => (event) => ({
      target: script[event.bar] ?? { kind: "hold" },
      reason: null,
      figures: {},
    }),
  };
}

/** A run without costs or rules of the series' bars, to be changed by the test. */
export function plainBacktest(
  series: readonly InstrumentSeries[] | MarketBars,
  books: readonly Book[],
  changes: Partial<EventBacktest> = {},
): EventBacktest {
  const bars = "instruments" in series ? series : alignMarketBars(series);
  return {
    bars,
    finer: null,
    costs: bars.instruments.map(() => NO_COSTS),
    books,
    rules: { initialCash: 10_000, margin: null, pairsMax: null, grossExposureMax: null },
    tradingStartBar: 0,
    isClosedAtEnd: true,
    ...changes,
  };
}

/** Protective prices of leg Y alone. */
export function stops(stopY: number, limitY: number): Partial<Extract<Target, { kind: "spread" }>> {
  const none = Number.NaN;
  return { stops: { stop: Float64Array.of(stopY, none), limit: Float64Array.of(limitY, none) } };
}

/** The whole run of a backtest that nothing cancels. */
export function finished(backtest: EventBacktest): EventRun {
  const run = runEventEngine(backtest);
  if (run === null) throw new Error("nothing cancels it");
  return run;
}

/** Fills as "bar:slot quantity @ price". */
export function fillsOf({ fills }: EventRun): readonly string[] {
  return [...fills.bar].map(
    (bar, i) => `${bar}:${fills.slot[i]} ${fills.quantity[i]} @ ${fills.price[i]}`,
  );
}

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import type { StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { HOUR_MS, START_MS } from "../imports/import-cases.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import { createTestEngine, createWorkspace } from "./job-harness.test-support.ts";
import {
  finishedBacktest,
  runTestBacktest,
  storeTestBars,
  storeTestUniverse,
  type TestStrategy,
  testStrategy,
} from "./strategy-jobs.test-support.ts";

let context: TestDatabase;
let engine: JobEngine;
let workspaceId: string;
let ids: number[];

const PERIODS = { formationBars: 400, tradingBars: 600 };

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database, 2);
  workspaceId = await createWorkspace(context.database);
  ids = await storeTestUniverse(context.database, workspaceId, {
    seed: 7,
    instruments: 6,
    bars: PERIODS.formationBars + PERIODS.tradingBars,
  });
});

afterAll(async () => {
  await engine.compute.close();
  await context.drop();
});

function pairs(): number[][] {
  return [ids.slice(0, 2), ids.slice(2, 4)];
}

const KINDS: readonly {
  kind: StrategyKind;
  isBasket: boolean;
  parameters?: TestStrategy["parameters"];
}[] = [
  { kind: "z-score-reversion", isBasket: false },
  { kind: "bollinger-spread", isBasket: false },
  { kind: "traditional-sigma", isBasket: false },
  { kind: "rlrt", isBasket: false },
  { kind: "ou-thresholds", isBasket: false },
  { kind: "momentum-ranking", isBasket: true },
  { kind: "indicator-vote", isBasket: true },
];

describe.each(KINDS)("$kind", ({ kind, isBasket, parameters }) => {
  const strategy = (): TestStrategy => ({
    ...PERIODS,
    kind,
    books: isBasket ? [ids] : pairs(),
    ...(parameters === undefined ? {} : { parameters }),
  });

  test("its report adds up, and is proved to look at no later bar", async () => {
    const { report, series } = await finishedBacktest(
      engine,
      workspaceId,
      testStrategy(strategy()),
    );
    expect(report.finalEquity - report.initialEquity).toBeCloseTo(report.costs.netPnl, 6);
    const netOfTrades = report.trades.reduce((sum, { netPnl }) => sum + netPnl, 0);
    expect(netOfTrades).toBeCloseTo(report.costs.netPnl, 6);
    for (const { legs, netPnl } of report.trades) {
      expect(netPnl).toBe(legs.reduce((sum, leg) => sum + leg.netPnl, 0));
    }
    for (const { book, signals, entrySignalMs, exitSignalMs } of report.trades) {
      const seenAt = (timeMs: number) =>
        report.books[book]?.figures.map(({ name }) => {
          const value = series[`${name}.${book}`]?.[series.openTimeMs.indexOf(timeMs)];
          return value === undefined || Number.isNaN(value) ? null : value;
        });
      expect(signals?.entry).toEqual(seenAt(entrySignalMs));
      expect(signals?.exit).toEqual(exitSignalMs === null ? null : seenAt(exitSignalMs));
    }
    expect(report.analysis?.lookAhead.differences).toEqual([]);
    expect(report.analysis?.lookAhead.isPassed).toBe(true);
    expect(series["equity"]).toHaveLength(PERIODS.tradingBars);
    expect(report.instruments).toHaveLength(isBasket ? 6 : 4);
  });
});

test("several pairs share one account, and no more are held than allowed", async () => {
  const account = { initialEquity: 20_000, pairsMax: 1, grossExposureMax: null, margin: null };
  const config = testStrategy({ ...PERIODS, books: pairs(), account });
  const { report } = await finishedBacktest(engine, workspaceId, config);
  expect(report.books).toHaveLength(2);
  const spans = report.trades.map(({ entryMs, exitMs }) => [entryMs, exitMs] as const);
  const overlap = spans.some(([start, end], i) =>
    spans.some(([other], j) => i !== j && other > start && other < end),
  );
  expect(overlap).toBe(false);
  expect(report.refusals.map(({ reason }) => reason)).toContain(
    "as many pairs as allowed were held",
  );
});

/*
 * Ten hours, computed by hand. Y is 2 X plus or minus 1 in the formation: slope 2, intercept 0, deviation 1.
 * Short above a residual of 1, long below −1, flat within 0.5. 10 Y against 20 X. Fee 0.1 %, slippage 0.1 %,
 * borrow 8.76 % a year, which is 0.001 % an hour, funding 0.1 % at hour 8, a dividend of 0.50 on X then; X
 * has no bar at hour 6. Long is asked at the close of 1 and filled at the opens of 2; flat is asked at 3 and
 * filled at 4; short is asked at 5, waits for X, is filled at 7 and closed at the closes of 9, the last.
 *
 * hour | what is paid                                                             | cash
 *  2   | Y 10 · 98.098 = 980.98, fee 0.98098; X 20 · 49.95 = 999, fee 0.999        | 10016.04002
 *  3   | borrow 20 · 50 · 0.00001 = 0.01                                          | 10016.03002
 *  4   | borrow 0.01; Y 1003.995, fee 1.003995; X 1001, fee 1.001                  | 10017.010025
 *  7   | Y 1023.975, fee 1.023975; X 1001, fee 1.001                               | 10037.96005
 *  8   | borrow 10 · 101 · 0.00001 = 0.0101; funding 1.01 − 1.02; dividend 10      | 10047.93995
 *  9   | borrow 0.01012; Y 1009.008, fee 1.009008; X 999, fee 0.999                | 10035.913822
 */
test("ten bars with fees, slippage, funding, a gap and a dividend come out as computed by hand", async () => {
  const formation = 32;
  const xs = Array.from({ length: formation }, (_, i) => (i % 4 < 2 ? 40 : 60));
  const rowsY: readonly (readonly [number, number])[] = [
    ...xs.map((x, i) => [2 * x, 2 * x + (i % 2 === 0 ? 1 : -1)] as const),
    [100, 100],
    [100, 98.5],
    [98, 99.2],
    [99.5, 100.2],
    [100.5, 100],
    [100, 102],
    [102, 102],
    [102.5, 101.5],
    [101, 101.2],
    [101.2, 100.8],
  ];
  const rowsX: readonly (readonly [number, number] | null)[] = [
    ...xs.map((x) => [x, x] as const),
    [50, 50],
    [50, 50],
    [50, 50],
    [50, 50],
    [50, 50],
    [50, 50],
    null,
    [50, 50],
    [51, 50],
    [50, 50],
  ];
  const barsOf = (rows: readonly (readonly [number, number] | null)[]) => {
    const kept = rows.flatMap((row, hour) => (row === null ? [] : [{ hour, row }]));
    return {
      openTimeMs: Float64Array.from(kept, ({ hour }) => START_MS + hour * HOUR_MS),
      open: Float64Array.from(kept, ({ row }) => row[0]),
      close: Float64Array.from(kept, ({ row }) => row[1]),
    };
  };
  const { database } = context;
  const y = await storeTestBars(database, workspaceId, "TENY", barsOf(rowsY));
  const x = await storeTestBars(database, workspaceId, "TENX", barsOf(rowsX));
  const config = testStrategy({
    kind: "traditional-sigma",
    books: [[y, x]],
    formationBars: formation,
    tradingBars: 10,
    sizing: { kind: "fixed-quantity", quantity: 10 },
    account: { initialEquity: 10_000, pairsMax: null, grossExposureMax: null, margin: null },
    costs: {
      fees: { kind: "bps", makerFeeBps: 10, takerFeeBps: 10 },
      slippage: { kind: "bps", slippageBps: 10 },
      lots: "none",
      funding: { kind: "constant", rate: 0.001, everyHours: 8 },
      borrowRateAnnual: 0.0876,
      dividends: [{ instrumentId: x, events: [{ timeMs: START_MS + 40 * HOUR_MS, value: 0.5 }] }],
    },
  });
  const { report, series } = await finishedBacktest(engine, workspaceId, config);
  expect(report.books[0]?.fit?.["hedgeRatio"]).toBeCloseTo(2, 12);
  // Cash and what is held at the close: long 10 Y − 20 X at hours 2 and 3, short at 7 and 8.
  const equity = [
    10_000, 10_000, 10_008.04002, 10_018.03002, 10_017.010025, 10_017.010025, 10_017.010025,
    10_022.96005, 10_035.93995, 10_035.913822,
  ];
  for (const [hour, value] of equity.entries()) {
    expect(series["equity"]?.[hour]).toBeCloseTo(value, 6);
  }
  const [long, short] = report.trades;
  expect(report.trades).toHaveLength(2);
  expect(long).toMatchObject({ side: "long", exitReason: "exit", barsHeld: 2 });
  expect(long?.netPnl).toBeCloseTo(17.010025, 8);
  expect(short).toMatchObject({ side: "short", exitReason: "end", exitSignalMs: null });
  expect(short?.netPnl).toBeCloseTo(18.903797, 8);
  expect(short?.legs[1]?.dividends).toBeCloseTo(10, 9);
  expect(short?.legs[0]?.funding).toBeCloseTo(1.01, 9);
  expect(report.warnings.join()).toContain("On 1 bar one instrument has a price");
});

describe("bad input", () => {
  const priced = (bars: number, price: (hour: number) => number) => ({
    openTimeMs: Float64Array.from({ length: bars }, (_, hour) => START_MS + hour * HOUR_MS),
    open: Float64Array.from({ length: bars }, (_, hour) => price(hour)),
    close: Float64Array.from({ length: bars }, (_, hour) => price(hour)),
  });
  const wave = (hour: number): number => 100 + 5 * Math.sin(hour / 3) + (hour % 7);
  const other = (hour: number): number => 50 + 2 * Math.cos(hour / 11) + (hour % 5) / 2;
  const small = { kind: "traditional-sigma", formationBars: 100, tradingBars: 100 } as const;

  test("an instrument without bars in the span is named", async () => {
    const { database } = context;
    const y = await storeTestBars(database, workspaceId, "SPAN-Y", priced(200, wave));
    const x = await storeTestBars(database, workspaceId, "SPAN-X", priced(90, other));
    const config = testStrategy({ ...small, books: [[y, x]] });
    const { job } = await runTestBacktest(engine, workspaceId, config);
    expect(job).toMatchObject({
      state: "failed",
      error: { message: "SPAN-X has no bars in the trading period" },
    });
  });

  test("a leg that ends in a trade is settled at its last close, and the report says so", async () => {
    const { database } = context;
    const y = await storeTestBars(database, workspaceId, "GONE-Y", priced(200, wave));
    const x = await storeTestBars(database, workspaceId, "GONE-X", priced(150, other));
    const { report } = await finishedBacktest(
      engine,
      workspaceId,
      testStrategy({ ...small, books: [[y, x]] }),
    );
    expect(report.warnings.join()).toMatch(
      /GONE-X has no bars after \d{4}-\d\d-\d\d \d\d:\d\d UTC, before the trading period ends/,
    );
    expect(report.trades.at(-1)?.exitReason).toBe("delisted");
  });

  test("capital that is too little for a lot makes no trade, and the report says why", async () => {
    const { database } = context;
    const y = await storeTestBars(database, workspaceId, "LOT-Y", priced(200, wave));
    const x = await storeTestBars(database, workspaceId, "LOT-X", priced(200, other));
    await database.pool.query(
      "UPDATE instrument SET lot_size = 1000, tick_size = 0.01 WHERE id = ANY($1)",
      [[y, x]],
    );
    const base = testStrategy({ ...small, books: [[y, x]] });
    const { report } = await finishedBacktest(engine, workspaceId, {
      ...base,
      costs: { ...base.costs, lots: "venue" },
    });
    expect(report.trades).toEqual([]);
    expect(report.warnings.join()).toContain("too little for the smallest lot");
    expect(report.refusals[0]?.count).toBeGreaterThan(0);
  });

  test("lots and fees that nobody knows are refused with the instrument's name", async () => {
    const base = testStrategy({ ...PERIODS, books: pairs() });
    for (const [costs, message] of [
      [{ ...base.costs, lots: "venue" as const }, "lot and tick size of SYN-"],
      [{ ...base.costs, fees: { kind: "venue" as const } }, "The fees of SYN-"],
    ] as const) {
      const { job } = await runTestBacktest(engine, workspaceId, { ...base, costs });
      expect(job?.state).toBe("failed");
      expect(job?.error?.message).toContain(message);
    }
  });

  test("what is stored outside of the periods takes no room (N10)", async () => {
    const { database } = context;
    const y = await storeTestBars(database, workspaceId, "LONG-Y", priced(200, wave));
    const x = await storeTestBars(database, workspaceId, "LONG-X", priced(200, other));
    await database.pool.query(
      "UPDATE bar_series SET bar_count = 20000000 WHERE instrument_id = ANY($1)",
      [[y, x]],
    );
    const config = testStrategy({ ...small, books: [[y, x]] });
    const { job } = await runTestBacktest(engine, workspaceId, config);
    expect(job).toMatchObject({ state: "succeeded" });
  });

  test("a share of volumes that an instrument has not is refused with its name (S9)", async () => {
    const { database } = context;
    const y = await storeTestBars(database, workspaceId, "MUTE-Y", priced(200, wave));
    const x = await storeTestBars(database, workspaceId, "MUTE-X", priced(200, other));
    const base = testStrategy({ ...small, books: [[y, x]] });
    const slippage = { kind: "volume-share", impact: 0.1, shareMax: 0.1 } as const;
    const { job } = await runTestBacktest(engine, workspaceId, {
      ...base,
      costs: { ...base.costs, slippage },
    });
    expect(job).toMatchObject({
      state: "failed",
      error: { message: expect.stringContaining("MUTE-Y has no volumes") },
    });
  });

  test("prices that cannot be are refused with instrument and time; NaN is a gap", async () => {
    const { database } = context;
    const y = await storeTestBars(database, workspaceId, "BAD-Y", priced(200, wave));
    const x = await storeTestBars(database, workspaceId, "BAD-X", priced(200, other));
    const config = testStrategy({ ...small, books: [[y, x]] });
    const setClose = (value: string, hour: number) =>
      database.pool.query(
        `UPDATE bar SET close = $1 WHERE open_time_ms = $2 AND series_id =
           (SELECT id FROM bar_series WHERE instrument_id = $3)`,
        [value, START_MS + hour * HOUR_MS, x],
      );
    await setClose("NaN", 120);
    const { report } = await finishedBacktest(engine, workspaceId, config);
    expect(report.warnings.join()).toContain("On 1 bar one instrument has a price");
    await setClose("-3", 130);
    const { job } = await runTestBacktest(engine, workspaceId, config);
    expect(job?.state).toBe("failed");
    expect(job?.error?.message).toMatch(/^BAD-X: a price is not positive .*2024-01-06 10:00 UTC/);
  });
});

test("regression: trades of RLRT did not say what trend they were entered on", async () => {
  const { report } = await finishedBacktest(
    engine,
    workspaceId,
    testStrategy({ ...PERIODS, kind: "rlrt", books: pairs() }),
  );
  const names = report.books[0]?.figures.map(({ name }) => name) ?? [];
  const [trend, rSquared] = [names.indexOf("trend"), names.indexOf("rSquared")];
  expect(report.trades.length).toBeGreaterThan(0);
  for (const { side, signals } of report.trades) {
    // Nothing is entered that is trending further out.
    const against = side === "long" ? -1 : 1;
    expect(signals?.entry[trend]).not.toBe(against);
    expect(signals?.entry[rSquared]).toBeGreaterThanOrEqual(0);
    expect(signals?.entry[rSquared]).toBeLessThanOrEqual(1);
  }
});

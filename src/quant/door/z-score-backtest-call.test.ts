import { expect, test } from "vitest";
import { pairBacktest } from "../backtest/pair-backtest.ts";
import { goldenSeries } from "../golden/load-golden.test-support.ts";
import { answerCall } from "./answer-call.ts";
import { partOf } from "./ask-door.test-support.ts";

const closeY = goldenSeries("coint_b13_hl5_n250.y");
const closeX = goldenSeries("coint_b13_hl5_n250.x");
const openY = closeY.map((value, i) => closeY[i - 1] ?? value);
const openX = closeX.map((value, i) => closeX[i - 1] ?? value);

const fields = {
  zScoreWindowBars: 20,
  entryZScore: 1.5,
  exitZScore: 0,
  stopZScore: 4,
  holdingMaxBars: 30,
  notional: 1_000,
  initialEquity: 10_000,
  feeBps: 5,
  slippageBps: 2,
};
const ranges = { formation: { start: 0, end: 120 }, trading: { start: 120, end: 250 } };
const series = {
  y: { open: [...openY], close: [...closeY] },
  x: { open: [...openX], close: [...closeX] },
};

const ask = (args: unknown) => answerCall({ call: "zScoreBacktest", args });

const times = closeY.map((_, i) => i * 86_400_000);
const direct = pairBacktest(
  { openTimeMs: times, open: openY, close: closeY },
  { openTimeMs: times, open: openX, close: closeX },
  {
    ...fields,
    intervalMs: 86_400_000,
    formation: { startMs: 0, endMs: 120 * 86_400_000 },
    trading: { startMs: 120 * 86_400_000, endMs: 250 * 86_400_000 },
  },
);

test("answers as the engine of the product, bars instead of times", () => {
  if (direct.kind !== "finished") throw new Error("not finished");
  const answer = ask({ ...series, ...ranges, ...fields });
  expect(partOf(answer, "result.equity")).toEqual([...direct.series.equity]);
  const trades = partOf(answer, "result.trades");
  expect(trades).toHaveLength(direct.trades.length);
  expect(direct.trades.length).toBeGreaterThan(3);
  direct.trades.forEach((trade, i) => {
    expect(partOf(trades, String(i))).toMatchObject({
      side: trade.side,
      entryBar: trade.entryFillTimeMs / 86_400_000,
      exitBar: trade.exitFillTimeMs / 86_400_000,
      netPnl: trade.netPnl,
      quantityY: trade.legY.quantity,
    });
  });
});

test("the fields may stand together, the ranges be pairs", () => {
  const together = {
    ...series,
    configuration: { ...fields, formation: [0, 120], trading: [120, 250] },
  };
  expect(ask(together)).toEqual(ask({ ...series, ...ranges, ...fields }));
});

test("a stored strategy may be given whole, and prices in the plural", () => {
  const plural = {
    y: { opens: [...openY], closes: [...closeY] },
    x: { opens: [...openX], closes: [...closeX] },
    ...ranges,
    configuration: { ...fields, instrumentY: 1, instrumentX: 2 },
  };
  expect(ask(plural)).toEqual(ask({ ...series, ...ranges, ...fields }));
});

test("volatility has the name that it has in the call performance", () => {
  const answer = ask({ ...series, ...ranges, ...fields });
  expect(partOf(answer, "result.metrics.volatility")).toBeGreaterThan(0);
  expect(partOf(answer, "result.metrics.annualisedVolatility")).toBeUndefined();
});

test("without opens it fills at the next close", () => {
  const closes = { y: { close: [...closeY] }, x: { close: [...closeX] } };
  expect(ask({ ...closes, ...ranges, ...fields })).toMatchObject({
    result: { fillConvention: "next-close" },
  });
});

test("equity ends with what the trades left", () => {
  const answer = ask({ ...series, ...ranges, ...fields });
  const trades = partOf(answer, "result.trades");
  const total = Object.values(Object(trades))
    .map((trade) => Number(partOf(trade, "netPnl")))
    .reduce((sum, value) => sum + value, fields.initialEquity);
  expect(partOf(answer, "result.equity.129")).toBeCloseTo(total, 8);
});

test.each([
  { name: "a range beyond the bars", change: { trading: [120, 251] }, code: "too-short" },
  { name: "a range that runs back", change: { formation: [120, 0] }, code: "bad-argument" },
  { name: "trading before formation ends", change: { trading: [100, 250] }, code: "bad-argument" },
  { name: "legs of other lengths", change: { x: { close: [1, 2] } }, code: "length-mismatch" },
  { name: "an exit above the entry", change: { exitZScore: 2 }, code: "bad-argument" },
  { name: "twice the same leg", change: { x: series.y }, code: "collinear" },
  {
    name: "a field given twice",
    change: { configuration: { feeBps: 1 } },
    code: "bad-argument",
  },
  {
    name: "prices in singular and plural",
    change: { y: { close: [...closeY], closes: [...closeY] } },
    code: "bad-argument",
  },
  { name: "no prices", change: { y: { open: [...openY] } }, code: "bad-argument" },
  { name: "another strategy", change: { kind: "momentum" }, code: "bad-argument" },
])("refuses $name", ({ change, code }) => {
  expect(ask({ ...series, ...ranges, ...fields, ...change })).toMatchObject({ error: { code } });
});

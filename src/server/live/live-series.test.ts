import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LiveBacktest, LiveSeries } from "#contracts/live-series.ts";
import type { LiveSettings } from "#contracts/live-settings.ts";
import { feedSteps, QUICK_SETTINGS, tradeBar, watchNewPair } from "#db/live-world.test-support.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import type { LiveFigures } from "#quant/live/live-figures.ts";
import { createLivePair } from "#quant/live/live-pair.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { exportLive } from "../rest/live-export.ts";
import { createCaller } from "../root.ts";
import { createPerson, signIn, testContext } from "../world.test-support.ts";

const SECOND_MS = 1_000;
/** A full minute, so that minutes are whole. */
const START_MS = 1_700_000_040_000;
const BARS = 400;

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

const timeOf = (t: number) => START_MS + t * SECOND_MS;

/** A person who watches a pair whose bars of a second are stored, without those that a leg has not. */
async function world(
  settings: LiveSettings = QUICK_SETTINGS,
  without: { readonly y?: readonly number[]; readonly x?: readonly number[] } = {},
) {
  const { database } = subject;
  const home = await createPerson(database);
  const pair = await watchNewPair(database, home.workspaceId, settings);
  const random = createRandom(7);
  const closes: { y: number; x: number }[] = [];
  let level = 4;
  let deviation = 0;
  for (let t = 0; t < BARS; t++) {
    level += 0.001 * random.gaussian();
    deviation = 0.9 * deviation + 0.001 * random.gaussian();
    closes.push({ y: Math.exp(1 + 0.8 * level + deviation), x: Math.exp(level) });
  }
  const step = (instrumentId: number, name: "y" | "x") => ({
    instrumentId,
    bars: closes
      .map((close, t) => {
        const bar = tradeBar(timeOf(t), close[name]);
        const open = closes[t - 1]?.[name] ?? bar.close;
        const [low, high] = [Math.min(open, bar.close), Math.max(open, bar.close)];
        return { ...bar, open, low, high, provenance: t < 5 ? ("kline" as const) : bar.provenance };
      })
      .filter((_, t) => !(without[name] ?? []).includes(t)),
    trade: { id: 1, timeMs: timeOf(BARS) - 1, price: closes.at(-1)?.[name] ?? 0 },
    barsUntilMs: timeOf(BARS),
  });
  await feedSteps(database, [step(pair.instrumentY, "y"), step(pair.instrumentX, "x")]);
  const context = testContext(database, { session: await signIn(database, home) });
  return {
    ...pair,
    closes,
    context,
    caller: createCaller(context),
    /** What stepping through all bars says at the last. */
    stepped: (): LiveFigures => {
      const live = createLivePair(settings);
      for (const [t, { y, x }] of closes.entries()) {
        live.step({ openTimeMs: timeOf(t), closeY: y, closeX: x, volumeY: 1, volumeX: 1 });
      }
      const figures = live.figures();
      if (figures === null) throw new Error("there are bars");
      return figures;
    },
  };
}

const KALMAN = { kind: "kalman", delta: 1e-4, observationVariance: 1e-4 } as const;
const ROLLING = { kind: "rolling-ols", windowBars: 30, intercept: true } as const;

describe("the series of a live pair", () => {
  test.each([
    { name: "desk", settings: QUICK_SETTINGS },
    { name: "rolling", settings: { ...QUICK_SETTINGS, hedge: ROLLING, prices: "log" as const } },
    { name: "Kalman", settings: { ...QUICK_SETTINGS, hedge: KALMAN, prices: "log" as const } },
  ])("$name: the last bar is what the live computation shows there", async ({ settings }) => {
    const { caller, id, stepped } = await world(settings);
    const series = await caller.live.series({ id, bars: 60 });
    expect(LiveSeries.parse(series)).toEqual(series);
    const figures = stepped();
    const [last] = series.points;
    expect(last?.openTimeMs).toBe(figures.openTimeMs);
    for (const name of ["hedgeRatio", "spread", "spreadMean", "zScore", "correlation"] as const) {
      expect(last?.[name]).toBeCloseTo(figures[name] ?? Number.NaN, 9);
    }
    expect(series.chart.lines["zScore"]?.values.at(-1)).toBeCloseTo(figures.zScore ?? 0, 6);
  });

  test("shows the bars that are asked for, each looking back as far as it needs to", async () => {
    const { caller, id } = await world();
    const series = await caller.live.series({ id, bars: 60 });
    expect(series.bars).toBe(60);
    expect(series.chart).toMatchObject({ startMs: timeOf(340), endMs: timeOf(400), full: true });
    expect(series.chart.lines["zScore"]?.values).not.toContain(null);
    const window = { startMs: timeOf(200), endMs: timeOf(260) };
    const past = await caller.live.series({ id, window });
    expect(past.chart).toMatchObject(window);
    expect(past.chart.lines["zScore"]?.values).not.toContain(null);
    // Before the first bars there is nothing to look back at.
    const first = await caller.live.series({ id, window: { startMs: 0, endMs: timeOf(30) } });
    expect(first.chart.lines["zScore"]?.values.slice(0, 19)).toEqual(new Array(19).fill(null));
  });

  test("a chart may have a z-score window of its own", async () => {
    const { caller, id } = await world();
    const [ofPair, own] = [
      await caller.live.series({ id, bars: 60 }),
      await caller.live.series({ id, bars: 60, zScoreWindowBars: 50 }),
    ];
    expect(own.points[0]?.hedgeRatio).not.toBeNull();
    expect(own.points[0]?.zScore).not.toBe(ofPair.points[0]?.zScore);
  });

  test("minutes, points and candles add up to the bars", async () => {
    const { caller, id, closes } = await world();
    const series = await caller.live.series({ id, bars: 400, candles: true });
    expect(series.minutes.map(({ bars }) => bars)).toEqual([40, 60, 60, 60, 60, 60, 60]);
    expect(series.minutes[1]).toMatchObject({
      startMs: timeOf(300),
      closeY: closes[359]?.y,
      volumeY: 60,
      tradesX: 60,
    });
    const { zScoreMin, zScoreMax, zScoreLast } = series.minutes[1] ?? {};
    expect(zScoreMin).toBeLessThanOrEqual(zScoreLast ?? Number.NaN);
    expect(zScoreMax).toBeGreaterThanOrEqual(zScoreLast ?? Number.NaN);
    expect(series.points).toHaveLength(20);
    const { candles } = series;
    expect(candles).toMatchObject({ barsPerCandle: 2 });
    expect(candles?.openTimeMs).toHaveLength(200);
    const group = closes.slice(9, 12).map(({ y }) => y);
    expect(candles?.legY.high[5]).toBeCloseTo(Math.max(...group), 5);
    expect(candles?.legY.open[5]).toBeCloseTo(group[0] ?? 0, 5);
    expect(candles?.legY.close[5]).toBeCloseTo(group[2] ?? 0, 5);
  });

  test("says of each bar how it came about, and of a carried one that it was", async () => {
    const { caller, id } = await world(QUICK_SETTINGS, { x: [100, 101] });
    const series = await caller.live.series({ id, bars: 400 });
    expect(series.provenance).toEqual([
      { step: 0, bars: 5, legY: "kline", legX: "kline" },
      { step: 5, bars: 95, legY: "complete", legX: "complete" },
      { step: 100, bars: 2, legY: "complete", legX: "carried" },
      { step: 102, bars: 298, legY: "complete", legX: "complete" },
    ]);
    expect(series.minutes.at(-2)).toMatchObject({
      bars: 60,
      tradesY: 60,
      tradesX: 58,
      volumeX: 58,
    });
  });

  test("regression: after an interval without a bar the wrong bars were called live", async () => {
    const { caller, id } = await world(QUICK_SETTINGS, { y: [350, 370], x: [350, 370] });
    const series = await caller.live.series({ id, bars: 100 });
    const run = (from: number, to: number) => ({
      step: from,
      bars: to - from,
      legY: "complete",
      legX: "complete",
    });
    expect(series.provenance).toEqual([run(0, 52), run(53, 72), run(73, 102)]);
  });

  test("a quiet second is no gap, missing trades are", async () => {
    const { caller, id, instrumentX } = await world(QUICK_SETTINGS, {
      y: [350, 370, 371],
      x: [350, 370, 371],
    });
    await subject.database.pool.query(
      `INSERT INTO feed_gap (instrument_id, from_id, to_id, after_time_ms, before_time_ms, cause)
       VALUES ($1, 5, 6, $2, $3, 'disconnect')`,
      [instrumentX, timeOf(370) - 1, timeOf(372)],
    );
    const { chart } = await caller.live.series({ id, bars: 100 });
    const line = chart.lines["closeY"];
    const gaps = line?.steps.filter((_, i) => line.values[i] === null);
    expect(gaps).toEqual([370 - Math.round((chart.startMs - START_MS) / SECOND_MS)]);
  });

  test("a leg that cannot be carried leaves gaps, which are counted", async () => {
    const settings = { ...QUICK_SETTINGS, carryBarsMax: 0 };
    const { caller, id } = await world(settings, { x: [10, 380, 381, 382] });
    const series = await caller.live.series({ id, bars: 60 });
    expect(series).toMatchObject({ bars: 60, gapCount: 3 });
  });

  test("a pair without bars has empty charts, and no error", async () => {
    const { database } = subject;
    const home = await createPerson(database);
    const { id } = await watchNewPair(database, home.workspaceId);
    const caller = createCaller(testContext(database, { session: await signIn(database, home) }));
    expect(await caller.live.series({ id, candles: true })).toMatchObject({
      bars: 0,
      points: [],
      minutes: [],
      candles: { openTimeMs: [] },
    });
    expect(await caller.live.miniBacktest({ id })).toMatchObject({ bars: 0, tradeCount: 0 });
  });

  test("more bars than are computed at once are refused with the number", async () => {
    const settings = { ...QUICK_SETTINGS, hedge: KALMAN, bufferBars: 10_000 };
    const { caller, id, instrumentY, instrumentX } = await world(settings);
    const more = Array.from({ length: 200 }, (_, i) => tradeBar(timeOf(BARS + i), 50 + (i % 7)));
    const trade = { id: 2, timeMs: timeOf(BARS + 200), price: 50 };
    await feedSteps(
      subject.database,
      [instrumentY, instrumentX].map((instrumentId) => ({
        instrumentId,
        bars: more,
        trade,
        barsUntilMs: timeOf(BARS + 200),
      })),
    );
    // A buffer of 10,000 bars allows 200 of them to be shown.
    const window = { startMs: 0, endMs: timeOf(BARS + 200) };
    await expect(caller.live.series({ id, window })).rejects.toThrow(/At most 200 .* has 600/);
    expect((await caller.live.series({ id, bars: 20_000 })).bars).toBe(200);
  });
});

test("the mini backtest says what it did, with what costs", async () => {
  const { caller, id } = await world();
  const asked = { id, bars: 350, threshold: 1.5, feeBps: 0, slippageBps: 0 };
  const free = await caller.live.miniBacktest(asked);
  expect(LiveBacktest.parse(free)).toEqual(free);
  expect(free.tradeCount).toBeGreaterThan(2);
  expect(free).toMatchObject({ bars: 350, fillConvention: "next-open", fees: 0, notional: 10_000 });
  const dear = await caller.live.miniBacktest({ ...asked, feeBps: 20, slippageBps: 10 });
  expect(dear.tradeCount).toBe(free.tradeCount);
  expect(dear.netPnl).toBeLessThan(free.netPnl);
  expect(dear.grossPnl - dear.fees).toBeCloseTo(dear.netPnl, 8);
  expect(dear.equity.lines["profit"]?.values.at(-1)).toBeCloseTo(dear.netPnl, 3);
  const [latest] = dear.trades;
  expect(latest?.entryMs).toBeLessThanOrEqual(latest?.exitMs ?? 0);
  expect(free.warnings.join(" ")).toMatch(/too few to tell skill from luck/);
});

test("the file has every bar, with what was said of it and how it came about", async () => {
  const { context, id, stepped } = await world(QUICK_SETTINGS, { x: [] });
  const answer = await exportLive(context, id, new URLSearchParams());
  const rows = parse<Record<string, string>>(await answer.text(), { columns: true });
  expect(rows).toHaveLength(400);
  expect(rows[0]).toMatchObject({
    "time (UTC)": new Date(START_MS).toISOString(),
    "bar Y": "kline",
  });
  expect(Number(rows.at(-1)?.["z-score"])).toBeCloseTo(stepped().zScore ?? 0, 9);
  const span = new URLSearchParams({
    from: String(timeOf(100)),
    to: String(timeOf(110)),
    rows: "3",
  });
  const some = await exportLive(context, id, span);
  expect((await some.text()).trimEnd().split("\n")).toHaveLength(4);
  const stranger = await world();
  await expect(exportLive(stranger.context, id, span)).rejects.toMatchObject({ code: "not-found" });
  await expect(exportLive(context, "nothing", span)).rejects.toMatchObject({ code: "not-found" });
});

import { afterAll, expect, test } from "vitest";
import { AppError } from "#contracts/error-code.ts";
import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import { indicatorVoteStrategy } from "#quant/strategies/indicator-vote-strategy.ts";
import { defaultConfig } from "#quant/strategies/parameter-values.ts";
import { EXPANSION_LIMITS } from "../imports/expand-file.ts";
import { hourlyCsv, inPieces } from "../imports/import-cases.test-support.ts";
import { createComputePool } from "./compute-pool.ts";
import type { StrategyInput } from "./strategy-input.ts";

const pool = createComputePool(1);

afterAll(() => pool.close());

const FORMAT = {
  layout: "single",
  delimiter: ",",
  hasHeader: true,
  timestampUnit: "ms",
  symbol: "X",
  columns: { time: 0, symbol: null, open: 1, high: 2, low: 3, close: 4, volume: 5 },
} as const;

const PARSE = { format: FORMAT, limits: EXPANSION_LIMITS };

function parse(text: string | Uint8Array) {
  return pool.run("parse-file", PARSE, { source: inPieces(Buffer.from(text)) });
}

test("a thread reads a file piece by piece and gives its series back", async () => {
  const parsed = await parse(hourlyCsv(500));
  expect(parsed.series[0]?.bars.close).toHaveLength(500);
});

test("tasks beyond the number of threads wait their turn", async () => {
  const parsed = await Promise.all([10, 20, 30].map((count) => parse(hourlyCsv(count))));
  expect(parsed.map(({ rowCount }) => rowCount)).toEqual([10, 20, 30]);
});

test("an expected error keeps its class, code and field on the way out of a thread", async () => {
  const error = await parse("a\0b\n").catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: "unsupported-file", field: "line 1" });
});

test("an input that the mathematics refuses keeps its class too", async () => {
  const strategy: StrategyInput = {
    kind: "indicator-vote",
    parameters: { ...defaultConfig(indicatorVoteStrategy) },
    books: [[0]],
    series: [],
    symbols: [],
    costs: [],
    sizing: STRATEGY_DEFAULTS.sizing,
    pricedAt: "signal",
    protection: null,
    finer: null,
    rules: { initialCash: 1, pairsMax: null, grossExposureMax: null, margin: null },
    formation: { startMs: 0, endMs: 1 },
    trading: { startMs: 1, endMs: 2 },
    intervalMs: 1,
    calendar: "continuous",
    gate: null,
    riskFreeRateAnnual: 0,
  };
  const input = { strategy, benchmark: null, earlierTrials: 0 };
  await expect(pool.run("trade-strategy", input)).rejects.toBeInstanceOf(InvalidInputError);
});

test("an aborted task ends at once, and the next one finds a whole pool", async () => {
  const controller = new AbortController();
  const endless = (async function* () {
    yield Buffer.from("ts,open,high,low,close,volume\n");
    controller.abort(new Error("enough"));
    await new Promise(() => undefined);
  })();
  const running = pool.run("parse-file", PARSE, { source: endless, signal: controller.signal });
  await expect(running).rejects.toThrow("enough");
  expect((await parse(hourlyCsv(5))).rowCount).toBe(5);
});

test("a source that breaks fails its task and no other", async () => {
  const broken = (async function* () {
    yield Buffer.from("ts,open,high,low,close,volume\n");
    throw new Error("connection lost");
  })();
  await expect(pool.run("parse-file", PARSE, { source: broken })).rejects.toThrow(
    "connection lost",
  );
  expect((await parse(hourlyCsv(5))).rowCount).toBe(5);
});

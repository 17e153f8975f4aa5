import { afterAll, beforeAll, expect, test } from "vitest";
import type { DatasetConfig, DatasetPreviewRequest } from "#contracts/dataset.ts";
import type { Database } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { datasetPreview } from "./dataset-preview.ts";
import {
  createPerson,
  createWorld,
  DATA_WINDOW,
  HOUR_MS,
  START_MS,
  type World,
} from "./world.test-support.ts";

let subject: TestDatabase;
let database: Database;
let world: World;
beforeAll(async () => {
  subject = await createTestDatabase();
  database = subject.database;
  world = await createWorld(database, await createPerson(database));
});
afterAll(() => subject.drop());

const SMA_10 = { kind: "sma", of: "close", periodBars: 10 } as const;
const SMA_30 = { kind: "sma", of: "close", periodBars: 30 } as const;
const MEASURED = { unit: "absolute", windowBars: 60, hedge: "held" } as const;

const pairConfig = (): DatasetConfig => ({
  books: [[world.instrumentY, world.instrumentX]],
  intervalMs: HOUR_MS,
  window: DATA_WINDOW,
  spread: { kind: "formation", formationBars: 30, price: "log" },
  features: [
    { kind: "column", of: "spread" },
    { kind: "delta", of: "spread", lagBars: 5 },
  ],
  label: { kind: "direction", of: "spread", horizonBars: 3, deadZone: 0, ...MEASURED },
  pooling: "each",
});
const instrumentConfig = (): DatasetConfig => ({
  ...pairConfig(),
  books: [[world.instrumentY], [world.instrumentX]],
  spread: null,
  features: [SMA_10, { kind: "delta", of: "close", lagBars: 1 }],
  label: { kind: "change", of: "close", horizonBars: 1, form: "difference", ...MEASURED },
  pooling: "pooled",
});

const preview = (
  config: DatasetConfig,
  asked: Partial<DatasetPreviewRequest> = {},
  workspaceId = world.workspaceId,
) =>
  datasetPreview(database, workspaceId, {
    ...{ config, group: 0, feature: 0, window: null, points: 500, ...asked },
  });
const previewed = async (config: DatasetConfig, asked: Partial<DatasetPreviewRequest> = {}) => {
  const shown = await preview(config, asked);
  if (shown.kind === "refused") return expect.fail(shown.message);
  return shown;
};

test("a pair gives a row for every bar after its look-back and before its horizon", async () => {
  const shown = await previewed(pairConfig());
  // 30 bars of the formation and 5 of the change come first; 3 are left that see no end.
  expect(shown).toMatchObject({ bars: 240, rows: 240 - 35 - 3, groups: 1, horizonBars: 3 });
  expect(shown.missing).toEqual([
    { reason: "look-back", bars: 35 },
    { reason: "past-end", bars: 3 },
  ]);
  expect(shown.classes?.map(({ label }) => label)).toEqual(["down or unchanged", "up"]);
  expect(shown.classes?.reduce((sum, { rows }) => sum + rows, 0)).toBe(shown.rows);
  expect(shown.target).toBeNull();
  expect(shown.features.map(({ name, lookBackBars }) => [name, lookBackBars])).toEqual([
    ["spread", 0],
    ["delta(spread, 5)", 5],
  ]);
  expect(shown.features.map(({ missing }) => missing)).toEqual([30, 35]);
});

test("lines are those of the drawn group: what the label is about, the label, and a feature", async () => {
  const shown = await previewed(instrumentConfig(), { group: 1, feature: 1 });
  const { source, label, feature } = shown.series.lines;
  const close = (bar: number) => 50 + Math.sin(bar / 7 + 50);
  expect(source?.values[7]).toBeCloseTo(close(7), 6);
  expect(feature?.values[7]).toBeCloseTo(close(7) - close(6), 6);
  expect(label?.values[7]).toBeCloseTo(close(8) - close(7), 6);
  expect(label?.values.at(-1)).toBeNull();
  expect(shown.span).toEqual(DATA_WINDOW);
});

test("of a window only its bars are drawn, and all are counted", async () => {
  const window = { startMs: START_MS + 100 * HOUR_MS, endMs: START_MS + 120 * HOUR_MS };
  const shown = await previewed(pairConfig(), { window });
  expect(shown.series).toMatchObject(window);
  expect(shown.series.lines["label"]?.steps).toHaveLength(20);
  expect(shown).toMatchObject({ bars: 240, span: DATA_WINDOW });
});

test("figures of features and target are those of the rows of all groups", async () => {
  const shown = await previewed(instrumentConfig());
  const bars = Array.from({ length: 240 - 10 }, (_, i) => i + 9);
  const changes = [100, 50].flatMap((price) =>
    bars.map((bar) => Math.sin((bar + 1) / 7 + price) - Math.sin(bar / 7 + price)),
  );
  const mean = changes.reduce((sum, value) => sum + value, 0) / changes.length;
  expect(shown).toMatchObject({ groups: 2, rows: changes.length, classes: null });
  expect(shown.target?.mean).toBeCloseTo(mean, 9);
  const [, delta] = shown.features;
  expect(delta?.missing).toBe(2);
  // Of a slow wave the last change is nearly the next one.
  expect(delta?.correlation).toBeGreaterThan(0.95);
  expect(delta?.deviation).toBeCloseTo(shown.target?.deviation ?? 0, 2);
});

test("a rule of the features themselves is named as one", async () => {
  const { hazards } = await previewed({
    ...instrumentConfig(),
    features: [SMA_10, SMA_30],
    label: { kind: "rule", rule: "above", of: SMA_10, over: SMA_30, aheadBars: 0 },
  });
  expect(hazards).toContainEqual(
    expect.objectContaining({
      severity: "warning",
      code: "label-is-a-rule-of-the-features",
      message: expect.stringMatching(/only learns the rule again/),
    }),
  );
});

test("what cannot be trained on is refused before what is only to be known", async () => {
  const { hazards } = await previewed({
    ...instrumentConfig(),
    books: [[world.instrumentY]],
    // Highs are the closes there: the range is constant, and equal twice.
    features: [
      { kind: "difference", of: "high", minus: "low" },
      { kind: "column", of: "close" },
      { kind: "column", of: "high" },
    ],
  });
  const told = hazards.map(({ severity, code }) => `${severity} ${code}`);
  expect(told[0]).toBe("refused constant-feature");
  expect(told).toContain("warning duplicated-columns");
});

test("as many features as a dataset may have can be looked at", async () => {
  const features = Array.from({ length: 500 }, (_, place) => ({
    ...{ kind: "lag" as const, of: "close" as const, lagBars: place + 1 },
  }));
  expect(await previewed({ ...instrumentConfig(), features })).toMatchObject({ rows: 0 });
});

test("a look-back that leaves no rows is said to be too long", async () => {
  const shown = await previewed({
    ...pairConfig(),
    spread: { kind: "formation", formationBars: 500, price: "log" },
  });
  expect(shown.rows).toBe(0);
  expect(shown.hazards.map(({ code }) => code)).toEqual(["fewer-rows-than-look-back"]);
  expect(shown.features[0]).toMatchObject({ mean: null, deviation: null, correlation: null });
});

test("a bar that one leg lacks spoils the rows that read it, and is a gap of the lines", async () => {
  const other = await createWorld(database, await createPerson(database));
  await database.pool.query("delete from bar where series_id = $1 and open_time_ms = $2", [
    other.seriesId,
    START_MS + 100 * HOUR_MS,
  ]);
  const books = [[other.instrumentY, other.instrumentX]];
  const shown = await preview({ ...pairConfig(), books }, {}, other.workspaceId);
  if (shown.kind === "refused") return expect.fail(shown.message);
  // The bar itself, the change that reaches back to it, and the label that ends on it.
  expect(shown.missing).toContainEqual({ reason: "gap", bars: 3 });
  expect(shown.series.lines["source"]?.values).toContain(null);
});

test("of a long span the first bars are looked at, and what they lack forbids nothing", async () => {
  const other = await createWorld(database, await createPerson(database));
  await database.pool.query("update bar_series set last_open_time_ms = $2 where id = $1", [
    other.seriesId,
    START_MS + 90_000 * HOUR_MS,
  ]);
  const config = {
    ...pairConfig(),
    books: [[other.instrumentY, other.instrumentX]],
    window: { startMs: START_MS, endMs: START_MS + 100_000 * HOUR_MS },
    spread: { kind: "formation" as const, formationBars: 500, price: "log" as const },
  };
  const shown = await preview(config, {}, other.workspaceId);
  expect(shown).toMatchObject({
    rows: 0,
    hazards: [{ severity: "warning", message: expect.stringMatching(/^Of the bars looked at/) }],
  });
});

test.each([
  {
    name: "an interval without bars",
    change: { intervalMs: 60_000 },
    says: { message: expect.stringMatching(/interval/), field: "books.0.0" },
  },
  {
    name: "a span without bars",
    change: { window: { startMs: Date.UTC(2040, 0, 1), endMs: Date.UTC(2040, 0, 2) } },
    says: { message: expect.stringMatching(/no bars in this span/), field: "books.0.0" },
  },
])("with $name it says why there is nothing to see", async ({ change, says }) => {
  expect(await preview({ ...pairConfig(), ...change })).toEqual({ kind: "refused", ...says });
});

test("bars of another workspace are not looked at", async () => {
  const other = await createPerson(database);
  expect(await preview(pairConfig(), {}, other.workspaceId)).toMatchObject({ kind: "refused" });
});

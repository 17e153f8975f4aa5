import { afterAll, beforeAll, expect, test } from "vitest";
import type { StrategyConfig } from "#contracts/strategy.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import type { DirectionLabel } from "#quant/learning/labels/label-spec.ts";
import { defaultParameters } from "#quant/learning/models/learners.ts";
import { modelFileText } from "#quant/learning/models/model-file.ts";
import { createModel, MODEL_CARD } from "#server/model-world.test-support.ts";
import { createPerson } from "#server/world.test-support.ts";
import { gateNotes, loadGate } from "./load-gate.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

const HOUR_MS = 3_600_000;
const SPREAD = { kind: "rolling", windowBars: 30, price: "log" } as const;
const LABEL: DirectionLabel = {
  kind: "direction",
  of: "spread",
  ...{ horizonBars: 1, deadZone: 0, hedge: "held", unit: "absolute", windowBars: 20 },
};

/** A gate on pairs, or instruments, of a model that has learned from others. */
async function gateOn(
  books: number[][],
  {
    learned,
    label = LABEL,
    ...of
  }: {
    readonly learned: number[][];
    readonly label?: DirectionLabel;
    readonly kind?: StrategyConfig["kind"];
    readonly threshold?: number;
    readonly isRefitted?: boolean;
  },
) {
  const { database } = subject;
  const actor = await createPerson(database);
  const spread = learned[0]?.length === 2 ? SPREAD : null;
  const recipe = {
    ...{
      learner: "decision-tree",
      parameters: defaultParameters("decision-tree"),
      preparation: [],
    },
    balance: "none",
  } as const;
  const text = modelFileText({
    model: {
      fitted: { kind: "recipe", recipe, preparation: null, classCount: 2, model: null },
      ...{ features: [], label, spreads: learned.map(() => spread), incomplete: "drop" },
    },
    training: { recipe, search: null, weighting: "none" },
    ...{ spread, books: learned, intervalMs: HOUR_MS, seed: 1 },
    span: { startMs: 0, endMs: 99 * HOUR_MS },
    drift: learned.map(() => ({
      ...{ kind: "drift-reference", version: 1, rows: 0, features: [], loss: null },
    })),
  });
  // The card says nothing: the file does.
  const card = { ...MODEL_CARD, subject: undefined };
  const { versionId } = await createModel(database, actor, {
    ...{ runId: null, card, file: Buffer.from(text) },
  });
  return loadGate(
    { database, job: { workspaceId: actor.workspaceId } as never },
    {
      ...{ books, kind: of.kind ?? "z-score-reversion", intervalMs: HOUR_MS },
      trading: { startMs: 100 * HOUR_MS, endMs: 200 * HOUR_MS },
      gate: { modelVersionId: versionId, mode: "approve", threshold: of.threshold ?? 0.5 },
    },
    of.isRefitted ?? false,
  );
}

const POOL = [
  [1, 2],
  [3, 4],
];

test("each pair is the group that the model has learned from", async () => {
  const gate = await gateOn([[3, 4]], { learned: POOL });
  expect(gate).toMatchObject({ groups: [[1]], unlearned: [] });
  expect(gateNotes(gate, [])).toEqual([]);
});

test("each instrument of a basket is asked about as itself", async () => {
  const label = { ...LABEL, of: "close" } as const;
  const gate = await gateOn([[7, 8]], { learned: [[8], [7]], label, kind: "momentum-ranking" });
  expect(gate?.groups).toEqual([[1, 0]]);
});

test("a report says which pairs a pooled model has not learned from", async () => {
  const gate = await gateOn(
    [
      [3, 4],
      [5, 6],
    ],
    { learned: POOL },
  );
  expect(gate).toMatchObject({ groups: [[1], [0]], unlearned: [[5, 6]] });
  const legs = ["E", "F"].map((symbol, i) => ({ instrumentId: 5 + i, symbol, venue: "upload" }));
  expect(gateNotes(gate, legs)).toEqual([expect.stringContaining("has not learned from E/F:")]);
});

test.each([
  { name: "another pair", book: [5, 6] },
  { name: "its own pair turned round", book: [2, 1] },
])("regression: a model of one pair answered for $name, and nothing said so", async ({ book }) => {
  await expect(gateOn([book], { learned: [[1, 2]] })).rejects.toMatchObject({
    ...{ code: "invalid-input", field: "config.gate.modelVersionId" },
    message: expect.stringContaining("has not learned from one of these pairs"),
  });
  const anew = await gateOn([book], { learned: [[1, 2]], isRefitted: true });
  expect(anew).toMatchObject({ isRefitted: true, unlearned: [] });
});

test("what a file says that it is about decides, whatever its card leaves out", async () => {
  const volume = { ...LABEL, of: "volume-y" } as const;
  await expect(gateOn([[1, 2]], { learned: POOL, label: volume })).rejects.toMatchObject({
    field: "config.gate.modelVersionId",
  });
  await expect(gateOn([[1, 2]], { learned: [[1]] })).rejects.toThrow(/nothing of the other/);
  await expect(gateOn([[1, 2]], { learned: POOL, threshold: 5 })).rejects.toMatchObject({
    field: "config.gate.threshold",
  });
});

import { afterAll, beforeAll, expect, test } from "vitest";
import type { WalkForward } from "#contracts/backtest-plan.ts";
import type { ModelCard } from "#contracts/model.ts";
import { createModel, MODEL_CARD, newVersion } from "#server/model-world.test-support.ts";
import { createPerson, createWorld, strategyConfig } from "#server/world.test-support.ts";
import { createBacktest } from "./backtests.ts";
import { gateModelOf, gateModelsOf, unlearnedByGate } from "./gate-models.ts";
import { addModelVersion, deleteModel, moveModelVersion } from "./models.ts";
import { createStrategy, strategyOf } from "./strategies.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

/** A strategy behind a model that has learned from the bars up to so many bars from the start of trading. */
async function gated(barsFromTrading: number, own: Partial<ModelCard> = {}, file = {}) {
  const { database } = subject;
  const owner = await createPerson(database);
  const { instrumentY, instrumentX } = await createWorld(database, owner);
  const config = strategyConfig(instrumentY, instrumentX);
  const { startMs } = config.trading;
  const endMs = startMs + barsFromTrading * config.intervalMs;
  const book = [instrumentY, instrumentX].map((instrumentId) => ({
    ...{ instrumentId, symbol: "", venue: "upload" },
  }));
  const card = { ...MODEL_CARD, books: [book], span: { startMs: startMs - 1e9, endMs }, ...own };
  const { modelId, versionId } = await createModel(database, owner, {
    ...{ runId: null, card, file: Buffer.from(JSON.stringify(file)) },
  });
  const gate = { modelVersionId: versionId, mode: "approve", threshold: 0.5 } as const;
  const save = (threshold: number = gate.threshold) => {
    const named = { name: "Gated", notes: "", config: { ...config, gate: { ...gate, threshold } } };
    return createStrategy(database, owner.workspaceId, named);
  };
  return { database, owner, modelId, versionId, save, startMs, endMs };
}

test("every version of every model can be chosen by name, and says until when it has learned", async () => {
  const { database, owner, modelId } = await gated(-1);
  await addModelVersion(database, owner, modelId, newVersion("second"));
  const move = { modelId, version: 1, stage: "live", reason: "" } as const;
  await moveModelVersion(database, owner, move);
  const gates = await gateModelsOf(database, owner.workspaceId);
  const own = gates.filter((gate) => gate.modelId === modelId);
  expect(own.map(({ name, version, stage }) => [name, version, stage])).toEqual([
    ["Reverter", 2, "draft"],
    ["Reverter", 1, "live"],
  ]);
  expect(own[0]).toMatchObject({ legs: 2, learnedUntilMs: MODEL_CARD.span.endMs });
});

test("regression: a strategy named the version of its model by an id", async () => {
  const { database, owner, modelId, save, endMs } = await gated(-1);
  const strategy = await save();
  const gateModelOfStrategy = async () =>
    (await strategyOf(database, owner.workspaceId, strategy.id)).versions[0]?.gateModel;
  expect(await gateModelOfStrategy()).toMatchObject({
    ...{ name: "Reverter", version: 1, stage: "draft", isDeleted: false, learnedUntilMs: endMs },
  });
  await deleteModel(database, owner.workspaceId, modelId);
  expect(await gateModelOfStrategy()).toMatchObject({ name: "Reverter", isDeleted: true });
});

test("a single run over bars that the model has seen is refused, by the first date that is allowed", async () => {
  const { database, owner, save } = await gated(0);
  const start = createBacktest(database, owner, (await save()).versionId);
  await expect(start).rejects.toThrow(/Reverter v1 \(draft\) has learned from .* or later/);
  const unseen = await gated(-1);
  const { versionId } = await unseen.save();
  expect(await createBacktest(database, unseen.owner, versionId)).toMatchObject({
    backtestId: expect.any(String),
  });
});

const { subject: SUBJECT } = MODEL_CARD;
const VOLUME = SUBJECT && { ...SUBJECT, label: { ...SUBJECT.label, of: "volume-y" as const } };

test("regression: a model of a volume could be saved as a gate, and approved whatever it was asked", async () => {
  const { save } = await gated(-1, { subject: VOLUME });
  await expect(save()).rejects.toMatchObject({
    code: "invalid-input",
    field: "config.gate.modelVersionId",
    message: expect.stringContaining("volume of leg y"),
  });
});

const fileAbout = (subject: ModelCard["subject"]) =>
  ({ model: { label: subject?.label }, spread: subject?.spread }) as const;

test("of a card that does not say what it is about the file is asked", async () => {
  const good = await gated(-1, { subject: undefined }, fileAbout(SUBJECT));
  expect(await good.save()).toMatchObject({ versionId: expect.any(String) });
  const { save } = await gated(-1, { subject: undefined }, fileAbout(VOLUME));
  await expect(save()).rejects.toMatchObject({ field: "config.gate.modelVersionId" });
});

test("regression: that a gate had not learned from a pair was told by the run alone", async () => {
  const ask = async (own: Partial<ModelCard>, asked: readonly (readonly number[])[]) => {
    const { database, owner, versionId } = await gated(-1, own);
    const model = await gateModelOf(database.pool, owner.workspaceId, versionId);
    if (model === null) throw new Error("Invariant: it was registered above");
    return unlearnedByGate(database.pool, model, asked);
  };
  const leg = (instrumentId: number) => ({ instrumentId, symbol: "", venue: "upload" });
  const pair = [leg(1), leg(2)];
  expect(await ask({ books: [pair] }, [[1, 2]])).toEqual({ unlearned: [], refusal: null });
  expect(await ask({ books: [pair] }, [[2, 1]])).toEqual({
    unlearned: [[2, 1]],
    refusal: expect.stringContaining("has not learned from one of these pairs"),
  });
  const learner = { kind: "gradient-boosting", label: "Gradient boosting" };
  const spread = { kind: "rolling", windowBars: 250, price: "log" } as const;
  const pooled = {
    ...{ books: [pair, [leg(1), leg(3)]], learner },
    subject: SUBJECT && { ...SUBJECT, spread },
  };
  expect(
    await ask(pooled, [
      [1, 3],
      [2, 3],
    ]),
  ).toEqual({ unlearned: [[2, 3]], refusal: null });
});

test("a strategy that was saved before its model was refused is refused when it is to be run", async () => {
  const { database, owner, save } = await gated(-1);
  const { versionId } = await save();
  const other = await createModel(database, owner, {
    ...newVersion(),
    card: { ...MODEL_CARD, subject: VOLUME },
  });
  const { rows } = await database.pool.query<{ id: string }>(
    `insert into strategy_version (id, strategy_id, version, config, config_hash)
     select gen_random_uuid(), strategy_id, 2,
            jsonb_set(config, '{gate,modelVersionId}', to_jsonb($2::text)), 'older'
       from strategy_version where id = $1 returning id`,
    [versionId, other.versionId],
  );
  await expect(createBacktest(database, owner, rows[0]?.id ?? "")).rejects.toMatchObject({
    field: "strategyVersionId",
    message: expect.stringContaining("volume of leg y"),
  });
});

test("regression: a walk-forward behind a model chose the parameters of the strategy without it", async () => {
  const { database, owner, save } = await gated(-1);
  const { versionId } = await save();
  const walkForward = {
    ...{ formationBars: 60, tradingBars: 30, window: "rolling", purgeBars: 0, embargoBars: 0 },
    selection: { kind: "fixed" },
    optimise: { space: { entryZScore: [1, 2] }, objective: "sharpeRatio" },
  } as const;
  const start = (optimise: typeof walkForward.optimise | null) =>
    createBacktest(database, owner, versionId, {
      kind: "walk-forward",
      walkForward: { ...walkForward, optimise } as WalkForward,
    });
  await expect(start(walkForward.optimise)).rejects.toMatchObject({
    ...{ code: "invalid-input", field: "plan.walkForward.optimise" },
    message: expect.stringContaining("behind a model"),
  });
  expect(await start(null)).toMatchObject({ backtestId: expect.any(String) });
});

test("a single run of a pair that the model has not learned from is refused", async () => {
  const { database, owner, save } = await gated(-1, { books: MODEL_CARD.books });
  const { versionId } = await save();
  await expect(createBacktest(database, owner, versionId)).rejects.toMatchObject({
    field: "strategyVersionId",
    message: expect.stringContaining("has not learned from one of these pairs"),
  });
});

test("regression: a threshold of 5 was saved for a probability, and the strategy never traded", async () => {
  const { save } = await gated(-1);
  await expect(save(5)).rejects.toMatchObject({ field: "config.gate.threshold" });
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { createModel, MODEL_CARD, newVersion } from "#server/model-world.test-support.ts";
import { createPerson, createWorld, strategyConfig } from "#server/world.test-support.ts";
import { createBacktest } from "./backtests.ts";
import { gateModelsOf } from "./gate-models.ts";
import { addModelVersion, deleteModel, moveModelVersion } from "./models.ts";
import { createStrategy, strategyOf } from "./strategies.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

/** A strategy behind a model that has learned from the bars up to so many bars from the start of trading. */
async function gated(barsFromTrading: number) {
  const { database } = subject;
  const owner = await createPerson(database);
  const { instrumentY, instrumentX } = await createWorld(database, owner);
  const config = strategyConfig(instrumentY, instrumentX);
  const { startMs } = config.trading;
  const endMs = startMs + barsFromTrading * config.intervalMs;
  const card = { ...MODEL_CARD, span: { startMs: startMs - 1e9, endMs } };
  const { modelId, versionId } = await createModel(database, owner, newVersion("first", card));
  const gate = { modelVersionId: versionId, mode: "approve", threshold: 0.5 } as const;
  const named = { name: "Gated", notes: "", config: { ...config, gate } };
  const strategy = await createStrategy(database, owner.workspaceId, named);
  return { database, owner, modelId, versionId, strategy, startMs, endMs };
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
  const { database, owner, modelId, strategy, endMs } = await gated(-1);
  const gateModelOfStrategy = async () =>
    (await strategyOf(database, owner.workspaceId, strategy.id)).versions[0]?.gateModel;
  expect(await gateModelOfStrategy()).toMatchObject({
    ...{ name: "Reverter", version: 1, stage: "draft", isDeleted: false, learnedUntilMs: endMs },
  });
  await deleteModel(database, owner.workspaceId, modelId);
  expect(await gateModelOfStrategy()).toMatchObject({ name: "Reverter", isDeleted: true });
});

test("a single run over bars that the model has seen is refused, by the first date that is allowed", async () => {
  const { database, owner, strategy } = await gated(0);
  const start = createBacktest(database, owner, strategy.versionId);
  await expect(start).rejects.toThrow(/Reverter v1 \(draft\) has learned from .* or later/);
  const unseen = await gated(-1);
  expect(await createBacktest(database, unseen.owner, unseen.strategy.versionId)).toMatchObject({
    backtestId: expect.any(String),
  });
});

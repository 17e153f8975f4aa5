import { afterAll, beforeAll, expect, test } from "vitest";
import type { ModelCard, ModelStage } from "#contracts/model.ts";
import { createModel, MODEL_CARD, newVersion } from "#server/model-world.test-support.ts";
import { createPerson } from "#server/world.test-support.ts";
import type { Database } from "./client.ts";
import {
  addModelVersion,
  deleteModel,
  liveVersionOf,
  type ModelActor,
  modelFile,
  modelOf,
  modelsOf,
  moveModelVersion,
  registerModel,
  renameModel,
  restoreModel,
  rollBackModel,
} from "./models.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

const SUBJECT = MODEL_CARD.subject as NonNullable<ModelCard["subject"]>;

let subject: TestDatabase;
let database: Database;
beforeAll(async () => {
  subject = await createTestDatabase();
  database = subject.database;
});
afterAll(() => subject.drop());

/** A model with so many versions, and what can be done with it. */
async function newModel(versions = 1) {
  const actor: ModelActor = await createPerson(database);
  const { modelId, versionId } = await createModel(database, actor);
  for (let version = 2; version <= versions; version++) {
    await addModelVersion(database, actor, modelId, newVersion());
  }
  const move = (version: number, stage: ModelStage, reason = "") =>
    moveModelVersion(database, actor, { modelId, version, stage, reason });
  const view = () => modelOf(database, actor.workspaceId, modelId);
  const stages = async () =>
    (await view()).versions.toReversed().map(({ stage }): ModelStage => stage);
  return { actor, modelId, versionId, move, view, stages };
}

test("a registered model is a draft with its card, its hash and an event", async () => {
  const { actor, view } = await newModel();
  expect(await view()).toMatchObject({
    ...{ name: "Reverter", notes: "my own thoughts", synthetic: false },
    versions: [{ version: 1, stage: "draft", card: MODEL_CARD, runId: null }],
    events: [
      {
        ...{ version: 1, action: "import", fromStage: null, toStage: "draft", reason: "" },
        userName: "Ada",
      },
    ],
  });
  expect((await view()).versions[0]?.contentHash).toMatch(/^[0-9a-f]{64}$/);
  expect(await modelsOf(database, actor.workspaceId)).toMatchObject([
    { name: "Reverter", versions: 1, liveVersion: null, shown: { version: 1, stage: "draft" } },
  ]);
});

test("the file of a version comes back byte for byte", async () => {
  const actor = await createPerson(database);
  const version = newVersion("the file");
  const { versionId, modelId } = await createModel(database, actor, version);
  const stored = await modelFile(database, actor.workspaceId, versionId);
  expect(stored).toMatchObject({ name: "Reverter", version: 1, modelId });
  expect(stored.file.equals(version.file)).toBe(true);
});

test("another file is the next version, and the same file the version that it already is", async () => {
  const { actor, modelId, view } = await newModel();
  const second = newVersion("second");
  const added = await addModelVersion(database, actor, modelId, second);
  expect(added.version).toBe(2);
  expect(await addModelVersion(database, actor, modelId, second)).toEqual(added);
  const { versions, events } = await view();
  expect(versions.map(({ version }) => version)).toEqual([2, 1]);
  expect(events).toHaveLength(2);
});

test("the same file registered twice at once is one version", async () => {
  const { actor, modelId, view } = await newModel();
  const version = newVersion("raced");
  const add = () => addModelVersion(database, actor, modelId, version);
  const [first, second] = await Promise.all([add(), add()]);
  expect(second).toEqual(first);
  expect((await view()).versions).toHaveLength(2);
});

test("a version that goes live takes the place of the one that is, which becomes a candidate", async () => {
  const { actor, modelId, move, view, stages } = await newModel(2);
  expect(await liveVersionOf(database, actor.workspaceId, modelId)).toBeNull();
  expect(await move(1, "live", "the first")).toEqual({ replaced: null });
  expect(await move(2, "live", "better")).toEqual({ replaced: 1 });
  expect(await stages()).toEqual(["candidate", "live"]);
  expect(await liveVersionOf(database, actor.workspaceId, modelId)).toMatchObject({ version: 2 });
  expect((await view()).events.slice(0, 3)).toMatchObject([
    { version: 2, action: "move", fromStage: "draft", toStage: "live", reason: "better" },
    { version: 1, fromStage: "live", toStage: "candidate", reason: "Replaced by version 2" },
    { version: 1, fromStage: "draft", toStage: "live", reason: "the first", userName: "Ada" },
  ]);
  expect(await modelsOf(database, actor.workspaceId)).toMatchObject([
    { versions: 2, liveVersion: 2, shown: { version: 2 } },
  ]);
});

test("a move to where a version is already, and of one that is not there, is refused", async () => {
  const { move, view } = await newModel();
  await expect(move(1, "draft")).rejects.toMatchObject({ code: "conflict" });
  await expect(move(2, "live")).rejects.toMatchObject({ code: "not-found" });
  expect((await view()).events).toHaveLength(1);
});

test("rolling back brings the version that was live before, and says so in the history", async () => {
  const { actor, modelId, move, view, stages } = await newModel(3);
  await move(1, "live");
  await move(3, "live");
  const back = () => rollBackModel(database, actor, { modelId, reason: "worse in practice" });
  expect(await back()).toEqual({ version: 1 });
  expect(await stages()).toEqual(["live", "draft", "candidate"]);
  expect((await view()).events[0]).toMatchObject({
    ...{ version: 1, action: "roll-back", fromStage: "candidate", toStage: "live" },
    reason: "worse in practice",
  });
});

test("what was live stays where a roll-back leads to when it has been retired", async () => {
  const { actor, modelId, move, stages } = await newModel();
  await move(1, "live");
  await move(1, "retired");
  expect(await liveVersionOf(database, actor.workspaceId, modelId)).toBeNull();
  await rollBackModel(database, actor, { modelId, reason: "" });
  expect(await stages()).toEqual(["live"]);
});

test("nothing is rolled back where no other version has been live", async () => {
  const { actor, modelId, move, stages } = await newModel(2);
  await move(2, "live");
  await expect(rollBackModel(database, actor, { modelId, reason: "" })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await stages()).toEqual(["draft", "live"]);
});

test("one version is live, however many are promoted at once", async () => {
  const { actor, modelId, move, view, stages } = await newModel(6);
  const versions = [1, 2, 3, 4, 5, 6];
  const replaced = await Promise.all(versions.map((version) => move(version, "live")));
  expect((await stages()).filter((stage) => stage === "live")).toHaveLength(1);
  // Each but the first has replaced another one.
  const live = await liveVersionOf(database, actor.workspaceId, modelId);
  const others = versions.filter((version) => version !== live?.version);
  const seen = replaced.flatMap((one) => one.replaced ?? []);
  expect(seen.toSorted((a, b) => a - b)).toEqual(others);
  const { events } = await view();
  expect(events.filter(({ toStage }) => toStage === "live")).toHaveLength(6);
});

test("a model of another workspace does not exist", async () => {
  const { modelId, versionId } = await newModel();
  const stranger = await createPerson(database);
  const { workspaceId } = stranger;
  const wanted = { modelId, version: 1, stage: "live", reason: "" } as const;
  const attempts: (() => Promise<unknown>)[] = [
    () => modelOf(database, workspaceId, modelId),
    () => modelFile(database, workspaceId, versionId),
    () => liveVersionOf(database, workspaceId, modelId),
    () => addModelVersion(database, stranger, modelId, newVersion()),
    () => moveModelVersion(database, stranger, wanted),
    () => rollBackModel(database, stranger, { modelId, reason: "" }),
    () => renameModel(database, workspaceId, modelId, { name: "Mine", notes: "" }),
    () => deleteModel(database, workspaceId, modelId),
    () => restoreModel(database, workspaceId, modelId),
  ];
  for (const attempt of attempts) {
    await expect(attempt()).rejects.toMatchObject({ code: "not-found" });
  }
  expect(await modelsOf(database, workspaceId)).toEqual([]);
});

test.each([
  { name: "card", sql: `update model_version set card = '{}' where id = $1` },
  { name: "file", sql: `update model_version set file = '\\x00' where id = $1` },
  { name: "hash", sql: `update model_version set content_hash = '' where id = $1` },
  { name: "number", sql: "update model_version set version = 9 where id = $1" },
])("the $name of a version cannot be changed", async ({ sql }) => {
  const { versionId } = await newModel();
  await expect(database.pool.query(sql, [versionId])).rejects.toThrow(
    "a model version is immutable but for its stage",
  );
});

test("two live versions cannot be written even past the registry", async () => {
  const { modelId } = await newModel(2);
  await expect(
    database.pool.query("update model_version set stage = 'live' where model_id = $1", [modelId]),
  ).rejects.toThrow("model_version_live_key");
});

test("a deleted model answers nobody, and comes back with everything that it was", async () => {
  const { actor, modelId, versionId, move, view } = await newModel(2);
  const { workspaceId } = actor;
  await move(2, "live");
  const before = await view();
  await deleteModel(database, workspaceId, modelId);
  await expect(view()).rejects.toMatchObject({ code: "not-found" });
  await expect(modelFile(database, workspaceId, versionId)).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(move(1, "live")).rejects.toMatchObject({ code: "not-found" });
  await expect(liveVersionOf(database, workspaceId, modelId)).rejects.toMatchObject({
    code: "not-found",
  });
  expect(await modelsOf(database, workspaceId)).toEqual([]);
  await restoreModel(database, workspaceId, modelId);
  expect(await view()).toEqual(before);
});

test("an event keeps the name of whoever did it, whatever becomes of the person", async () => {
  const { actor, view } = await newModel();
  await database.pool.query("update user_account set name = 'Grace' where id = $1", [actor.userId]);
  expect((await view()).events[0]?.userName).toBe("Ada");
});

test("a model that learned from generated prices says so", async () => {
  const actor = await createPerson(database);
  const books = [[{ instrumentId: 1, symbol: "SYN", venue: "demo" }]];
  const version = newVersion(undefined, { ...MODEL_CARD, books });
  const { modelId } = await registerModel(database, actor, { name: "S", notes: "", ...version });
  expect(await modelOf(database, actor.workspaceId, modelId)).toMatchObject({ synthetic: true });
});

test.each<{ name: string; own: Partial<ModelCard>; is: RegExp }>([
  { name: "interval", own: { intervalMs: 60_000 }, is: /bars of another interval/ },
  { name: "legs", own: { books: [MODEL_CARD.books[0]?.slice(0, 1) ?? []] }, is: /number of legs/ },
  { name: "classes", own: { classes: [] }, is: /other classes/ },
  { name: "label", own: { label: "change" }, is: /another label/ },
  {
    name: "settings of the label",
    own: { subject: { ...SUBJECT, label: { ...SUBJECT.label, of: "close-x" } as never } },
    is: /a label with other settings/,
  },
  {
    name: "spread",
    own: { subject: { ...SUBJECT, spread: { kind: "rolling", windowBars: 99, price: "log" } } },
    is: /a spread that is made in another way/,
  },
])(
  "regression: a version with another $name changed what its model was asked",
  async ({ own, is }) => {
    const { actor, modelId } = await newModel();
    const other = newVersion(undefined, { ...MODEL_CARD, ...own });
    await expect(addModelVersion(database, actor, modelId, other)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(is),
    });
  },
);

import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "#db/client.ts";
import { addModelVersion, moveModelVersion } from "#db/models.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { newToken } from "./auth/session-token.ts";
import { createModel, MODEL_CARD, newVersion } from "./model-world.test-support.ts";
import { createCaller } from "./root.ts";
import { createPerson, signIn, testContext } from "./world.test-support.ts";

let subject: TestDatabase;
let database: Database;
beforeAll(async () => {
  subject = await createTestDatabase();
  database = subject.database;
});
afterAll(() => subject.drop());

const anonymous = () => createCaller(testContext(database));
const NOT_FOUND = { code: "NOT_FOUND" };

async function sharedModel(lifetimeDays: number | null = 7) {
  const owner = await createPerson(database);
  const model = await createModel(database, owner);
  const session = await signIn(database, owner);
  const caller = createCaller(testContext(database, { session }));
  const link = await caller.shares.createModel({
    ...{ modelVersionId: model.versionId, label: "for a friend", lifetimeDays },
  });
  return { owner, model, caller, link };
}

test("a link opens the model card for anyone, and its owner sees that it was opened", async () => {
  const { model, caller, link } = await sharedModel();
  expect(link.path).toBe(`/r/m/${link.token}`);
  const { trainedBy: _trainedBy, books: _books, subject: _subject, ...card } = MODEL_CARD;
  expect(await anonymous().shares.openModel({ token: link.token })).toMatchObject({
    ...{ name: "Reverter", version: 1, stage: "draft", synthetic: false, isImported: true, card },
  });
  expect(await caller.shares.list()).toMatchObject([
    {
      ...{ kind: "model", modelId: model.modelId, modelName: "Reverter", modelVersion: 1 },
      ...{ label: "for a friend", subject: "AAA / BBB", state: "active", openCount: 1 },
    },
  ]);
});

test("what a link opens has no people, no notes and no ids", async () => {
  const { owner, model, link } = await sharedModel();
  const view = await anonymous().shares.openModel({ token: link.token });
  expect(view.card.trainedBy).toBeNull();
  const text = JSON.stringify(view);
  const { rows } = await database.pool.query<{ name: string }>(
    "select name from workspace where id = $1",
    [owner.workspaceId],
  );
  const secrets = [
    ...[owner.userId, owner.workspaceId, owner.email, model.modelId, model.versionId, link.id],
    ...["Ada", "my own thoughts", "7001", ...rows.map(({ name }) => name)],
  ];
  for (const secret of secrets) expect(text).not.toContain(secret);
});

test("a link goes on to open the version that it was made for, with its stage of now", async () => {
  const { owner, model, link } = await sharedModel();
  const { modelId } = model;
  const next = await addModelVersion(database, owner, modelId, newVersion());
  await moveModelVersion(database, owner, {
    ...{ modelId, version: next.version, stage: "live", reason: "" },
  });
  await moveModelVersion(database, owner, { modelId, version: 1, stage: "retired", reason: "" });
  expect(await anonymous().shares.openModel({ token: link.token })).toMatchObject({
    ...{ version: 1, stage: "retired" },
  });
});

test("a link to a model opens no report, and one that is not there opens no model", async () => {
  const { link } = await sharedModel();
  await expect(anonymous().shares.open({ token: link.token })).rejects.toMatchObject(NOT_FOUND);
  await expect(anonymous().shares.openModel({ token: newToken() })).rejects.toMatchObject(
    NOT_FOUND,
  );
});

test("a version of another workspace cannot be shared", async () => {
  const { model } = await sharedModel();
  const stranger = await signIn(database, await createPerson(database));
  const caller = createCaller(testContext(database, { session: stranger }));
  await expect(
    caller.shares.createModel({ modelVersionId: model.versionId, label: "", lifetimeDays: 1 }),
  ).rejects.toMatchObject(NOT_FOUND);
});

test("a revoked link opens nothing, and says so in the list", async () => {
  const { caller, link } = await sharedModel(null);
  await caller.shares.revoke({ id: link.id });
  await expect(anonymous().shares.openModel({ token: link.token })).rejects.toMatchObject(
    NOT_FOUND,
  );
  expect(await caller.shares.list()).toMatchObject([{ kind: "model", state: "revoked" }]);
});

test.each([
  {
    name: "has expired",
    sql: "update share set expires_at = now() - interval '1 second' where id = $1",
  },
  {
    name: "leads to a deleted model",
    sql: `update model set deleted_at = now() from share, model_version v
           where share.id = $1 and v.id = share.model_version_id and model.id = v.model_id`,
  },
  {
    name: "is a guest's who has expired",
    sql: `update workspace set expires_at = now() - interval '1 second' from share
           where share.id = $1 and workspace.id = share.workspace_id`,
  },
])("a link that $name opens nothing", async ({ sql }) => {
  const { link } = await sharedModel();
  await database.pool.query(sql, [link.id]);
  await expect(anonymous().shares.openModel({ token: link.token })).rejects.toMatchObject(
    NOT_FOUND,
  );
});

test("guessing tokens of models is limited", async () => {
  const env = { RATE_LIMIT_FACTOR: 2 / 600 };
  const caller = createCaller({ ...testContext(database, { env }), address: "198.51.100.8" });
  const guess = () => caller.shares.openModel({ token: newToken() }).catch(({ code }) => code);
  expect([await guess(), await guess(), await guess()]).toEqual([
    ...["NOT_FOUND", "NOT_FOUND", "TOO_MANY_REQUESTS"],
  ]);
});

// A model goes from a run into the registry, out as a file, and into another workspace; and no other way.
import { afterAll, beforeAll, expect, test } from "vitest";
import { MODEL_FILE_MAX } from "#contracts/model.ts";
import { modelFile } from "#db/models.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { modelFileText, readModelFile } from "#quant/learning/models/model-file.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { sealedFile } from "./model-seal.ts";
import { createCaller } from "./root.ts";
import {
  createPerson,
  createWorld,
  signIn,
  TEST_ENV,
  testContext,
  type World,
} from "./world.test-support.ts";

let subject: TestDatabase;
let world: World;
let maker: ReturnType<typeof createCaller>;
let file: string;

beforeAll(async () => {
  subject = await createTestDatabase();
  const owner = await createPerson(subject.database);
  world = await createWorld(subject.database, owner);
  maker = await callerOf(owner);
  const { versionId } = await maker.models.register({
    ...{ runId: world.runId, model: "1", group: "pooled" },
    as: { kind: "new", name: "Reverter", notes: "" },
  });
  const stored = await modelFile(subject.database, world.workspaceId, versionId);
  file = stored.file.toString("utf8");
});
afterAll(() => subject.drop());

async function callerOf(home: Parameters<typeof signIn>[1]) {
  const session = await signIn(subject.database, home);
  return createCaller(testContext(subject.database, { session }));
}

test("a file comes back as a draft with the card that it left with, also into another workspace", async () => {
  const reader = await callerOf(await createPerson(subject.database));
  const { modelId } = await reader.models.import({ name: "Brought", file });
  const { versions } = await reader.models.get({ id: modelId });
  expect(versions[0]).toMatchObject({ stage: "draft", runId: null });
  expect(versions[0]?.card).toEqual(JSON.parse(file).card);
});

test.each([
  {
    name: "a tree that leads to itself",
    text: () => file.replace('"fitted":{', '"fitted":{"left":[0],'),
  },
  {
    name: "a better score",
    text: () => file.replace('"logLoss":{"value":0.69', '"logLoss":{"value":0.1'),
  },
  { name: "no seal", text: () => file.replace(/,"seal".*/, "}") },
])("a file with $name is refused, and changes nothing", async ({ text }) => {
  const before = await maker.models.list();
  expect(text()).not.toBe(file);
  await expect(maker.models.import({ name: "Forged", file: text() })).rejects.toMatchObject({
    code: "UNSUPPORTED_MEDIA_TYPE",
    message: expect.stringContaining("was changed since"),
  });
  expect(await maker.models.list()).toEqual(before);
});

test("a file of another installation is refused", async () => {
  const session = await signIn(subject.database, await createPerson(subject.database));
  const env = { NEXTAUTH_SECRET: "the secret of another installation, long enough" };
  const elsewhere = createCaller(testContext(subject.database, { session, env }));
  await expect(elsewhere.models.import({ name: "Foreign", file })).rejects.toMatchObject({
    code: "UNSUPPORTED_MEDIA_TYPE",
  });
});

test("regression: the file of a large forest left, and was too large to come back", async () => {
  const { card } = JSON.parse(file);
  const random = createRandom(1);
  // A forest of as many questions as a hundred trees of 50,000 rows have.
  const asked = Float64Array.from({ length: 2_000_000 }, () => random.uniform());
  const { model, ...rest } = readModelFile(file);
  const fitted = { ...model.fitted, model: { threshold: asked } };
  const text = modelFileText({ ...rest, model: { ...model, fitted } });
  const large = sealedFile(
    TEST_ENV.NEXTAUTH_SECRET,
    `${text.slice(0, -1)},"card":${JSON.stringify(card)}}`,
  );
  expect(large.length).toBeGreaterThan(20_000_000);
  expect(large.length).toBeLessThan(MODEL_FILE_MAX);
  const { versionId } = await maker.models.import({ name: "Forest", file: large });
  const stored = await modelFile(subject.database, world.workspaceId, versionId);
  expect(stored.file.equals(Buffer.from(large))).toBe(true);
  const again = await maker.models.import({ name: "Again", file: stored.file.toString("utf8") });
  const { versions } = await maker.models.get({ id: again.modelId });
  expect(versions[0]).toMatchObject({ fileBytes: large.length, card });
});

test("a file above the limit is refused by its size", async () => {
  await expect(
    maker.models.import({ name: "Huge", file: " ".repeat(MODEL_FILE_MAX + 1) }),
  ).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

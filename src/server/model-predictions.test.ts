import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createCaller } from "./root.ts";
import { createPerson, createWorld, signIn, testContext } from "./world.test-support.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

test("regression: probabilities had no names, and the pair turned round was answered as the pair", async () => {
  const { database } = subject;
  const owner = await createPerson(database);
  const world = await createWorld(database, owner);
  const caller = createCaller(testContext(database, { session: await signIn(database, owner) }));
  const { modelId } = await caller.models.register({
    ...{ runId: world.runId, model: "1", group: "pooled" },
    as: { kind: "new", name: "Reverter", notes: "" },
  });
  await caller.models.move({ id: modelId, version: 1, stage: "live", reason: "" });
  const { instrumentY: y, instrumentX: x } = world;
  const said = await caller.models.predict({
    id: modelId,
    books: [
      [y, x],
      [x, y],
    ],
  });
  expect(said).toMatchObject([
    { kind: "predicted", classes: ["down or unchanged", "up"], isLearned: true },
    { kind: "refused", message: expect.stringContaining("has not learned from this pair") },
  ]);
});

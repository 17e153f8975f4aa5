import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createCaller } from "./root.ts";
import { createPerson, createWorld, signIn, testContext } from "./world.test-support.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

test("an import into a workspace that is full is refused before it starts", async () => {
  const { database } = subject;
  const owner = await createPerson(database);
  const world = await createWorld(database, owner);
  const session = await signIn(database, owner);
  const input = { ids: [world.inspectedUploadId], badRows: "skip" as const };
  const callerWith = (barsMax: number) =>
    createCaller(testContext(database, { session, env: { BARS_MAX: barsMax } }));
  await expect(callerWith(480).uploads.import(input)).rejects.toMatchObject({
    code: "PAYLOAD_TOO_LARGE",
  });
  await expect(callerWith(481).uploads.import(input)).resolves.toHaveProperty("jobId");
});

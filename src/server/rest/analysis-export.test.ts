import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createPerson, createWorld, START_MS, signIn, testContext } from "../world.test-support.ts";
import { exportAnalysis } from "./series-export.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

test("the file of an analysis has every bar of every view, and strangers get none", async () => {
  const { database } = subject;
  const owner = await createPerson(database);
  const world = await createWorld(database, owner);
  const own = testContext(database, { session: await signIn(database, owner) });
  const answer = await exportAnalysis(own, world.analysisId, new URLSearchParams());
  const rows = parse<Record<string, string>>(await answer.text(), { columns: true });
  expect(rows).toHaveLength(100);
  expect(rows[0]?.["time (UTC)"]).toBe(new Date(START_MS).toISOString());
  expect(Object.keys(rows[0] ?? {})).toContain("engleGrangerPValue");
  expect(Object.keys(rows[0] ?? {})[1]).toMatch(/^close Y: AAA/);
  const stranger = testContext(database, {
    session: await signIn(database, await createPerson(database)),
  });
  await expect(
    exportAnalysis(stranger, world.analysisId, new URLSearchParams()),
  ).rejects.toMatchObject({ code: "not-found" });
});

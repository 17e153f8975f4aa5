import { afterAll, beforeAll, expect, test } from "vitest";
import type { Verification } from "#contracts/verification.ts";
import { createCaller } from "#server/root.ts";
import { createPerson, createWorld, signIn, testContext } from "#server/world.test-support.ts";
import type { Database } from "./client.ts";
import { recentJobs } from "./jobs.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { saveVerificationOutcome, verificationTask } from "./verifications.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

const OUTCOME: NonNullable<Verification["outcome"]> = {
  agrees: false,
  hashes: { orders: "o-hash", fills: "f-hash", equity: "e-hash" },
  parts: [
    { name: "fills", reported: "fills-hash", found: "f-hash", agrees: false },
    { name: "expectancy", reported: "12345.5", found: "12345.5", agrees: true },
  ],
  durationMs: 5,
};

async function newWorld() {
  const { database } = subject;
  const owner = await createPerson(database);
  const world = await createWorld(database, owner);
  const caller = createCaller(testContext(database, { session: await signIn(database, owner) }));
  return { database, world, caller, anyone: createCaller(testContext(database)) };
}

async function finish(database: Database, id: string) {
  await saveVerificationOutcome(database.pool, id, OUTCOME);
  await database.pool.query(
    `update job set state = 'succeeded', progress = 1, finished_at = now()
       from verification where verification.id = $1 and job.id = verification.job_id`,
    [id],
  );
}

test("while one verification is under way, it is the answer to its owner and to everybody with a link", async () => {
  const { database, world, caller, anyone } = await newWorld();
  const { backtestId: id, shareToken: token, workspaceId } = world;
  expect(await caller.backtests.verification({ id })).toBeNull();
  const started = await Promise.all([
    anyone.shares.verify({ token }),
    caller.backtests.verify({ id }),
    anyone.shares.verify({ token }),
  ]);
  expect(new Set(started.map((one) => one.id)).size).toBe(1);
  const [first] = started;
  expect(first).toMatchObject({ state: "queued", outcome: null, error: null });
  expect(await caller.backtests.verification({ id })).toEqual(first);
  const jobs = await recentJobs(database, workspaceId);
  expect(jobs.find(({ kind }) => kind === "verification")).toMatchObject({
    subjectId: id,
    title: "Verification of Strategy v1",
  });
  await finish(subject.database, first.id);
  expect((await anyone.shares.verify({ token })).id).not.toBe(first.id);
});

test("a link without sizes says what agrees, and not what the figures are", async () => {
  const { world, caller, anyone } = await newWorld();
  const { backtestId: id, shareToken: token } = world;
  await finish(subject.database, (await anyone.shares.verify({ token })).id);
  expect(await caller.backtests.verification({ id })).toMatchObject({
    state: "succeeded",
    outcome: OUTCOME,
  });
  const shown = await anyone.shares.verification({ token });
  expect(shown?.outcome).toMatchObject({
    agrees: false,
    hashes: null,
    parts: [
      { name: "fills", agrees: false },
      { name: "expectancy", agrees: true },
    ],
  });
  expect(JSON.stringify(shown)).not.toMatch(/-hash|12345/);
});

test("a verification reads the backtest as it was run, and what its report says", async () => {
  const { database, world, caller } = await newWorld();
  const { id } = await caller.backtests.verify({ id: world.backtestId });
  const task = await verificationTask(database.pool, world.workspaceId, id);
  expect(task).toMatchObject({
    verificationId: id,
    backtest: { backtestId: world.backtestId, plan: { kind: "single" } },
    report: { finalEquity: 20_003 },
  });
  await database.pool.query("update backtest set report = null where id = $1", [world.backtestId]);
  expect(await verificationTask(database.pool, world.workspaceId, id)).toBeNull();
  await expect(caller.backtests.verify({ id: world.backtestId })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("what was found stays when its job has been cleared away", async () => {
  const { database, world, caller } = await newWorld();
  const { id } = await caller.backtests.verify({ id: world.backtestId });
  await finish(subject.database, id);
  await database.pool.query(
    "delete from job using verification where verification.id = $1 and job.id = job_id",
    [id],
  );
  expect(await caller.backtests.verification({ id: world.backtestId })).toMatchObject({
    state: "succeeded",
    outcome: { agrees: false },
  });
});

test.each([
  { limit: "link", address: () => `198.51.100.${Math.floor(Math.random() * 200)}` },
  { limit: "address", address: () => "198.51.100.1" },
])("verifications through a link are limited, by $limit", async ({ address }) => {
  const { database, world } = await newWorld();
  await database.pool.query("delete from rate_limit");
  const env = { RATE_LIMIT_FACTOR: 2 / 20 };
  const codes: string[] = [];
  for (let i = 0; i < 3; i++) {
    const context = { ...testContext(database, { env }), address: address() };
    const { shares } = createCaller(context);
    codes.push(
      await shares.verify({ token: world.shareToken }).then(
        () => "ok",
        ({ code }) => code,
      ),
    );
    // What is under way is answered without a use of the limits.
    await database.pool.query("update job set state = 'failed' where state = 'queued'");
  }
  expect(codes).toEqual(["ok", "ok", "TOO_MANY_REQUESTS"]);
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { AlertRuleInput } from "#contracts/alert.ts";
import { createPerson } from "#server/world.test-support.ts";
import { createAlertRule } from "./alert-rules.ts";
import { pairRule } from "./alert-world.test-support.ts";
import { alertsAfter } from "./alerts.ts";
import { type ClaimedJob, claimJob, finishJob, insertJob, type JobOutcome } from "./jobs.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { inTransaction } from "./transaction.ts";

let context: TestDatabase;
let owner: { workspaceId: string; userId: string };

beforeAll(async () => {
  context = await createTestDatabase();
});
afterAll(() => context.drop());
beforeEach(async () => {
  owner = await createPerson(context.database);
});

const FAILED: JobOutcome = {
  state: "failed",
  error: { code: "invalid-input", message: "The window is too short", field: null },
};

function addRule(
  metric: "job-failed" | "job-succeeded",
  change: Partial<AlertRuleInput> = {},
): Promise<string> {
  const subject = { kind: "job", metric } as const;
  return createAlertRule(context.database, owner, pairRule(randomUUID(), { subject, ...change }));
}

async function claimedJob(): Promise<ClaimedJob> {
  const { database } = context;
  const params = { kind: "scan", scanId: randomUUID() } as const;
  const job = { workspaceId: owner.workspaceId, createdBy: owner.userId, params };
  const claimed = await claimJob(database, await insertJob(database.pool, job));
  if (claimed === null) throw new Error("Invariant: a new job can be claimed");
  return claimed;
}

const finish = (job: ClaimedJob, outcome: JobOutcome) =>
  inTransaction(context.database.pool, (client) => finishJob(client, job, outcome));

async function messages(): Promise<string[]> {
  const alerts = await alertsAfter(context.database, owner.workspaceId, 0);
  return alerts.map(({ message }) => message);
}

test("each job that fails is one alert, whoever else believes to have run it", async () => {
  await addRule("job-failed");
  const job = await claimedJob();
  const ends = await Promise.all([finish(job, FAILED), finish(job, FAILED), finish(job, FAILED)]);
  expect(ends.filter((isHeld) => isHeld)).toHaveLength(1);
  await finish(await claimedJob(), FAILED);
  expect(await messages()).toEqual([
    "A scan has failed: The window is too short",
    "A scan has failed: The window is too short",
  ]);
  const [alert] = await alertsAfter(context.database, owner.workspaceId, 0);
  expect(alert).toMatchObject({ value: null, href: "/jobs" });
});

test("a rule hears of the outcome that it is about, in its own workspace, while it is on", async () => {
  await addRule("job-succeeded");
  await addRule("job-succeeded", { isEnabled: false });
  const first = owner;
  const job = await claimedJob();
  await finish(await claimedJob(), FAILED);
  await finish(await claimedJob(), { state: "cancelled" });
  owner = await createPerson(context.database);
  await finish(await claimedJob(), { state: "succeeded", result: null });
  expect(await messages()).toEqual([]);
  owner = first;
  expect(await messages()).toEqual([]);
  await finish(job, { state: "succeeded", result: null });
  expect(await messages()).toEqual(["A scan has finished"]);
});

test("an end that is rolled back has raised nothing", async () => {
  await addRule("job-failed");
  const job = await claimedJob();
  const end = inTransaction(context.database.pool, async (client) => {
    await finishJob(client, job, FAILED);
    throw new Error("the results cannot be stored");
  });
  await expect(end).rejects.toThrow("cannot be stored");
  expect(await messages()).toEqual([]);
  await finish(job, FAILED);
  expect(await messages()).toHaveLength(1);
});

test("within its cooldown a rule stays silent", async () => {
  await addRule("job-failed", { cooldownMs: 3_600_000 });
  await finish(await claimedJob(), FAILED);
  await finish(await claimedJob(), FAILED);
  expect(await messages()).toHaveLength(1);
});

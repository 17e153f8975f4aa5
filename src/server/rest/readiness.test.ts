import { expect, test } from "vitest";
import { judgeReadiness } from "./readiness.ts";

const HEALTHY = {
  appliedMigrations: ["1_initial", "2_more"],
  workerHeartbeatAgeMs: 1_500,
  queueLagMs: 20,
};
const EXPECTED = ["1_initial", "2_more"];

test("an installation where everything answers is ready", () => {
  expect(judgeReadiness(HEALTHY, EXPECTED).ready).toBe(true);
});

test.each([
  { name: "no database", health: null, failing: ["database", "migrations", "worker", "queue"] },
  {
    name: "a migration is missing",
    health: { ...HEALTHY, appliedMigrations: ["1_initial"] },
    failing: ["migrations"],
  },
  {
    name: "no worker was ever there",
    health: { ...HEALTHY, workerHeartbeatAgeMs: null },
    failing: ["worker"],
  },
  {
    name: "the worker is gone",
    health: { ...HEALTHY, workerHeartbeatAgeMs: 9_000 },
    failing: ["worker"],
  },
  { name: "nobody takes jobs", health: { ...HEALTHY, queueLagMs: 700_000 }, failing: ["queue"] },
])("not ready: $name", ({ health, failing }) => {
  const { ready, checks } = judgeReadiness(health, EXPECTED);
  expect(ready).toBe(false);
  const failed = Object.entries(checks).filter(([, { ok }]) => !ok);
  expect(failed.map(([name]) => name)).toEqual(failing);
});

test("a database that is ahead of the program is ready", () => {
  expect(judgeReadiness(HEALTHY, ["1_initial"]).ready).toBe(true);
});

// The promise of the feed, as a whole: no trade is lost or doubled, no gap stays open and no bar is wrong, whatever
// happens to the exchange, the database and the worker. The long form: `npm run bench -- faults --long`.
import { expect, test } from "vitest";
import { runFaults } from "./fault-run.test-support.ts";

test("twenty kills, disconnects, silence, bans, broken frames and database restarts lose and double nothing", {
  timeout: 420_000,
}, async () => {
  const report = await runFaults({
    seed: 4,
    kills: 20,
    disconnects: 20,
    databaseRestarts: 2,
    tradesPerSecond: 400,
    fsync: false,
    say: () => undefined,
  });
  expect(report.trades).toBeGreaterThan(5_000);
  expect(Object.keys(report.faults).length).toBeGreaterThanOrEqual(10);
  expect(report.gaps).toMatchObject({ restart: expect.any(Number) });
});

// The promise of the feed, as a whole: no trade is lost or doubled, no gap stays open and no bar is wrong, whatever
// happens to the exchange, the database and the worker. The long form: `npm run bench -- faults --long`.
import { expect, test } from "vitest";
import { NAMED_FAULTS, runFaults } from "./fault-run.test-support.ts";

test("twenty kills, disconnects, silence, bans, broken frames and database restarts lose and double nothing", {
  timeout: 420_000,
}, async () => {
  const [kills, databaseRestarts] = [20, 2];
  const report = await runFaults({
    seed: 3,
    kills,
    disconnects: 20,
    databaseRestarts,
    tradesPerSecond: 400,
    fsync: false,
    say: () => undefined,
  });
  expect(report.trades).toBeGreaterThan(5_000);
  // regression: the seed alone decided which faults there were, and half-open sockets were not among them.
  const bitten = Object.entries(report.faults).flatMap(([kind, count]) => (count > 0 ? kind : []));
  expect(bitten).toEqual(expect.arrayContaining([...NAMED_FAULTS]));
  expect(bitten.length).toBeGreaterThanOrEqual(10);
  expect(report).toMatchObject({ kills, databaseRestarts });
  expect(report.gaps).toMatchObject({ restart: expect.any(Number) });
});

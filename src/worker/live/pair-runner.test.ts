import { expect, test } from "vitest";
import { LIVE_PRESETS } from "#contracts/live-settings.ts";
import { LIVE_TIMES } from "./live-times.ts";
import { createMarketBoard } from "./market-board.ts";
import { PairRunner } from "./pair-runner.ts";

test("regression: what came while a snapshot was being stored was not told until the next trade", () => {
  const leg = (id: number) => ({
    id,
    symbol: `S${id}`,
    venue: "simulated" as const,
    market: "spot" as const,
  });
  const id = "00000000-0000-4000-8000-000000000001";
  const pair = { id, token: 1, settings: LIVE_PRESETS.desk, legY: leg(1), legX: leg(2) };
  const runner = new PairRunner(pair, LIVE_TIMES, undefined);
  const snapshot = runner.snapshot(createMarketBoard(), {
    nowMs: 1_000,
    venueMs: { y: 1_000, x: 1_000 },
  });
  runner.move();
  runner.sent(snapshot);
  expect(runner.dueInMs(1_000)).toBe(LIVE_TIMES.snapshotMs);
});

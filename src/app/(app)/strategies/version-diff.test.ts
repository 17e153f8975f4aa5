import { expect, test } from "vitest";
import type { StrategyVersionView } from "#contracts/strategy.ts";
import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";
import { versionDiff } from "./version-diff.ts";

const BEFORE: StrategyVersionView = {
  id: "00000000-0000-4000-8000-000000000001",
  version: 1,
  config: {
    kind: "z-score-reversion",
    instrumentY: 1,
    instrumentX: 2,
    intervalMs: 3_600_000,
    hedgeRatio: "formation",
    formation: { startMs: Date.UTC(2023, 0, 1), endMs: Date.UTC(2023, 6, 1) },
    trading: { startMs: Date.UTC(2023, 6, 1), endMs: Date.UTC(2024, 0, 1) },
    ...STRATEGY_DEFAULTS,
  },
  configHash: "a",
  legY: { instrumentId: 1, symbol: "AAA", venue: "upload" },
  legX: { instrumentId: 2, symbol: "BBB", venue: "upload" },
  createdAtMs: 0,
  backtestCount: 0,
};

test("only the settings that differ are marked as changed", () => {
  const after = {
    ...BEFORE,
    config: { ...BEFORE.config, entryZScore: 2.5, stopZScore: null },
  };
  const changed = versionDiff(BEFORE, after).filter((row) => row.changed);
  expect(changed).toEqual([
    { label: "Entry", unit: "standard deviations", before: "2", after: "2.5", changed: true },
    { label: "Stop", unit: "standard deviations", before: "4", after: "no stop", changed: true },
  ]);
});

test("times are compared in UTC", () => {
  const row = versionDiff(BEFORE, BEFORE).find(({ label }) => label === "Formation until");
  expect(row?.before).toBe("2023-07-01 00:00");
});

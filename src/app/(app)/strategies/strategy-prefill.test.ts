import { expect, test } from "vitest";
import type { StrategyConfig } from "#contracts/strategy.ts";
import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { PAIR_SETTING_DEFAULTS } from "../pairs/pair-settings.ts";
import { testCoverage } from "./strategy.test-support.ts";
import { checkStrategy } from "./strategy-check.ts";
import type { StrategyFormValues } from "./strategy-form-values.ts";
import {
  blankStrategy,
  datesOfInstruments,
  strategyOfPair,
  withSettings,
} from "./strategy-prefill.ts";
import { presetOf, STRATEGY_PRESETS } from "./strategy-presets.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2023, 0, 1);
const END_MS = Date.UTC(2025, 0, 1);
const SERIES = [testCoverage(1), testCoverage(2), testCoverage(3)];
const FORMATION = { startMs: START_MS, endMs: Date.UTC(2023, 6, 1) };
const PAIR = { instrumentY: 1, instrumentX: 2, intervalMs: HOUR_MS, formation: FORMATION };

function saved(config: StrategyFormValues): StrategyConfig | null {
  return checkStrategy({ name: "A name", notes: "", tags: "", config }, SERIES).config;
}

test("a strategy on a scanned pair trades from the end of the scan's window to the end of the data", () => {
  const config = saved(strategyOfPair(PAIR, SERIES));
  expect(config?.books).toEqual([[1, 2]]);
  expect(config?.formation).toEqual(FORMATION);
  expect(config?.trading).toEqual({ startMs: FORMATION.endMs, endMs: END_MS });
});

test("a scan over all the data is split again, so that something is left to trade", () => {
  const formation = { startMs: START_MS, endMs: END_MS };
  const config = saved(strategyOfPair({ ...PAIR, formation }, SERIES));
  expect(config?.formation.endMs).toBeLessThan(END_MS);
  expect(config?.trading.endMs).toBe(END_MS);
});

test("the thresholds of the pair's page are those of the strategy", () => {
  const settings = { ...PAIR_SETTING_DEFAULTS, entryZScore: 1.5, stopZScore: null };
  const config = saved(withSettings(strategyOfPair(PAIR, SERIES), settings));
  expect(config?.parameters).toMatchObject({
    zScoreWindowBars: 120,
    entryZScore: 1.5,
    exitZScore: 0,
    stopZScore: null,
  });
});

const KINDS = Object.keys(STRATEGIES) as StrategyKind[];

test.each(KINDS)("a strategy of %s on a pair needs nothing more to be saved", (kind) => {
  expect(saved(strategyOfPair(PAIR, SERIES, blankStrategy(kind)))?.kind).toBe(kind);
});

test.each(STRATEGY_PRESETS)("the settings of $label are whole", (preset) => {
  const config = saved(strategyOfPair(PAIR, SERIES, blankStrategy(preset.kind, preset)));
  expect(config?.kind).toBe(preset.kind);
  expect(config?.parameters).toMatchObject(preset.settings.parameters ?? {});
  expect(presetOf(preset.id)).toBe(preset);
});

test("dates are suggested when every instrument has prices", () => {
  expect(datesOfInstruments(SERIES, [1, 2, 3], HOUR_MS)?.trading.endMs).toBe(END_MS);
  expect(datesOfInstruments(SERIES, [1, 9], HOUR_MS)).toBeNull();
  expect(datesOfInstruments(SERIES, [1], HOUR_MS)).toBeNull();
});

import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";

const HOUR_MS = 3_600_000;

/** Two years of hourly bars, the same on every machine. */
export const DEMO_DATA = {
  seed: 20_240_101,
  bars: 17_520,
  intervalMs: HOUR_MS,
  startMs: Date.UTC(2024, 0, 1),
} as const;

/** The first year forms the pairs, the second one trades them. */
export const DEMO_FORMATION = {
  startMs: DEMO_DATA.startMs,
  endMs: Date.UTC(2025, 0, 1),
} as const;
export const DEMO_TRADING = {
  startMs: DEMO_FORMATION.endMs,
  endMs: DEMO_DATA.startMs + DEMO_DATA.bars * HOUR_MS,
} as const;

export const DEMO_WORKSPACE_NAME = "Demo";
export const DEMO_UNIVERSE_NAME = "Synthetic trees, hourly";

/** A strategy that visitors find: a pair that the scan discovers, and what is to be learnt from it. */
export type DemoStrategy = {
  readonly name: string;
  readonly notes: string;
  readonly symbolY: string;
  readonly symbolX: string;
  readonly settings: Omit<typeof STRATEGY_DEFAULTS, "zScoreWindowBars" | "entryZScore"> & {
    readonly zScoreWindowBars: number;
    readonly entryZScore: number;
  };
};

export const DEMO_STRATEGIES: readonly DemoStrategy[] = [
  {
    name: "Hazel against hickory",
    notes:
      "Two synthetic instruments of one group. Their relation, found in the first year, holds in the second.",
    symbolY: "SYN-HAZEL",
    symbolX: "SYN-HICKORY",
    settings: { ...STRATEGY_DEFAULTS, zScoreWindowBars: 240 },
  },
  {
    name: "Cedar against cypress",
    notes:
      "The scan of the first year finds this pair as surely as the other one. In the second year the relation breaks: look at the spread, and at what the stop does about it.",
    symbolY: "SYN-CEDAR",
    symbolX: "SYN-CYPRESS",
    settings: { ...STRATEGY_DEFAULTS, zScoreWindowBars: 240 },
  },
];

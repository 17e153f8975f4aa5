import { z } from "zod";
import { InstrumentId } from "./instrument-id.ts";
import { IntervalMs, TimeWindow } from "./interval.ts";
import { plainLine } from "./plain-text.ts";

/**
 * Settings of a strategy on a pair. The schema is the form: bounds and messages here are what the
 * person sees. Notional and equity are in the quote currency of the prices; z-scores are in standard
 * deviations; windows are half-open, UTC ms.
 */
export const StrategyConfig = z
  .strictObject({
    kind: z.literal("z-score-reversion"),
    instrumentY: InstrumentId,
    instrumentX: InstrumentId,
    intervalMs: IntervalMs,
    hedgeRatio: z.literal("formation"),
    formation: TimeWindow,
    trading: TimeWindow,
    zScoreWindowBars: z.number().int().min(3).max(5_000),
    entryZScore: z.number().gt(0, "Must be above 0").max(10),
    exitZScore: z.number().min(0).max(10),
    stopZScore: z.number().gt(0, "Must be above 0").max(50).nullable(),
    holdingMaxBars: z.number().int().min(1).max(1_000_000).nullable(),
    notional: z.number().gt(0, "Must be above 0").max(1e12),
    initialEquity: z.number().gt(0, "Must be above 0").max(1e12),
    feeBps: z.number().min(0).max(1_000),
    slippageBps: z.number().min(0).max(1_000),
  })
  .check((ctx) => {
    const config = ctx.value;
    const refuse = (path: string, message: string) =>
      ctx.issues.push({ code: "custom", path: [path], message, input: config });
    if (config.instrumentY === config.instrumentX) {
      refuse("instrumentX", "The two legs must be different instruments");
    }
    if (config.exitZScore >= config.entryZScore) {
      refuse("exitZScore", "The exit must be below the entry");
    }
    if (config.stopZScore !== null && config.stopZScore <= config.entryZScore) {
      refuse("stopZScore", "The stop must be above the entry");
    }
    if (config.trading.startMs < config.formation.endMs) {
      refuse("trading", "Trading must start after the formation period has ended");
    }
  });
export type StrategyConfig = z.infer<typeof StrategyConfig>;

export const StrategyName = plainLine(80).min(1, "Give the strategy a name");

/** A leg by name, for pages that hold no instrument list. */
export const LegView = z.object({
  instrumentId: z.number().int(),
  symbol: z.string(),
  venue: z.string(),
});
export type LegView = z.infer<typeof LegView>;

export const StrategyVersionView = z.object({
  id: z.uuid(),
  version: z.number().int(),
  config: StrategyConfig,
  configHash: z.string(),
  legY: LegView,
  legX: LegView,
  createdAtMs: z.number(),
  backtestCount: z.number().int(),
});
export type StrategyVersionView = z.infer<typeof StrategyVersionView>;

/** A strategy with all its versions, newest first. */
export const StrategyView = z.object({
  id: z.uuid(),
  name: z.string(),
  notes: z.string(),
  synthetic: z.boolean(),
  createdAtMs: z.number(),
  versions: z.array(StrategyVersionView),
});
export type StrategyView = z.infer<typeof StrategyView>;

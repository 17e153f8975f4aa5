import { z } from "zod";
import { InstrumentId } from "./instrument-id.ts";
import { Objective } from "./objective.ts";

/** How pairs are chosen on the formation bars of each window. */
export const PairSelection = z.discriminatedUnion("kind", [
  /** The books of the strategy, in every window. */
  z.strictObject({ kind: z.literal("fixed") }),
  /** Every pair of these instruments through the funnel of the scans; the best are traded. */
  z.strictObject({
    kind: z.literal("scan"),
    instruments: z.array(InstrumentId).min(3, "Choose at least three instruments").max(200),
    /** False discovery rate (Benjamini–Hochberg) of the cointegration tests, 0..1. */
    falseDiscoveryRate: z.number().gt(0).max(1),
    halfLifeMaxBars: z.number().int().min(1).max(100_000).nullable(),
    pairsMax: z.number().int().min(1).max(50),
  }),
]);
export type PairSelection = z.infer<typeof PairSelection>;

const Bars = z.number().int().min(0).max(1_000_000);

/**
 * Walk-forward over [formation.startMs, trading.endMs) of the strategy: learn on `formationBars`, leave
 * `purgeBars` out of their end and `embargoBars` after it, trade `tradingBars`, go on by as many.
 */
export const WalkForward = z.strictObject({
  formationBars: Bars.min(30),
  tradingBars: Bars.min(2),
  /** "anchored": every formation begins with the first bar and grows. */
  window: z.enum(["rolling", "anchored"]),
  purgeBars: Bars,
  embargoBars: Bars,
  selection: PairSelection,
  /** Parameters tried on each formation window, the best of which trades it; null: those of the strategy. */
  optimise: z
    .strictObject({
      space: z.record(
        z.string(),
        z
          .array(z.union([z.number(), z.string(), z.boolean(), z.null()]))
          .min(1)
          .max(50),
      ),
      objective: Objective,
    })
    .nullable(),
});
export type WalkForward = z.infer<typeof WalkForward>;

/** What is made of a strategy version: one run over its trading period, or many that walk through it. */
export const BacktestPlan = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("single") }),
  z.strictObject({ kind: z.literal("walk-forward"), walkForward: WalkForward }),
]);
export type BacktestPlan = z.infer<typeof BacktestPlan>;

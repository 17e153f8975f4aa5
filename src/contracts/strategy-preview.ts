import { z } from "zod";
import { LegView } from "./leg-view.ts";
import { ChartSeries } from "./market-data.ts";
import { StrategyConfig } from "./strategy.ts";

/** A configuration that need not be saved, and which of its books is looked at. */
export const StrategyPreviewRequest = z.strictObject({
  config: StrategyConfig,
  book: z.number().int().min(0),
  /** Most points of a line. */
  points: z.number().int().min(100).max(5_000),
});
export type StrategyPreviewRequest = z.infer<typeof StrategyPreviewRequest>;

/** A bar at whose close the strategy asked for something else; see StepReason in quant. */
export const PreviewSignal = z.object({
  /** Open time of the bar, UTC ms. */
  timeMs: z.number(),
  reason: z.enum(["entry", "exit", "stop", "time", "rebalance", "gate"]),
  /** Side of the spread asked for; null: weights of many instruments. */
  side: z.enum(["long", "short", "flat"]).nullable(),
});
export type PreviewSignal = z.infer<typeof PreviewSignal>;

/**
 * What a strategy would ask for over its trading period: signals, without orders, costs or fills.
 *
 * Lines of the series: `close.<place of the instrument in the book>` and `figure.<name>`, the figures
 * being those of the kind. "refused": the formation bars teach nothing, or there are no bars; why, as a
 * sentence without a full stop.
 */
export const StrategyPreview = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("refused"), message: z.string() }),
  z.object({
    kind: z.literal("previewed"),
    series: ChartSeries,
    instruments: z.array(LegView),
    signals: z.array(PreviewSignal),
    /** Bars of the trading period that the strategy saw. */
    bars: z.number().int(),
  }),
]);
export type StrategyPreview = z.infer<typeof StrategyPreview>;

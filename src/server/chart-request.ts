import { z } from "zod";
import { TimeWindow } from "#contracts/interval.ts";

/** Above this a chart becomes slow and no screen shows the difference. */
const CHART_POINTS_MAX = 5_000;

/** What a chart asks for besides its subject. No window: the whole span. */
export const ChartRequest = z.strictObject({
  window: TimeWindow.optional(),
  points: z.number().int().min(10).max(CHART_POINTS_MAX).default(2_000),
});

/** Columns of a backtest's series that are drawn at once. */
const CHART_COLUMNS_MAX = 40;

/** What the chart of a backtest asks for besides it: columns by name, see BacktestSeries. */
export const BacktestChartInput = ChartRequest.extend({
  columns: z.array(z.string().max(100)).min(1).max(CHART_COLUMNS_MAX),
});

/** Place of a trade among those of a report. */
export const TradePlace = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1);

import { z } from "zod";
import { TimeWindow } from "#contracts/interval.ts";

/** Above this a chart becomes slow and no screen shows the difference. */
const CHART_POINTS_MAX = 5_000;

/** What a chart asks for besides its subject. No window: the whole span. */
export const ChartRequest = z.strictObject({
  window: TimeWindow.optional(),
  points: z.number().int().min(10).max(CHART_POINTS_MAX).default(2_000),
});

import { z } from "zod";
import { PairAnalysisConfig } from "#contracts/pair-analysis.ts";
import { pairAnalysisOf, pairAnalysisSeriesOf, startPairAnalysis } from "#db/pair-analyses.ts";
import { ChartRequest } from "../chart-request.ts";
import { chartSeries } from "../chart-series.ts";
import { chartProcedure, jobProcedure, memberProcedure, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.uuid() });

export const pairAnalysesRouter = router({
  start: jobProcedure
    .input(PairAnalysisConfig)
    .mutation(({ ctx, input }) => startPairAnalysis(ctx.database, ctx.owner, input)),

  get: memberProcedure
    .input(Id)
    .query(({ ctx, input }) => pairAnalysisOf(ctx.database, ctx.workspaceId, input.id)),

  series: chartProcedure
    .input(Id.extend(ChartRequest.shape))
    .query(async ({ ctx, input: { id, window = null, points } }) => {
      const stored = await pairAnalysisSeriesOf(ctx.database, ctx.workspaceId, id);
      const { openTimeMs, ...lines } = stored.columns;
      return chartSeries({ ...stored, openTimeMs, lines }, { window, points });
    }),
});

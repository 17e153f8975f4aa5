import { z } from "zod";
import { InstrumentId } from "#contracts/instrument-id.ts";
import { ScanConfig } from "#contracts/scan.ts";
import { ScanPairListRequest } from "#contracts/scan-pair-list.ts";
import { scanClustersOf } from "#db/scan-clusters.ts";
import { scanHeatMapOf } from "#db/scan-heat-map.ts";
import { scanPairListOf } from "#db/scan-pair-list.ts";
import { scanPairOf } from "#db/scan-pairs.ts";
import { createScan, deleteScan, restoreScan, scanOf, scansOf } from "#db/scans.ts";
import { ChartRequest } from "../chart-request.ts";
import { pairSeries } from "../pair-series.ts";
import { chartProcedure, editorProcedure, jobProcedure, memberProcedure, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.uuid() });
const Pair = z.strictObject({
  scanId: z.uuid(),
  instrumentY: InstrumentId,
  instrumentX: InstrumentId,
});
const ZScoreWindowBars = z.number().int().min(3).max(5_000);

export const scansRouter = router({
  list: memberProcedure.query(({ ctx }) => scansOf(ctx.database, ctx.workspaceId)),

  get: memberProcedure
    .input(Id)
    .query(({ ctx, input }) => scanOf(ctx.database, ctx.workspaceId, input.id)),

  start: jobProcedure
    .input(ScanConfig)
    .mutation(({ ctx, input }) => createScan(ctx.database, ctx.owner, input)),

  pairs: memberProcedure
    .input(ScanPairListRequest)
    .query(({ ctx, input }) => scanPairListOf(ctx.database, ctx.workspaceId, input)),

  heatMap: memberProcedure
    .input(z.strictObject({ scanId: z.uuid() }))
    .query(({ ctx, input }) => scanHeatMapOf(ctx.database, ctx.workspaceId, input.scanId)),

  pair: memberProcedure.input(Pair).query(async ({ ctx, input }) => ({
    scan: await scanOf(ctx.database, ctx.workspaceId, input.scanId),
    row: await scanPairOf(ctx.database, ctx.workspaceId, input),
  })),

  clusters: memberProcedure
    .input(z.strictObject({ scanId: z.uuid() }))
    .query(({ ctx, input }) => scanClustersOf(ctx.database, ctx.workspaceId, input.scanId)),

  pairSeries: chartProcedure
    .input(Pair.extend({ zScoreWindowBars: ZScoreWindowBars }).extend(ChartRequest.shape))
    .query(async ({ ctx, input: { window = null, points, zScoreWindowBars, ...pair } }) => {
      const scan = await scanOf(ctx.database, ctx.workspaceId, pair.scanId);
      const row = await scanPairOf(ctx.database, ctx.workspaceId, pair);
      const request = { window, points, zScoreWindowBars };
      return pairSeries(ctx.database, ctx.workspaceId, { scan, row }, request);
    }),

  delete: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => deleteScan(ctx.database, ctx.workspaceId, input.id)),

  restore: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => restoreScan(ctx.database, ctx.workspaceId, input.id)),
});

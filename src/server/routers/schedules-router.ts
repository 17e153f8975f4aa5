import { z } from "zod";
import { ScanScheduleInput } from "#contracts/scan-schedule.ts";
import { deleteScanSchedule, scanSchedulesOf, setScanSchedule } from "#db/scan-schedules.ts";
import { editorProcedure, memberProcedure, router } from "../trpc.ts";

export const schedulesRouter = router({
  list: memberProcedure.query(({ ctx }) => scanSchedulesOf(ctx.database, ctx.workspaceId)),

  set: editorProcedure
    .input(ScanScheduleInput)
    .mutation(({ ctx, input }) => setScanSchedule(ctx.database, ctx.owner, input, Date.now())),

  delete: editorProcedure
    .input(z.strictObject({ universeId: z.uuid() }))
    .mutation(({ ctx, input }) =>
      deleteScanSchedule(ctx.database, ctx.workspaceId, input.universeId),
    ),
});

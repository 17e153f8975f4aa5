import { z } from "zod";
import { ScanConfig } from "./scan.ts";

const HourUtc = z.number().int().min(0).max(23);

/** When a universe is scanned again; next-run.ts says at which moments that is. */
export const ScanCadence = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("daily"), hourUtc: HourUtc }),
  z.strictObject({
    kind: z.literal("weekly"),
    /** 1 Monday … 7 Sunday. */
    weekday: z.number().int().min(1).max(7),
    hourUtc: HourUtc,
  }),
]);
export type ScanCadence = z.infer<typeof ScanCadence>;

/** A universe is scanned again as an earlier scan of it was, with the window moved to the newest bars. */
export const ScanScheduleInput = z.strictObject({
  universeId: z.uuid(),
  scanId: z.uuid(),
  cadence: ScanCadence,
});
export type ScanScheduleInput = z.infer<typeof ScanScheduleInput>;

/** What became of the last time that a schedule was due. */
export const ScheduleOutcome = z.enum([
  "started",
  "no-new-bars",
  "no-common-bars",
  "too-many-jobs",
]);
export type ScheduleOutcome = z.infer<typeof ScheduleOutcome>;

/** A schedule as its universe's page shows it. */
export const ScanScheduleView = z.object({
  universeId: z.uuid(),
  universeName: z.string(),
  cadence: ScanCadence,
  /** Options of every scan to come; of its formation only the length counts. */
  config: ScanConfig,
  nextRunAtMs: z.number(),
  lastRunAtMs: z.number().nullable(),
  lastOutcome: ScheduleOutcome.nullable(),
  /** The scan that it started last, null before there is one. */
  lastScanId: z.uuid().nullable(),
});
export type ScanScheduleView = z.infer<typeof ScanScheduleView>;

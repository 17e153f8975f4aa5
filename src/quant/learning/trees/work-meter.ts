import type { TrainingOptions } from "../training-data.ts";

/** Reads of a value between two reports: a few milliseconds, or tens where memory is slow. */
const READS_PER_REPORT = 1_000_000;

/** Tells how far training is, neither too often nor too seldom. */
export type WorkMeter = {
  /** Work done, in reads of a value; reports now and then. */
  readonly onWork: (reads: number) => void;
  /** Share of the whole that is done, in [0, 1]; what is reported until it is called again. */
  readonly onShare: (share: number) => void;
};

/**
 * A meter of the work of a training.
 *
 * @param options whom to tell
 * @returns functions that throw when the training was cancelled
 */
export function createWorkMeter(options: TrainingOptions): WorkMeter {
  const { onProgress } = options;
  let share = 0;
  let reads = 0;
  return {
    onWork: (more) => {
      reads += more;
      if (reads < READS_PER_REPORT) return;
      reads = 0;
      onProgress?.(share);
    },
    onShare: (now) => {
      share = now;
      if (share === 1) onProgress?.(1);
    },
  };
}

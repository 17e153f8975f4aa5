import type { JobContext } from "./job-context.ts";

/** A part of many things, from start to end − 1. */
export type Piece = { readonly start: number; readonly end: number };

/** Pieces that a thread gets at least: with fewer, one of them waits for the others at the end. */
const PIECES_PER_THREAD_MIN = 4;

/**
 * Does something to many things in the threads, as many pieces at a time as there are threads, so that
 * other jobs get their turn.
 *
 * @param options.count of things
 * @param options.sizeMax things of a piece: some tens of milliseconds of work
 * @param options.onProgress called with how many are done
 */
export async function inPieces(
  { compute }: Pick<JobContext, "compute">,
  options: {
    readonly count: number;
    readonly sizeMax: number;
    readonly onProgress: (done: number) => void;
  },
  work: (piece: Piece) => Promise<void>,
): Promise<void> {
  const { count, sizeMax, onProgress } = options;
  const even = Math.ceil(count / (compute.size * PIECES_PER_THREAD_MIN));
  const size = Math.max(1, Math.min(Math.floor(sizeMax), even));
  let next = 0;
  let done = 0;
  let hasFailed = false;
  const takePieces = async () => {
    while (next < count && !hasFailed) {
      const start = next;
      const end = Math.min(start + size, count);
      next = end;
      try {
        await work({ start, end });
      } catch (error) {
        // The other threads have their piece to end, and take no more.
        hasFailed = true;
        throw error;
      }
      done += end - start;
      onProgress(done);
    }
  };
  await Promise.all(Array.from({ length: compute.size }, takePieces));
}

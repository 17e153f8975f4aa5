import { ExchangeClock } from "./clock.ts";
import { RecordedTape } from "./market/recorded-tape.ts";
import { readRecordings } from "./market/recording.ts";
import type { SimulatorSettings } from "./simulator-options.ts";

/** How far the time goes in one step when a replay runs as fast as it is read. */
const STEP_MS = 500;

/** So much may wait unread before such a replay pauses. */
const UNREAD_BYTES_MAX = 1_000_000;

/** A recording on its way: its tapes, its time, and when that runs. */
export type Replay = {
  readonly tapes: readonly RecordedTape[];
  readonly clock: ExchangeClock;
  /** Called when a client has subscribed. */
  readonly onSubscribe: () => void;
  /**
   * Called before events are sent: a replay that has no speed moves its time on by a step.
   * @returns whether it did
   */
  readonly step: (unreadBytes: number) => boolean;
};

/** The time stands still at the first trade until it is started, and again after the last. */
export async function createReplay({
  files,
  speed,
  start,
}: NonNullable<SimulatorSettings["recording"]>): Promise<Replay> {
  const recordings = await readRecordings(files);
  const tapes = [...recordings].map(([symbol, trades]) => new RecordedTape(symbol, trades));
  const startMs = Math.min(...tapes.map((tape) => tape.startMs));
  const stopAtMs = Math.max(...tapes.map((tape) => tape.endMs)) + 1;
  const clock = new ExchangeClock({ kind: "virtual", startMs, speed: 0 }, stopAtMs);
  let isRunning = false;
  const run = () => {
    if (isRunning) return;
    isRunning = true;
    if (speed !== "max") clock.speed = speed;
  };
  if (start === "at-once") run();
  return {
    tapes,
    clock,
    onSubscribe: () => {
      if (start === "on-subscribe") run();
    },
    step: (unreadBytes) => {
      const isFree = speed === "max" && (isRunning || clock.speed > 0);
      if (!isFree || unreadBytes > UNREAD_BYTES_MAX || clock.nowMs() >= stopAtMs) return false;
      clock.advance(STEP_MS);
      return true;
    },
  };
}

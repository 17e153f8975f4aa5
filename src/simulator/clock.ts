import { performance } from "node:perf_hooks";
import { z } from "zod";

/** Where the exchange's time comes from. A speed of 0 stands still until it is advanced. */
export const ClockOptions = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("real"), offsetMs: z.number().int().default(0) }),
  z.strictObject({
    kind: z.literal("virtual"),
    startMs: z.number().int(),
    speed: z.number().min(0).default(1),
  }),
]);
export type ClockOptions = z.input<typeof ClockOptions>;

/** Time of the exchange, whole UTC milliseconds; it never goes back. */
export class ExchangeClock {
  #baseMs: number;
  #basePerformanceMs = performance.now();
  #speed: number;
  #lastMs: number;
  #skewMs = 0;
  readonly #stopAtMs: number;

  /** @param stopAtMs a time that is never passed, such as the end of a recording */
  constructor(options: z.output<typeof ClockOptions>, stopAtMs = Number.POSITIVE_INFINITY) {
    this.#stopAtMs = stopAtMs;
    this.#baseMs = options.kind === "real" ? Date.now() + options.offsetMs : options.startMs;
    this.#speed = options.kind === "real" ? 1 : options.speed;
    this.#lastMs = this.#baseMs;
  }

  nowMs(): number {
    const elapsedMs = (performance.now() - this.#basePerformanceMs) * this.#speed;
    const nowMs = Math.min(this.#stopAtMs, Math.floor(this.#baseMs + elapsedMs));
    this.#lastMs = Math.max(this.#lastMs, nowMs);
    return this.#lastMs;
  }

  /** What the exchange says the time is: event times and serverTime. Trades keep the true time. */
  saidMs(): number {
    return this.nowMs() + this.#skewMs;
  }

  get skewMs(): number {
    return this.#skewMs;
  }

  set skewMs(skewMs: number) {
    this.#skewMs = skewMs;
  }

  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.#rebase(0);
    this.#speed = speed;
  }

  advance(ms: number): void {
    this.#rebase(ms);
  }

  #rebase(aheadMs: number): void {
    const elapsedMs = (performance.now() - this.#basePerformanceMs) * this.#speed;
    this.#baseMs += elapsedMs + aheadMs;
    this.#basePerformanceMs = performance.now();
  }
}

/** Counts what happened within the last span of time. */
export class MessageRate {
  readonly #spanMs: number;
  #times: number[] = [];

  constructor(spanMs: number) {
    this.#spanMs = spanMs;
  }

  /** Counts one more. @returns how many there were within the span, this one included */
  count(nowMs: number): number {
    this.#times = this.#times.filter((timeMs) => timeMs > nowMs - this.#spanMs);
    this.#times.push(nowMs);
    return this.#times.length;
  }
}

/** A sequence by hour since the epoch that grows as far as it is asked for. */
export class HourlyProcess {
  #values = new Float64Array(4096);
  #length = 0;
  readonly #next: (hour: number, previous: number) => number;

  /** @param next value of an hour from that before it (0 for the first); called once per hour, in order */
  constructor(next: (hour: number, previous: number) => number) {
    this.#next = next;
  }

  at(hour: number): number {
    if (hour < 0) return this.at(0);
    while (this.#length <= hour) this.#grow();
    return this.#values[hour] ?? 0;
  }

  #grow(): void {
    const hour = this.#length;
    if (hour === this.#values.length) {
      const larger = new Float64Array(hour * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[hour] = this.#next(hour, hour === 0 ? 0 : (this.#values[hour - 1] ?? 0));
    this.#length = hour + 1;
  }
}

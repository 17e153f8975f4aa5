/** Upper ends of the buckets grow by a tenth: quantiles are right to within ten per cent. */
const GROWTH = 1.1;
const BUCKETS = 180;

/** Times of the last while, for quantiles; two halves take turns so that the old is forgotten. */
export class LagHistogram {
  #counts = new Uint32Array(BUCKETS);
  #before = new Uint32Array(BUCKETS);
  #total = 0;
  #totalBefore = 0;
  #startedMs: number;
  readonly #halfMs: number;

  /** @param spanMs quantiles are over the last half to whole of it */
  constructor(spanMs: number, nowMs: number) {
    this.#halfMs = spanMs / 2;
    this.#startedMs = nowMs;
  }

  /** Negative lags, of clocks that disagree, count as none. */
  add(lagMs: number, nowMs: number): void {
    this.#turn(nowMs);
    const bucket = lagMs <= 1 ? 0 : Math.ceil(Math.log(lagMs) / Math.log(GROWTH));
    const index = Math.min(BUCKETS - 1, bucket);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#total += 1;
  }

  /** @returns null when there is nothing */
  quantileMs(fraction: number, nowMs: number): number | null {
    this.#turn(nowMs);
    const total = this.#total + this.#totalBefore;
    if (total === 0) return null;
    let left = fraction * total;
    for (let index = 0; index < BUCKETS; index++) {
      left -= (this.#counts[index] ?? 0) + (this.#before[index] ?? 0);
      if (left <= 0) return Math.round(GROWTH ** index);
    }
    return Math.round(GROWTH ** (BUCKETS - 1));
  }

  #turn(nowMs: number): void {
    const elapsedMs = nowMs - this.#startedMs;
    if (elapsedMs < this.#halfMs) return;
    const isLong = elapsedMs > 2 * this.#halfMs;
    this.#before = isLong ? new Uint32Array(BUCKETS) : this.#counts;
    this.#totalBefore = isLong ? 0 : this.#total;
    this.#counts = new Uint32Array(BUCKETS);
    this.#total = 0;
    this.#startedMs = nowMs;
  }
}

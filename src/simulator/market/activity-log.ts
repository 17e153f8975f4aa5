/**
 * What was done to an instrument's trading at run time, by second since the epoch: further trades at a
 * rate, or none while it is halted. Ids depend on it, so it is part of what a restart must be given.
 */
export type ActivityChange = {
  readonly fromSecond: number;
  readonly extraPerSecond: number;
  readonly isHalted: boolean;
};

type Segment = ActivityChange & {
  /** Difference to the undisturbed number of trades before the segment. */
  readonly differenceBefore: number;
};

export class ActivityLog {
  #segments: readonly Segment[] = [];
  readonly #undisturbedBefore: (second: number) => number;

  /** @param undisturbedBefore trades before a second if nothing had been changed */
  constructor(undisturbedBefore: (second: number) => number) {
    this.#undisturbedBefore = undisturbedBefore;
  }

  get changes(): readonly ActivityChange[] {
    return this.#segments.map(({ fromSecond, extraPerSecond, isHalted }) => ({
      fromSecond,
      extraPerSecond,
      isHalted,
    }));
  }

  get current(): Omit<ActivityChange, "fromSecond"> {
    const { extraPerSecond = 0, isHalted = false } = this.#segments.at(-1) ?? {};
    return { extraPerSecond, isHalted };
  }

  /** Changes come in order of time; one of the same second replaces the last. */
  add(change: ActivityChange): void {
    const kept = this.#segments.filter(({ fromSecond }) => fromSecond < change.fromSecond);
    const differenceBefore = this.#difference(kept.at(-1), change.fromSecond);
    this.#segments = [...kept, { ...change, differenceBefore }];
  }

  /** Trades before a second, beyond (or below) the undisturbed number. */
  differenceBefore(second: number): number {
    return this.#difference(this.#segmentAt(second), second);
  }

  /** Trades of a second, given how many it would have undisturbed. */
  countOf(second: number, undisturbed: number): number {
    const segment = this.#segmentAt(second);
    if (segment === undefined) return undisturbed;
    if (segment.isHalted) return 0;
    return (
      undisturbed + this.#extraBefore(segment, second + 1) - this.#extraBefore(segment, second)
    );
  }

  isTouched(fromSecond: number, toSecond: number): boolean {
    return this.#segments.some((segment, i) => {
      const end = this.#segments[i + 1]?.fromSecond ?? Number.POSITIVE_INFINITY;
      const isQuiet = segment.extraPerSecond === 0 && !segment.isHalted;
      return !isQuiet && segment.fromSecond < toSecond && end > fromSecond;
    });
  }

  /** Whether not a single second of the span was open. */
  isHaltedThroughout(fromSecond: number, toSecond: number): boolean {
    const segment = this.#segmentAt(fromSecond);
    if (!segment?.isHalted) return false;
    return this.#segments.every(
      ({ fromSecond: at, isHalted }) => isHalted || at <= fromSecond || at >= toSecond,
    );
  }

  #segmentAt(second: number): Segment | undefined {
    return this.#segments.findLast(({ fromSecond }) => fromSecond <= second);
  }

  #difference(segment: Segment | undefined, second: number): number {
    if (segment === undefined) return 0;
    if (!segment.isHalted) return segment.differenceBefore + this.#extraBefore(segment, second);
    const missed = this.#undisturbedBefore(second) - this.#undisturbedBefore(segment.fromSecond);
    return segment.differenceBefore - missed;
  }

  #extraBefore(segment: Segment, second: number): number {
    return Math.floor(segment.extraPerSecond * (second - segment.fromSecond));
  }
}

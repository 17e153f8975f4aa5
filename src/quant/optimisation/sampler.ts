/** The ways to choose what is tried next. */
export const SAMPLER_KINDS = ["grid", "random", "tpe"] as const;

export type SamplerKind = (typeof SAMPLER_KINDS)[number];

/**
 * Chooses points of a space, none of them twice and none that breaks a rule.
 *
 * The same seed and the same calls give the same points. What TPE asks depends on what it has been told,
 * and so on how many are asked for at a time: whoever wants to repeat a search keeps the batch size.
 */
export type Sampler = {
  /**
   * Points to try next; fewer than asked for, or none, when nothing is left.
   *
   * @param count how many, ≥ 1
   */
  readonly ask: (count: number) => readonly number[];
  /**
   * What became of points that were asked for; larger is better, NaN is worst.
   *
   * Points may be told in any batches; grid and random do not listen.
   */
  readonly tell: (points: readonly number[], objectives: ArrayLike<number>) => void;
  /** Points passed over so far because they break a rule between fields. */
  readonly skipped: () => number;
};

/** How the hedge ratio of a pair is found. The methods with a path know, at each bar, only its past. */
export type HedgeMethod =
  | {
      readonly kind:
        | "ols"
        | "ols-no-intercept"
        | "expanding-ols"
        | "tls"
        | "huber"
        | "theil-sen"
        | "johansen";
    }
  | { readonly kind: "kalman-ml" }
  | { readonly kind: "rolling-ols"; readonly windowBars: number }
  | {
      readonly kind: "kalman";
      /** δ in (0, 1): both states gain the variance δ / (1 − δ) from bar to bar. */
      readonly delta: number;
      /** Variance of y about its line, unit of y squared, > 0. */
      readonly observationVariance: number;
    };

/** What is asked of a pair. */
export type PairAnalysisOptions = {
  /** "log": natural logarithms; "level": prices as they are. */
  readonly prices: "log" | "level";
  readonly hedge: HedgeMethod;
  /** Window of the z-score and of the rolling mean, bars, ≥ 3. */
  readonly zScoreWindowBars: number;
  /** Window of the rolling tests, bars, ≥ 60. */
  readonly testWindowBars: number;
  /** Cost of each trade of each leg, bp of what is traded, ≥ 0. */
  readonly costBps: number;
  /** Return that a round trip must earn beyond its cost to be worth its risk, bp of leg Y, ≥ 0. */
  readonly riskFreeBps: number;
};

/** Closes of both legs on their common bars, and their volumes where there are any. */
export type PairBars = {
  readonly closeY: Float64Array;
  readonly closeX: Float64Array;
  /** null, or NaN at a bar: unknown. */
  readonly volumeY: Float64Array | null;
  readonly volumeX: Float64Array | null;
};

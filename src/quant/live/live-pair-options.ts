/** How the hedge ratio of a live pair follows the market. */
export type LiveHedgeMethod =
  | {
      readonly kind: "rolling-ols";
      readonly windowBars: number;
      readonly intercept: boolean;
    }
  /** One ratio over the whole buffer, covariance (ddof 1) over variance (ddof 0), no intercept. */
  | { readonly kind: "buffer" }
  | {
      readonly kind: "kalman";
      /** δ in (0, 1): both states gain the variance δ / (1 − δ) from bar to bar. */
      readonly delta: number;
      /** Variance of y about its line, unit of y squared, > 0. */
      readonly observationVariance: number;
    };

/** What is computed of a live pair, and how. */
export type LivePairOptions = {
  readonly intervalMs: number;
  /** "log": natural logarithms; "level": prices as they are. */
  readonly prices: "log" | "level";
  readonly hedge: LiveHedgeMethod;
  /** Window of mean, deviation and z-score of the spread, bars, ≥ 3. */
  readonly zScoreWindowBars: number;
  /** Bars that every figure looks back over at most, ≥ 100. */
  readonly bufferBars: number;
  /** For how many bars a leg without trades is represented by its last close; see alignLiveBars. */
  readonly carryBarsMax: number;
};

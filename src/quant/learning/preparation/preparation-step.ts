/** What is to be done to features before a model sees them. */
export type PreparationStep =
  | {
      /** Missing values take a value of the training rows. */
      readonly kind: "impute";
      readonly value: "median" | "mean";
      /** Whether features that were missing in training get a column that says where (1) and where not (0). */
      readonly hasIndicator: boolean;
    }
  | {
      /** Values beyond two quantiles take the quantile. */
      readonly kind: "winsorise";
      /** Shares, 0 ≤ lower < upper ≤ 1. */
      readonly lower: number;
      readonly upper: number;
    }
  | {
      /** (x − mean) / standard deviation, divisor n. */
      readonly kind: "standardise";
    }
  | {
      /** (x − median) / (upper quartile − lower quartile). */
      readonly kind: "robust-scale";
    }
  | {
      /** (x − min) / (max − min): what exceeds the training exceeds [0, 1]. */
      readonly kind: "min-max";
    }
  | {
      /** Features become the directions in which they vary most, the widest first. */
      readonly kind: "principal-components";
      readonly keep: ComponentsKept;
    };

/** How many directions are kept; fewer where fewer vary. */
export type ComponentsKept =
  | { readonly kind: "count"; readonly count: number }
  /** The fewest that explain this share of the variance, in (0, 1]. */
  | { readonly kind: "share"; readonly share: number };

/** A step with the numbers that it took from the training rows. */
export type FittedStep =
  /** Columns that go on, ascending. */
  | { readonly kind: "select"; readonly columns: Int32Array }
  /** `indicators` are the columns that get one. */
  | { readonly kind: "fill"; readonly values: Float64Array; readonly indicators: Int32Array }
  | { readonly kind: "clip"; readonly lower: Float64Array; readonly upper: Float64Array }
  /** (x − centre) / scale; no scale is 0. */
  | { readonly kind: "scale"; readonly centre: Float64Array; readonly scale: Float64Array }
  | {
      readonly kind: "rotate";
      readonly centre: Float64Array;
      /** A unit vector each, its largest element by absolute value positive. */
      readonly components: readonly Float64Array[];
      /** Their shares of the variance, descending. */
      readonly explainedShares: Float64Array;
    };

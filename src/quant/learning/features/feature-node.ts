/** One step of a feature program: what is worked out of which buffers. */
export type FeatureNode = {
  readonly operation: NodeOperation;
  /** Buffers that are read. */
  readonly inputs: readonly number[];
  /** Buffers that are written. */
  readonly outputs: readonly number[];
};

/** What a node does; plain data, so that a program can go between threads and into files. */
export type NodeOperation =
  | { readonly kind: "log" }
  | { readonly kind: "lag"; readonly bars: number }
  | { readonly kind: "delta"; readonly bars: number }
  | { readonly kind: "growth"; readonly bars: number; readonly isLog: boolean }
  | { readonly kind: "difference" }
  | { readonly kind: "quotient" }
  | { readonly kind: "crossover" }
  /** Of high, low and close. */
  | { readonly kind: "true-range" }
  | { readonly kind: "mean"; readonly bars: number }
  /** Last value less the mean of the window, and Σ (value − mean)². */
  | { readonly kind: "moments"; readonly bars: number }
  /** Of a value, its deviation from the mean and the sum of squares. */
  | { readonly kind: "z-score"; readonly bars: number }
  | { readonly kind: "deviation"; readonly bars: number }
  | {
      readonly kind: "band";
      readonly bars: number;
      readonly deviations: number;
      readonly measure: BandMeasure;
    }
  | { readonly kind: "decay"; readonly bars: number; readonly keptShare: number }
  /** Of changes. */
  | { readonly kind: "up-share"; readonly bars: number; readonly keptShare: number }
  /** Of y and x: slope and intercept, as all lines. */
  | { readonly kind: "rolling-line"; readonly bars: number }
  | { readonly kind: "growing-line"; readonly barsMin: number; readonly isFrozen: boolean }
  | { readonly kind: "kalman-line"; readonly delta: number; readonly observationVariance: number }
  /** Of open times. */
  | {
      readonly kind: "fixed-line";
      readonly slope: number;
      readonly intercept: number;
      readonly fromMs: number | null;
    }
  /** Of y, x, slope and intercept. */
  | { readonly kind: "residual" }
  /** Of the slope of changes on levels. */
  | { readonly kind: "half-life"; readonly barsMax: number }
  | {
      readonly kind: "cycle";
      readonly cycle: "hour-of-day" | "day-of-week";
      readonly isSine: boolean;
      readonly weekDays: 5 | 7;
    };

export type BandMeasure = "position" | "width" | "width-share";

/** What a kernel works on: the bars from ≤ t < to of its buffers, and what it remembers. */
export type KernelWork = {
  readonly node: FeatureNode;
  /** Written to; all that is carried from one run to the next. */
  readonly memory: Float64Array;
  readonly buffers: readonly Float64Array[];
  readonly from: number;
  readonly to: number;
};

/**
 * Buffer that a kernel reads.
 *
 * @param work of the kernel
 * @param i which of its inputs
 */
export function inputOf({ node, buffers }: KernelWork, i = 0): Float64Array {
  return buffers[node.inputs[i]!]!;
}

/**
 * Buffer that a kernel writes.
 *
 * @param work of the kernel
 * @param i which of its outputs
 */
export function outputOf({ node, buffers }: KernelWork, i = 0): Float64Array {
  return buffers[node.outputs[i]!]!;
}

/**
 * How many bars before the present one a node reads of its inputs: what buffers must keep.
 *
 * @param operation of the node
 * @returns ≥ 0
 */
export function historyBarsOf(operation: NodeOperation): number {
  switch (operation.kind) {
    case "crossover":
    case "true-range":
      return 1;
    case "lag":
    case "delta":
    case "growth":
    case "mean":
    case "moments":
    case "decay":
    case "up-share":
    case "rolling-line":
      return operation.bars;
    default:
      return 0;
  }
}

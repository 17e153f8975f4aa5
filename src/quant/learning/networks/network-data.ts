import { InvalidInputError } from "../../invalid-input-error.ts";
import type { NetworkSettings } from "./network-settings.ts";
import { type NetworkShape, requireNetworkShape } from "./network-shape.ts";
import { requireSequenceWindows, type SequenceWindows } from "./sequence-windows.ts";

/** Windows with their answers, in any order. */
export type NetworkData = {
  readonly windows: SequenceWindows;
  /** Windows × outputSteps: finite numbers of a regression, else classes in [0, classCount). */
  readonly targets: Float64Array;
  readonly outputSteps: number;
  /** 0 of a regression, 2 of a yes or no, else the number of classes. */
  readonly classCount: number;
  /** One weight ≥ 0 a window; null weighs all windows the same. */
  readonly weights: Float64Array | null;
  /** Bar at which each window ends, on one clock for all of them: it says which are the latest. */
  readonly bars: Int32Array;
  /** Bars after its window that an answer looks at; 0 of one about the last bar itself. */
  readonly horizonBars: number;
};

/**
 * Shape of a network for data.
 *
 * @param data windows and answers
 * @param settings of the network
 * @returns its sizes
 * @throws {InvalidInputError} "out-of-range": a size
 */
export function shapeOf(data: NetworkData, settings: NetworkSettings): NetworkShape {
  const shape = {
    cell: settings.cell,
    architecture: settings.architecture,
    units: settings.units,
    channels: data.windows.columns.length,
    lengthBars: data.windows.lengthBars,
    outputSteps: data.outputSteps,
    classCount: data.classCount,
  };
  requireNetworkShape(shape);
  return shape;
}

/**
 * Entry check of data.
 *
 * @param data any
 * @throws {InvalidInputError} "too-short": no windows; "length-mismatch"; "not-finite": a value in a
 *   window, a target, a weight; "out-of-range": a window, a class, a weight, the horizon
 *
 * Cost: O(windows · lengthBars · channels).
 */
export function requireNetworkData(data: NetworkData): void {
  const { windows, targets, outputSteps, classCount, weights, bars, horizonBars } = data;
  requireSequenceWindows(windows);
  const count = windows.ends.length;
  if (count === 0) throw new InvalidInputError("too-short", "there are no windows");
  if (targets.length !== count * outputSteps) {
    throw new InvalidInputError("length-mismatch", "there must be one target a window and step");
  }
  if (bars.length !== count || (weights !== null && weights.length !== count)) {
    throw new InvalidInputError("length-mismatch", "there must be one bar and weight a window");
  }
  if (!(Number.isInteger(horizonBars) && horizonBars >= 0)) {
    throw new InvalidInputError("out-of-range", "the horizon must be a whole number of bars");
  }
  for (const target of targets) requireTarget(target, classCount);
  for (const weight of weights ?? []) {
    if (!Number.isFinite(weight)) throw new InvalidInputError("not-finite", "a weight");
    if (weight < 0) throw new InvalidInputError("out-of-range", "a weight must not be negative");
  }
}

function requireTarget(target: number, classCount: number): void {
  if (!Number.isFinite(target)) {
    throw new InvalidInputError("not-finite", "a target is not finite");
  }
  if (classCount === 0) return;
  if (Number.isInteger(target) && target >= 0 && target < classCount) return;
  throw new InvalidInputError("out-of-range", `a class must be in 0 … ${classCount - 1}`);
}

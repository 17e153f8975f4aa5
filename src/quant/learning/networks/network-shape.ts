import { InvalidInputError } from "../../invalid-input-error.ts";

/** Gated recurrent unit or long short-term memory. */
export type CellKind = "gru" | "lstm";

/**
 * "last-state": the state after the last bar of a window answers once. "encoder-decoder": that state
 * is repeated to a second recurrent layer, whose every step answers.
 */
export type NetworkArchitecture = "last-state" | "encoder-decoder";

/** Everything that says how many parameters a network has and how they are used. */
export type NetworkShape = {
  readonly cell: CellKind;
  readonly architecture: NetworkArchitecture;
  readonly channels: number;
  readonly lengthBars: number;
  /** Of every recurrent layer. */
  readonly units: number;
  /** Answers a window; 1 of a last state. */
  readonly outputSteps: number;
  /** 0 of a regression, 2 of a yes or no, else the number of classes. */
  readonly classCount: number;
};

/** Bounds that keep a step of training short and its memory small. */
const UNITS_MAX = 256;
const STEPS_MAX = 1000;
const CHANNELS_MAX = 1000;
const CLASSES_MAX = 100;

/**
 * Entry check of a shape.
 *
 * @param shape any
 * @throws {InvalidInputError} "out-of-range": a size is not a whole number in its bounds, or a last
 *   state is to answer more than once
 */
export function requireNetworkShape(shape: NetworkShape): void {
  requireSize("units", shape.units, UNITS_MAX);
  requireSize("bars of a window", shape.lengthBars, STEPS_MAX);
  requireSize("channels", shape.channels, CHANNELS_MAX);
  requireSize("output steps", shape.outputSteps, STEPS_MAX);
  if (shape.architecture === "last-state" && shape.outputSteps !== 1) {
    throw new InvalidInputError("out-of-range", "a last state answers once");
  }
  const { classCount } = shape;
  if (classCount === 0) return;
  if (!(Number.isInteger(classCount) && classCount >= 2 && classCount <= CLASSES_MAX)) {
    throw new InvalidInputError("out-of-range", `classes must be 0 or 2 … ${CLASSES_MAX}`);
  }
}

function requireSize(name: string, size: number, sizeMax: number): void {
  if (Number.isInteger(size) && size >= 1 && size <= sizeMax) return;
  throw new InvalidInputError("out-of-range", `${name} must be a whole number in 1 … ${sizeMax}`);
}

/**
 * Numbers that the dense layer gives a step.
 *
 * @param classCount of the shape
 * @returns 1 of a regression and of a yes or no (its log odds), else one a class
 */
export function outputWidth(classCount: number): number {
  return classCount <= 2 ? 1 : classCount;
}

/** Parameters of a recurrent layer, or gradients by them: row-major views of one flat array. */
export type RecurrentTensors = {
  /** Inputs × gates. */
  readonly inputKernel: Float64Array;
  /** Units × gates. */
  readonly recurrentKernel: Float64Array;
  /** One a gate. */
  readonly bias: Float64Array;
  /** One a gate of a GRU, whose candidate resets it too; empty of an LSTM. */
  readonly recurrentBias: Float64Array;
};

/** Parameters of the dense layer, or gradients by them. */
export type DenseTensors = {
  /** Units × outputs. */
  readonly kernel: Float64Array;
  readonly bias: Float64Array;
};

/** Parameters of a network, or gradients by them. */
export type NetworkTensors = {
  readonly encoder: RecurrentTensors;
  /** null of a last state. */
  readonly decoder: RecurrentTensors | null;
  readonly head: DenseTensors;
};

/**
 * Gates of a layer: three blocks of its units of a GRU (update, reset, candidate), four of an LSTM
 * (input, forget, candidate, output), the order that Keras has them in.
 *
 * @param shape of the network
 * @returns their number
 */
export function gateCount(shape: Pick<NetworkShape, "cell" | "units">): number {
  return (shape.cell === "gru" ? 3 : 4) * shape.units;
}

/**
 * Number of parameters of a network.
 *
 * @param shape checked
 * @returns numbers that its flat array has
 */
export function parameterCount(shape: NetworkShape): number {
  const gates = gateCount(shape);
  const biases = shape.cell === "gru" ? 2 * gates : gates;
  const encoder = (shape.channels + shape.units) * gates + biases;
  const decoder = shape.architecture === "last-state" ? 0 : 2 * shape.units * gates + biases;
  return encoder + decoder + (shape.units + 1) * outputWidth(shape.classCount);
}

/**
 * Views of the tensors in a flat array of parameters.
 *
 * @param shape checked
 * @param flat parameterCount numbers
 * @returns encoder, decoder and dense layer, which share its memory
 */
export function networkTensors(shape: NetworkShape, flat: Float64Array): NetworkTensors {
  let taken = 0;
  const take = (length: number): Float64Array => {
    taken += length;
    return flat.subarray(taken - length, taken);
  };
  const gates = gateCount(shape);
  const recurrent = (inputs: number): RecurrentTensors => ({
    inputKernel: take(inputs * gates),
    recurrentKernel: take(shape.units * gates),
    bias: take(gates),
    recurrentBias: take(shape.cell === "gru" ? gates : 0),
  });
  const outputs = outputWidth(shape.classCount);
  return {
    encoder: recurrent(shape.channels),
    decoder: shape.architecture === "last-state" ? null : recurrent(shape.units),
    head: { kernel: take(shape.units * outputs), bias: take(outputs) },
  };
}

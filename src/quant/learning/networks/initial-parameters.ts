import { assert } from "../../assert.ts";
import { orthonormaliseColumns } from "../../linalg/orthonormal-columns.ts";
import { createRandom, type Random } from "../../synthetic/random.ts";
import {
  gateCount,
  type NetworkShape,
  networkTensors,
  outputWidth,
  parameterCount,
  type RecurrentTensors,
} from "./network-shape.ts";

/**
 * Parameters to start training from.
 *
 * Kernels of inputs uniform in ±√(6 / (inputs + outputs)); recurrent kernels with orthonormal rows, so
 * that a state neither grows nor fades at first; biases 0, that of an LSTM's forget gates 1, so that it
 * remembers at first.
 *
 * @param shape checked
 * @param seed whole number in [0, 2³²)
 * @returns parameterCount numbers
 *
 * Cost: O(parameters · units). Convention: matches the defaults of Keras LSTM, GRU and Dense.
 * Source: Glorot and Bengio (2010); Saxe, McClelland and Ganguli (2014); Jozefowicz, Zaremba and
 * Sutskever (2015) for the forget gates.
 */
export function initialParameters(shape: NetworkShape, seed: number): Float64Array {
  const flat = new Float64Array(parameterCount(shape));
  const { encoder, decoder, head } = networkTensors(shape, flat);
  const random = createRandom(seed);
  setRecurrent(encoder, shape, random);
  if (decoder !== null) setRecurrent(decoder, shape, random);
  setGlorot(head.kernel, shape.units, random);
  assert(
    head.bias.length === outputWidth(shape.classCount),
    "the last tensor ends where the parameters end",
  );
  return flat;
}

function setRecurrent(tensors: RecurrentTensors, shape: NetworkShape, random: Random): void {
  const { units } = shape;
  const gates = gateCount(shape);
  setGlorot(tensors.inputKernel, tensors.inputKernel.length / gates, random);
  setOrthonormalRows(tensors.recurrentKernel, units, random);
  // The forget gates are the second block.
  if (shape.cell === "lstm") tensors.bias.fill(1, units, 2 * units);
}

function setGlorot(kernel: Float64Array, inputs: number, random: Random): void {
  const limit = Math.sqrt(6 / (inputs + kernel.length / inputs));
  for (let i = 0; i < kernel.length; i++) kernel[i] = limit * (2 * random.uniform() - 1);
}

function setOrthonormalRows(kernel: Float64Array, rows: number, random: Random): void {
  const width = kernel.length / rows;
  const vectors = Array.from({ length: rows }, () =>
    Float64Array.from({ length: width }, () => random.gaussian()),
  );
  assert(orthonormaliseColumns(vectors), "random vectors are independent");
  vectors.forEach((vector, row) => {
    kernel.set(vector, row * width);
  });
}

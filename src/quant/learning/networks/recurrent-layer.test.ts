import { describe, expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import { gateCount, type RecurrentTensors } from "./network-shape.ts";
import { recurrentForward, recurrentLayer } from "./recurrent-layer.ts";

const UNITS = 5;
const STEPS = 4;
const ROWS = 3;
const CHANNELS = 2;

function randomTensors(cell: "gru" | "lstm"): RecurrentTensors {
  const { gaussian } = createRandom(5);
  const gates = gateCount({ cell, units: UNITS });
  const numbers = (count: number): Float64Array => Float64Array.from({ length: count }, gaussian);
  return {
    inputKernel: numbers(CHANNELS * gates),
    recurrentKernel: numbers(UNITS * gates),
    bias: numbers(gates),
    recurrentBias: numbers(cell === "gru" ? gates : 0),
  };
}

const sigma = (x: number): number => 1 / (1 + Math.exp(-x));

/** Σ vector · column of a kernel, by name of the definition rather than by blocks. */
function through(vector: readonly number[], kernel: Float64Array, gate: number): number {
  const gates = kernel.length / vector.length;
  return vector.reduce((sum, value, i) => sum + value * kernel[i * gates + gate]!, 0);
}

type State = { readonly hidden: readonly number[]; readonly cells: readonly number[] };

function lstmStep(tensors: RecurrentTensors, x: readonly number[], before: State): State {
  const pre = (block: number, u: number): number => {
    const gate = block * UNITS + u;
    return (
      through(x, tensors.inputKernel, gate) +
      through(before.hidden, tensors.recurrentKernel, gate) +
      tensors.bias[gate]!
    );
  };
  const cells = before.cells.map(
    (cell, u) => sigma(pre(1, u)) * cell + sigma(pre(0, u)) * Math.tanh(pre(2, u)),
  );
  return { cells, hidden: cells.map((cell, u) => sigma(pre(3, u)) * Math.tanh(cell)) };
}

function gruStep(tensors: RecurrentTensors, x: readonly number[], before: State): State {
  const own = (block: number, u: number): number =>
    through(x, tensors.inputKernel, block * UNITS + u) + tensors.bias[block * UNITS + u]!;
  const recurrent = (block: number, u: number): number =>
    through(before.hidden, tensors.recurrentKernel, block * UNITS + u) +
    tensors.recurrentBias[block * UNITS + u]!;
  const hidden = before.hidden.map((state, u) => {
    const update = sigma(own(0, u) + recurrent(0, u));
    const reset = sigma(own(1, u) + recurrent(1, u));
    const candidate = Math.tanh(own(2, u) + reset * recurrent(2, u));
    return update * state + (1 - update) * candidate;
  });
  return { hidden, cells: before.cells };
}

describe.each([
  { cell: "gru" as const, step: gruStep },
  { cell: "lstm" as const, step: lstmStep },
])("$cell", ({ cell, step }) => {
  test.each([
    { name: "a sequence", isInputRepeated: false },
    { name: "a repeated input", isInputRepeated: true },
  ])("has the states of its definition over $name", ({ isInputRepeated }) => {
    const tensors = randomTensors(cell);
    const { gaussian } = createRandom(6);
    const inputSteps = isInputRepeated ? 1 : STEPS;
    const inputs = Float64Array.from({ length: inputSteps * ROWS * CHANNELS }, gaussian);
    const layer = recurrentLayer(
      { cell, rows: ROWS, steps: STEPS, inputWidth: CHANNELS, units: UNITS, isInputRepeated },
      { parameters: tensors, gradients: tensors, inputs, inputGradient: null },
    );
    recurrentForward(layer);
    for (let row = 0; row < ROWS; row++) {
      const nothing = Array.from({ length: UNITS }, () => 0);
      let state: State = { hidden: nothing, cells: nothing };
      for (let t = 0; t < STEPS; t++) {
        const start = ((isInputRepeated ? 0 : t) * ROWS + row) * CHANNELS;
        state = step(tensors, [...inputs.subarray(start, start + CHANNELS)], state);
        const found = layer.hidden.at[t]!.subarray(row * UNITS, (row + 1) * UNITS);
        found.forEach((value, u) => {
          expect(value).toBeCloseTo(state.hidden[u]!, 12);
        });
      }
    }
  });
});

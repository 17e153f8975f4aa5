import { hyperbolicTangent, logistic } from "./hyperbolic-tangent.ts";
import {
  backpropagateInputs,
  type LayerCore,
  type LayerSize,
  type LayerWiring,
  layerCore,
  projectInputs,
} from "./layer-core.ts";
import { addProduct } from "./matrix-product.ts";
import { type StepMatrix, stepMatrix } from "./step-matrix.ts";

/** An LSTM at work on a number of windows. */
export type LstmLayer = LayerCore & {
  readonly cell: "lstm";
  readonly cells: StepMatrix;
  /** tanh of the cells, kept for the way back. */
  readonly squashedCells: StepMatrix;
  /** Of the step at work on the way back. */
  readonly cellGradient: Float64Array;
  /** The cells before the first step. */
  readonly noState: Float64Array;
};

/**
 * Long short-term memory.
 *
 * i, f, o = σ(x W + h U + b) of their blocks, g = tanh(likewise), c ← f ∘ c + i ∘ g, h ← o ∘ tanh c;
 * h = c = 0 before the first step.
 *
 * @param size of the layer
 * @param wiring parameters, gradients and inputs, kept by reference
 * @returns its buffers
 *
 * Convention: matches Keras LSTM, blocks in the order i, f, g, o. Source: Hochreiter and Schmidhuber
 * (1997); Gers, Schmidhuber and Cummins (2000) for the forget gate.
 */
export function lstmLayer(size: LayerSize, wiring: LayerWiring): LstmLayer {
  const core = layerCore(size, wiring);
  const width = size.rows * size.units;
  return {
    ...core,
    cell: "lstm",
    cells: stepMatrix(size.steps, width),
    squashedCells: stepMatrix(size.steps, width),
    cellGradient: new Float64Array(width),
    noState: new Float64Array(width),
  };
}

/**
 * States of all steps from the inputs.
 *
 * @param layer whose inputs are set; its states are overwritten
 *
 * Cost: O(rows · steps · units · (units + inputs)).
 */
export function lstmForward(layer: LstmLayer): void {
  const { gates, hidden, wiring, products } = layer;
  projectInputs(layer);
  for (let t = 0; t < layer.size.steps; t++) {
    // Before the first step there is no state to multiply.
    if (t > 0) {
      const kernel = wiring.parameters.recurrentKernel;
      addProduct(gates.at[t]!, hidden.at[t - 1]!, kernel, products.recurrent);
    }
    setStates(layer, t);
  }
}

/** Gates of a step from their inputs, and cells and states from them. */
function setStates(layer: LstmLayer, t: number): void {
  const { units } = layer.size;
  const gates = layer.gates.at[t]!;
  const before = t > 0 ? layer.cells.at[t - 1]! : layer.noState;
  const cells = layer.cells.at[t]!;
  const squashed = layer.squashedCells.at[t]!;
  const hidden = layer.hidden.at[t]!;
  for (let start = 0, gate = 0; start < hidden.length; start += units, gate += 4 * units) {
    for (let u = 0; u < units; u++) {
      const i = gate + u;
      const f = i + units;
      const g = f + units;
      const o = g + units;
      const input = logistic(gates[i]!);
      const forget = logistic(gates[f]!);
      const candidate = hyperbolicTangent(gates[g]!);
      const output = logistic(gates[o]!);
      const cell = forget * before[start + u]! + input * candidate;
      const tanhCell = hyperbolicTangent(cell);
      gates[i] = input;
      gates[f] = forget;
      gates[g] = candidate;
      gates[o] = output;
      cells[start + u] = cell;
      squashed[start + u] = tanhCell;
      hidden[start + u] = output * tanhCell;
    }
  }
}

/**
 * Adds the gradients by the parameters, and sets the one by the inputs where it is asked for.
 *
 * @param layer after lstmForward, with hiddenGradient set; its gates are overwritten
 *
 * Cost: twice that of lstmForward.
 */
export function lstmBackward(layer: LstmLayer): void {
  const { gates, hidden, hiddenGradient, wiring, products } = layer;
  const { parameters, gradients } = wiring;
  layer.cellGradient.fill(0);
  for (let t = layer.size.steps - 1; t >= 0; t--) {
    setGateGradients(layer, t);
    if (t === 0) continue;
    const gradient = gates.at[t]!;
    addProduct(
      hiddenGradient.at[t - 1]!,
      gradient,
      parameters.recurrentKernel,
      products.recurrentGradient,
    );
    addProduct(
      gradients.recurrentKernel,
      hidden.at[t - 1]!,
      gradient,
      products.recurrentKernelGradient,
    );
  }
  backpropagateInputs(layer);
}

/** Gradients by the inputs to the gates, in the place of the gates. */
function setGateGradients(layer: LstmLayer, t: number): void {
  const { units } = layer.size;
  const { cellGradient } = layer;
  const gates = layer.gates.at[t]!;
  const before = t > 0 ? layer.cells.at[t - 1]! : layer.noState;
  const squashed = layer.squashedCells.at[t]!;
  const gradient = layer.hiddenGradient.at[t]!;
  for (let start = 0, gate = 0; start < gradient.length; start += units, gate += 4 * units) {
    for (let u = 0; u < units; u++) {
      const i = gate + u;
      const f = i + units;
      const g = f + units;
      const o = g + units;
      const input = gates[i]!;
      const forget = gates[f]!;
      const candidate = gates[g]!;
      const output = gates[o]!;
      const tanhCell = squashed[start + u]!;
      const byHidden = gradient[start + u]!;
      const byCell = cellGradient[start + u]! + byHidden * output * (1 - tanhCell * tanhCell);
      gates[i] = byCell * candidate * input * (1 - input);
      gates[f] = byCell * before[start + u]! * forget * (1 - forget);
      gates[g] = byCell * input * (1 - candidate * candidate);
      gates[o] = byHidden * tanhCell * output * (1 - output);
      cellGradient[start + u] = byCell * forget;
    }
  }
}

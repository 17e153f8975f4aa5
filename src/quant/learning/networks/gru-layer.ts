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
import { addColumnSums, fillRows } from "./matrix-rows.ts";
import { type StepMatrix, stepMatrix } from "./step-matrix.ts";

/** A GRU at work on a number of windows. */
export type GruLayer = LayerCore & {
  readonly cell: "gru";
  /** States · recurrent kernel + its bias; on the way back the gradient by it. */
  readonly recurrences: StepMatrix;
  /** The state before the first step. */
  readonly noState: Float64Array;
};

/**
 * Gated recurrent unit, the form that resets after the product.
 *
 * z = σ(x Wz + h Uz + b), r = σ(x Wr + h Ur + b), n = tanh(x Wn + b + r ∘ (h Un + b')),
 * h ← z ∘ h + (1 − z) ∘ n; h = 0 before the first step.
 *
 * @param size of the layer
 * @param wiring parameters, gradients and inputs, kept by reference
 * @returns its buffers
 *
 * Convention: matches Keras GRU(reset_after=True). Source: Cho et al. (2014), as in Keras and cuDNN.
 */
export function gruLayer(size: LayerSize, wiring: LayerWiring): GruLayer {
  const core = layerCore(size, wiring);
  const width = size.rows * size.units;
  return {
    ...core,
    cell: "gru",
    recurrences: stepMatrix(size.steps, 3 * width),
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
export function gruForward(layer: GruLayer): void {
  const { recurrences, hidden, wiring, products } = layer;
  projectInputs(layer);
  fillRows(recurrences.all, wiring.parameters.recurrentBias);
  for (let t = 0; t < layer.size.steps; t++) {
    // Before the first step there is no state to multiply.
    if (t > 0) {
      const kernel = wiring.parameters.recurrentKernel;
      addProduct(recurrences.at[t]!, hidden.at[t - 1]!, kernel, products.recurrent);
    }
    setStates(layer, t);
  }
}

/** Gates of a step from their inputs, and the states from them. */
function setStates(layer: GruLayer, t: number): void {
  const { units } = layer.size;
  const gates = layer.gates.at[t]!;
  const recurrences = layer.recurrences.at[t]!;
  const before = t > 0 ? layer.hidden.at[t - 1]! : layer.noState;
  const hidden = layer.hidden.at[t]!;
  for (let start = 0, gate = 0; start < hidden.length; start += units, gate += 3 * units) {
    for (let u = 0; u < units; u++) {
      const z = gate + u;
      const r = z + units;
      const n = r + units;
      const update = logistic(gates[z]! + recurrences[z]!);
      const reset = logistic(gates[r]! + recurrences[r]!);
      const candidate = hyperbolicTangent(gates[n]! + reset * recurrences[n]!);
      gates[z] = update;
      gates[r] = reset;
      gates[n] = candidate;
      hidden[start + u] = candidate + update * (before[start + u]! - candidate);
    }
  }
}

/**
 * Adds the gradients by the parameters, and sets the one by the inputs where it is asked for.
 *
 * @param layer after gruForward, with hiddenGradient set; its gates and recurrences are overwritten
 *
 * Cost: twice that of gruForward.
 */
export function gruBackward(layer: GruLayer): void {
  const { recurrences, hidden, hiddenGradient, wiring, products } = layer;
  const { parameters, gradients } = wiring;
  for (let t = layer.size.steps - 1; t >= 0; t--) {
    setGateGradients(layer, t);
    if (t === 0) continue;
    const gradient = recurrences.at[t]!;
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
  addColumnSums(gradients.recurrentBias, recurrences.all);
  backpropagateInputs(layer);
}

/** Gradients by the inputs to the gates, from both sides, in the place of the gates. */
function setGateGradients(layer: GruLayer, t: number): void {
  const { units } = layer.size;
  const gates = layer.gates.at[t]!;
  const recurrences = layer.recurrences.at[t]!;
  const before = t > 0 ? layer.hidden.at[t - 1]! : layer.noState;
  const gradient = layer.hiddenGradient.at[t]!;
  // What the first step hands on is never read.
  const gradientBefore = layer.hiddenGradient.at[Math.max(t - 1, 0)]!;
  for (let start = 0, gate = 0; start < gradient.length; start += units, gate += 3 * units) {
    for (let u = 0; u < units; u++) {
      const z = gate + u;
      const r = z + units;
      const n = r + units;
      const update = gates[z]!;
      const reset = gates[r]!;
      const candidate = gates[n]!;
      const byHidden = gradient[start + u]!;
      const byCandidate = byHidden * (1 - update) * (1 - candidate * candidate);
      const byUpdate = byHidden * (before[start + u]! - candidate) * update * (1 - update);
      const byReset = byCandidate * recurrences[n]! * reset * (1 - reset);
      gates[z] = byUpdate;
      gates[r] = byReset;
      gates[n] = byCandidate;
      recurrences[z] = byUpdate;
      recurrences[r] = byReset;
      recurrences[n] = byCandidate * reset;
      gradientBefore[start + u]! += byHidden * update;
    }
  }
}

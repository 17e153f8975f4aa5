import {
  addProduct,
  leftTransposedShape,
  type ProductShape,
  productShape,
  rightTransposedShape,
} from "./matrix-product.ts";
import { addColumnSums, fillRows } from "./matrix-rows.ts";
import { type CellKind, gateCount, type RecurrentTensors } from "./network-shape.ts";
import { type StepMatrix, stepMatrix } from "./step-matrix.ts";

/** Sizes of a recurrent layer at work on a number of windows. */
export type LayerSize = {
  readonly cell: CellKind;
  /** Windows. */
  readonly rows: number;
  readonly steps: number;
  readonly inputWidth: number;
  readonly units: number;
  /** Whether one input serves every step, as a decoder has it. */
  readonly isInputRepeated: boolean;
};

/** What it is given: its parameters, where gradients are added up, and its inputs. */
export type LayerWiring = {
  readonly parameters: RecurrentTensors;
  readonly gradients: RecurrentTensors;
  /** Steps (1 when repeated) × rows × inputWidth. */
  readonly inputs: Float64Array;
  /** Of the same layout, overwritten by the way back; null where nobody asks. */
  readonly inputGradient: Float64Array | null;
};

/** What GRU and LSTM have in common; every array is steps × rows × a width. */
export type LayerCore = {
  readonly size: LayerSize;
  readonly wiring: LayerWiring;
  /** Inputs to the gates, then the gates, then, on the way back, the gradient by the former. */
  readonly gates: StepMatrix;
  readonly hidden: StepMatrix;
  /** Set by the layer after this one for the way back, which adds what comes from later steps. */
  readonly hiddenGradient: StepMatrix;
  readonly products: LayerProducts;
};

type LayerProducts = {
  /** Inputs of all steps × input kernel. */
  readonly input: ProductShape;
  readonly inputKernelGradient: ProductShape;
  readonly inputGradient: ProductShape;
  /** States of a step × recurrent kernel. */
  readonly recurrent: ProductShape;
  readonly recurrentKernelGradient: ProductShape;
  readonly recurrentGradient: ProductShape;
};

/**
 * Buffers that any recurrent layer needs.
 *
 * @param size of the layer
 * @param wiring parameters, gradients and inputs, kept by reference
 * @returns buffers of zeros
 */
export function layerCore(size: LayerSize, wiring: LayerWiring): LayerCore {
  const { rows, steps, units, inputWidth } = size;
  const gates = gateCount(size);
  const inputRows = size.isInputRepeated ? rows : steps * rows;
  return {
    size,
    wiring,
    gates: stepMatrix(steps, rows * gates),
    hidden: stepMatrix(steps, rows * units),
    hiddenGradient: stepMatrix(steps, rows * units),
    products: {
      input: productShape(inputRows, inputWidth, gates),
      inputKernelGradient: leftTransposedShape(inputWidth, inputRows, gates),
      inputGradient: rightTransposedShape(inputRows, gates, inputWidth),
      recurrent: productShape(rows, units, gates),
      recurrentKernelGradient: leftTransposedShape(units, rows, gates),
      recurrentGradient: rightTransposedShape(rows, gates, units),
    },
  };
}

/**
 * Sets the gates of all steps to what comes from the inputs: bias + inputs · kernel. One product for
 * all steps; a repeated input is multiplied once.
 *
 * @param layer whose inputs are set
 */
export function projectInputs(layer: LayerCore): void {
  const { size, wiring, gates, products } = layer;
  const first = size.isInputRepeated ? gates.at[0]! : gates.all;
  fillRows(first, wiring.parameters.bias);
  addProduct(first, wiring.inputs, wiring.parameters.inputKernel, products.input);
  if (size.isInputRepeated) fillRows(gates.all, first);
}

/**
 * Takes the gradient by the inputs to the gates, which `gates` holds now, back to kernel, bias and
 * inputs.
 *
 * @param layer after the way back through its steps
 */
export function backpropagateInputs(layer: LayerCore): void {
  const { size, wiring, gates, products } = layer;
  const { parameters, gradients, inputs, inputGradient } = wiring;
  // A repeated input acts through every step.
  if (size.isInputRepeated) addLaterSteps(gates);
  const gradient = size.isInputRepeated ? gates.at[0]! : gates.all;
  addColumnSums(gradients.bias, gradient);
  addProduct(gradients.inputKernel, inputs, gradient, products.inputKernelGradient);
  if (inputGradient === null) return;
  inputGradient.fill(0);
  addProduct(inputGradient, gradient, parameters.inputKernel, products.inputGradient);
}

function addLaterSteps(gates: StepMatrix): void {
  const first = gates.at[0]!;
  for (let t = 1; t < gates.at.length; t++) {
    const later = gates.at[t]!;
    for (let i = 0; i < first.length; i++) first[i]! += later[i]!;
  }
}

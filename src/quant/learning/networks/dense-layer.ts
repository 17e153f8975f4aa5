import {
  addProduct,
  leftTransposedShape,
  type ProductShape,
  productShape,
  rightTransposedShape,
} from "./matrix-product.ts";
import { addColumnSums, fillRows } from "./matrix-rows.ts";
import type { DenseTensors } from "./network-shape.ts";

/** What a dense layer is given; its inputs are rows × inputWidth. */
export type DenseWiring = {
  readonly parameters: DenseTensors;
  readonly gradients: DenseTensors;
  readonly inputs: Float64Array;
  /** Overwritten by the way back. */
  readonly inputGradient: Float64Array;
};

/** A dense layer at work on rows; the same for every step of a sequence. */
export type DenseLayer = {
  readonly wiring: DenseWiring;
  /** Rows × width. */
  readonly outputs: Float64Array;
  /** Set for the way back. */
  readonly outputGradient: Float64Array;
  readonly products: {
    readonly forward: ProductShape;
    readonly inputGradient: ProductShape;
    readonly kernelGradient: ProductShape;
  };
};

/**
 * Dense layer without an activation: inputs · kernel + bias.
 *
 * @param rows that it works on
 * @param wiring parameters, gradients and inputs, kept by reference
 * @returns its buffers
 */
export function denseLayer(rows: number, wiring: DenseWiring): DenseLayer {
  const width = wiring.parameters.bias.length;
  const inputWidth = wiring.parameters.kernel.length / width;
  return {
    wiring,
    outputs: new Float64Array(rows * width),
    outputGradient: new Float64Array(rows * width),
    products: {
      forward: productShape(rows, inputWidth, width),
      inputGradient: rightTransposedShape(rows, width, inputWidth),
      kernelGradient: leftTransposedShape(inputWidth, rows, width),
    },
  };
}

/**
 * Outputs from the inputs.
 *
 * @param layer whose inputs are set
 *
 * Cost: O(rows · inputs · outputs).
 */
export function denseForward(layer: DenseLayer): void {
  const { outputs, wiring, products } = layer;
  fillRows(outputs, wiring.parameters.bias);
  addProduct(outputs, wiring.inputs, wiring.parameters.kernel, products.forward);
}

/**
 * Adds the gradients by kernel and bias and sets the one by the inputs.
 *
 * @param layer after denseForward, with outputGradient set
 *
 * Cost: O(rows · inputs · outputs).
 */
export function denseBackward(layer: DenseLayer): void {
  const { outputGradient, wiring, products } = layer;
  const { parameters, gradients, inputs, inputGradient } = wiring;
  addColumnSums(gradients.bias, outputGradient);
  addProduct(gradients.kernel, inputs, outputGradient, products.kernelGradient);
  inputGradient.fill(0);
  addProduct(inputGradient, outputGradient, parameters.kernel, products.inputGradient);
}

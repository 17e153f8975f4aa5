import { type DenseLayer, denseBackward, denseForward, denseLayer } from "./dense-layer.ts";
import type { NetworkAnswers } from "./network-loss.ts";
import { gateCount, type NetworkShape, type NetworkTensors } from "./network-shape.ts";
import {
  type RecurrentLayer,
  recurrentBackward,
  recurrentForward,
  recurrentLayer,
} from "./recurrent-layer.ts";
import {
  drawMask,
  keepGradient,
  keepStates,
  type StateDropout,
  stateDropout,
} from "./state-dropout.ts";

/** A network at work on a number of windows: all that a way there and back writes to. */
export type NetworkPass = {
  readonly rows: number;
  /** Steps × rows × channels; to be set first. */
  readonly inputs: Float64Array;
  readonly encoder: RecurrentLayer;
  /** The encoder's state after the last bar. */
  readonly lastState: StateDropout;
  readonly decoder: Decoder | null;
  readonly head: DenseLayer;
  /** Output steps × rows of outputs, targets and weights. */
  readonly answers: NetworkAnswers;
};

type Decoder = { readonly layer: RecurrentLayer; readonly states: StateDropout };

/** Parameters and the gradients by them, which a way back adds to. */
export type LearnedTensors = {
  readonly parameters: NetworkTensors;
  readonly gradients: NetworkTensors;
};

/**
 * Buffers of a network for a number of windows at once.
 *
 * @param shape checked
 * @param tensors kept by reference, so that a pass sees every change of the parameters
 * @param rows windows, ≥ 1
 * @returns a pass without dropout until masks are drawn
 */
export function networkPass(
  shape: NetworkShape,
  tensors: LearnedTensors,
  rows: number,
): NetworkPass {
  const { cell, units, lengthBars, channels, outputSteps } = shape;
  const { parameters, gradients } = tensors;
  const inputs = new Float64Array(lengthBars * rows * channels);
  const encoder = recurrentLayer(
    { cell, rows, steps: lengthBars, inputWidth: channels, units, isInputRepeated: false },
    { parameters: parameters.encoder, gradients: gradients.encoder, inputs, inputGradient: null },
  );
  const lastState = stateDropout(
    encoder.hidden.at[lengthBars - 1]!,
    encoder.hiddenGradient.at[lengthBars - 1]!,
  );
  const decoder = decoderOf(shape, tensors, lastState);
  const { kept, keptGradient } = decoder?.states ?? lastState;
  const head = denseLayer(rows * outputSteps, {
    parameters: parameters.head,
    gradients: gradients.head,
    inputs: kept,
    inputGradient: keptGradient,
  });
  const answers = {
    classCount: shape.classCount,
    outputs: head.outputs,
    outputGradient: head.outputGradient,
    targets: new Float64Array(rows * outputSteps),
    weights: new Float64Array(rows * outputSteps),
  };
  return { rows, inputs, encoder, lastState, decoder, head, answers };
}

function decoderOf(
  shape: NetworkShape,
  { parameters, gradients }: LearnedTensors,
  lastState: StateDropout,
): Decoder | null {
  if (parameters.decoder === null || gradients.decoder === null) return null;
  const { cell, units, outputSteps } = shape;
  const rows = lastState.states.length / units;
  const layer = recurrentLayer(
    { cell, rows, steps: outputSteps, inputWidth: units, units, isInputRepeated: true },
    {
      parameters: parameters.decoder,
      gradients: gradients.decoder,
      inputs: lastState.kept,
      inputGradient: lastState.keptGradient,
    },
  );
  return { layer, states: stateDropout(layer.hidden.all, layer.hiddenGradient.all) };
}

/**
 * Products that a window costs on the way there; on the way back twice as many.
 *
 * @param shape of the network
 * @returns their number, without those of the dense layer
 */
export function productsPerWindow(shape: NetworkShape): number {
  const { units, channels, lengthBars, outputSteps } = shape;
  const gates = gateCount(shape);
  const encoder = (lengthBars * (channels + units) - units) * gates;
  if (shape.architecture === "last-state") return encoder;
  return encoder + outputSteps * units * gates;
}

/**
 * Draws what is left out of the last state and of the decoder's states.
 *
 * @param pass whose masks are overwritten
 * @param rate share left out, in [0, 1)
 * @param uniform seeded numbers in [0, 1)
 */
export function drawMasks(pass: NetworkPass, rate: number, uniform: () => number): void {
  drawMask(pass.lastState, rate, uniform);
  if (pass.decoder !== null) drawMask(pass.decoder.states, rate, uniform);
}

/**
 * Outputs from the inputs.
 *
 * @param pass whose inputs are set; its answers' outputs are overwritten
 *
 * Cost: rows · productsPerWindow, nothing allocated.
 */
export function networkForward(pass: NetworkPass): void {
  const { encoder, lastState, decoder, head } = pass;
  recurrentForward(encoder);
  keepStates(lastState);
  if (decoder !== null) {
    recurrentForward(decoder.layer);
    keepStates(decoder.states);
  }
  denseForward(head);
}

/**
 * Adds the gradients by all parameters.
 *
 * @param pass after networkForward, with the gradient by its outputs set
 *
 * Cost: twice that of networkForward, nothing allocated.
 */
export function networkBackward(pass: NetworkPass): void {
  const { encoder, lastState, decoder, head } = pass;
  denseBackward(head);
  if (decoder !== null) {
    keepGradient(decoder.states);
    recurrentBackward(decoder.layer);
  }
  // Only the last state acts on the answer directly.
  encoder.hiddenGradient.all.fill(0);
  keepGradient(lastState);
  recurrentBackward(encoder);
}

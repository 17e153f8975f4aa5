import { InvalidInputError } from "../../invalid-input-error.ts";
import { logistic } from "./hyperbolic-tangent.ts";
import { networkForward } from "./network-pass.ts";
import { networkPasses } from "./network-passes.ts";
import { type NetworkShape, networkTensors } from "./network-shape.ts";
import { type RecurrentNetwork, requireRecurrentNetwork } from "./recurrent-network.ts";
import { gatherWindows, requireSequenceWindows, type SequenceWindows } from "./sequence-windows.ts";
import { softmax } from "./softmax.ts";

/**
 * What a network says of windows.
 *
 * A window's answer does not depend on what windows are asked with it, to the bit.
 *
 * @param network trained
 * @param windows of the channels and bars that it was trained on; one is enough, none gives none
 * @returns windows × output steps × 1 number of a regression, or the probabilities of all classes
 * @throws {InvalidInputError} as networkPredictor and requireSequenceWindows; "length-mismatch": other
 *   channels or bars than it was trained on
 *
 * Cost: windows · productsPerWindow, about 0.4 ns each.
 */
export function predictNetwork(network: RecurrentNetwork, windows: SequenceWindows): Float64Array {
  return networkPredictor(network)(windows);
}

/**
 * The same for who asks often: buffers are made once.
 *
 * @param network trained; kept by reference
 * @returns predictNetwork of it
 * @throws {InvalidInputError} as requireRecurrentNetwork
 */
export function networkPredictor(
  network: RecurrentNetwork,
): (windows: SequenceWindows) => Float64Array {
  requireRecurrentNetwork(network);
  const { shape, parameters } = network;
  // Nothing goes back through these passes; what they would add to is never touched.
  const gradients = networkTensors(shape, new Float64Array(parameters.length));
  const passes = networkPasses(shape, networkTensors(shape, parameters), gradients);
  return (windows) => {
    requireWindowsOf(shape, windows);
    const count = windows.ends.length;
    const order = Int32Array.from(windows.ends, (_, place) => place);
    const width = Math.max(1, shape.classCount);
    const answers = new Float64Array(count * shape.outputSteps * width);
    for (let first = 0; first < count; first += passes.rowsMax) {
      const rows = Math.min(passes.rowsMax, count - first);
      const pass = passes.ofRows(rows);
      gatherWindows(windows, { order, first, count: rows }, pass.inputs);
      networkForward(pass);
      writeAnswers(shape, pass.head.outputs, answers.subarray(first * shape.outputSteps * width));
    }
    return answers;
  };
}

function requireWindowsOf(shape: NetworkShape, windows: SequenceWindows): void {
  if (windows.columns.length !== shape.channels || windows.lengthBars !== shape.lengthBars) {
    const trainedOn = `${shape.channels} channels and ${shape.lengthBars} bars`;
    throw new InvalidInputError("length-mismatch", `the network was trained on ${trainedOn}`);
  }
  requireSequenceWindows(windows);
}

/** Outputs, steps first, as answers, windows first. */
function writeAnswers(shape: NetworkShape, outputs: Float64Array, answers: Float64Array): void {
  const { classCount, outputSteps } = shape;
  const outputWidth = classCount <= 2 ? 1 : classCount;
  const width = Math.max(1, classCount);
  const rows = outputs.length / (outputSteps * outputWidth);
  for (let step = 0; step < outputSteps; step++) {
    for (let i = 0; i < rows; i++) {
      const from = (step * rows + i) * outputWidth;
      const to = (i * outputSteps + step) * width;
      if (classCount === 0) answers[to] = outputs[from]!;
      else if (classCount === 2) {
        const probability = logistic(outputs[from]!);
        answers[to] = 1 - probability;
        answers[to + 1] = probability;
      } else {
        answers.set(outputs.subarray(from, from + width), to);
        softmax(answers, answers, to, width);
      }
    }
  }
}

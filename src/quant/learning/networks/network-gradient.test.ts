import { expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import { initialParameters } from "./initial-parameters.ts";
import { networkLoss } from "./network-loss.ts";
import {
  drawMasks,
  type NetworkPass,
  networkBackward,
  networkForward,
  networkPass,
} from "./network-pass.ts";
import { type NetworkShape, type NetworkTensors, networkTensors } from "./network-shape.ts";

const ROWS = 5;
const STEP = 1e-5;

const SHAPES = (["gru", "lstm"] as const).flatMap((cell) =>
  (["last-state", "encoder-decoder"] as const).flatMap((architecture) =>
    [0, 2, 3].map((classCount) => ({
      cell,
      architecture,
      classCount,
      channels: 2,
      lengthBars: 4,
      units: 3,
      outputSteps: architecture === "last-state" ? 1 : 3,
    })),
  ),
);

/** A pass with inputs, answers, unequal weights and a mask that leaves out some states. */
function filledPass(
  shape: NetworkShape,
  parameters: Float64Array,
  gradient: Float64Array,
): NetworkPass {
  const tensors = {
    parameters: networkTensors(shape, parameters),
    gradients: networkTensors(shape, gradient),
  };
  const pass = networkPass(shape, tensors, ROWS);
  const { gaussian, uniform } = createRandom(3);
  for (let i = 0; i < pass.inputs.length; i++) pass.inputs[i] = gaussian();
  const { targets, weights } = pass.answers;
  for (let i = 0; i < targets.length; i++) {
    targets[i] = shape.classCount === 0 ? gaussian() : Math.floor(uniform() * shape.classCount);
    weights[i] = 0.2 + uniform();
  }
  drawMasks(pass, 0.3, uniform);
  return pass;
}

function namedTensors(tensors: NetworkTensors): [string, Float64Array][] {
  return Object.entries(tensors).flatMap(([layer, group]) =>
    Object.entries(group ?? {}).map(([name, tensor]): [string, Float64Array] => [
      `${layer}.${name}`,
      tensor,
    ]),
  );
}

test.each(SHAPES)(
  "gradients of $cell, $architecture, $classCount classes are those of finite differences",
  (shape) => {
    const parameters = initialParameters(shape, 7);
    // Biases that are not zero, so that none of their gradients is right by chance.
    const { gaussian } = createRandom(11);
    for (let i = 0; i < parameters.length; i++) parameters[i]! += 0.3 * gaussian();
    const gradient = new Float64Array(parameters.length);
    const pass = filledPass(shape, parameters, gradient);
    const loss = (): number => {
      networkForward(pass);
      return networkLoss(pass.answers);
    };
    loss();
    networkBackward(pass);
    const analytic = namedTensors(networkTensors(shape, gradient.slice()));
    for (const [place, [name, tensor]] of namedTensors(
      networkTensors(shape, parameters),
    ).entries()) {
      const found = analytic[place]![1];
      const numeric = tensor.map((value, i) => {
        tensor[i] = value + STEP;
        const above = loss();
        tensor[i] = value - STEP;
        const below = loss();
        tensor[i] = value;
        return (above - below) / (2 * STEP);
      });
      const largest = numeric.reduce((max, value) => Math.max(max, Math.abs(value)), 1);
      const difference = numeric.reduce((max, v, i) => Math.max(max, Math.abs(v - found[i]!)), 0);
      expect(difference / largest, name).toBeLessThan(1e-8);
      if (tensor.length > 0)
        expect(
          found.some((value) => value !== 0),
          name,
        ).toBe(true);
    }
  },
);

test("gradients of two passes add up", () => {
  const shape = SHAPES[0]!;
  const parameters = initialParameters(shape, 1);
  const gradient = new Float64Array(parameters.length);
  const pass = filledPass(shape, parameters, gradient);
  const once = (): void => {
    networkForward(pass);
    networkLoss(pass.answers);
    networkBackward(pass);
  };
  once();
  const first = gradient.slice();
  once();
  const difference = gradient.map((value, i) => Math.abs(value - 2 * first[i]!));
  expect(Math.max(...difference)).toBeLessThan(1e-12);
});

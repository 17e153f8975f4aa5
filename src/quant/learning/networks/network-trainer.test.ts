import { expect, test } from "vitest";
import { createAdam } from "./adam.ts";
import { initialParameters } from "./initial-parameters.ts";
import { shapeOf } from "./network-data.ts";
import { SMALL_SETTINGS, signsOfSums } from "./network-fixtures.test-support.ts";
import { networkLoss } from "./network-loss.ts";
import { networkBackward, networkForward, networkPass } from "./network-pass.ts";
import { networkTensors } from "./network-shape.ts";
import { networkTrainer } from "./network-trainer.ts";
import { gatherWindows } from "./sequence-windows.ts";

test("a batch of more windows than are computed at once steps as one batch", () => {
  const count = 150;
  const data = signsOfSums(count, 4, 1);
  const settings = { ...SMALL_SETTINGS, batchSize: count };
  const shape = shapeOf(data, settings);
  const places = Int32Array.from({ length: count }, (_, i) => i);

  const parameters = initialParameters(shape, 1);
  const done: number[] = [];
  const trainer = networkTrainer({ data, shape, settings, seed: 1, parameters });
  const loss = trainer.trainEpoch(places.slice(), (windows) => done.push(windows));

  const expected = initialParameters(shape, 1);
  const gradient = new Float64Array(expected.length);
  const tensors = {
    parameters: networkTensors(shape, expected),
    gradients: networkTensors(shape, gradient),
  };
  const pass = networkPass(shape, tensors, count);
  gatherWindows(data.windows, { order: places, first: 0, count }, pass.inputs);
  pass.answers.targets.set(data.targets);
  pass.answers.weights.fill(1 / count);
  networkForward(pass);
  expect(loss).toBeCloseTo(networkLoss(pass.answers), 12);
  networkBackward(pass);
  createAdam(expected, gradient, settings)();
  parameters.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 8);
  });
  expect(done).toEqual([64, 128, 150]);
});

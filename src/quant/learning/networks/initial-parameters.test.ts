import { expect, test } from "vitest";
import { initialParameters } from "./initial-parameters.ts";
import { type NetworkShape, networkTensors, parameterCount } from "./network-shape.ts";

const LSTM: NetworkShape = {
  cell: "lstm",
  architecture: "encoder-decoder",
  channels: 1,
  lengthBars: 3,
  units: 50,
  outputSteps: 1,
  classCount: 0,
};

test.each([
  // Numbers of parameters that Keras reports of these layers.
  { name: "LSTM(50) twice and Dense(1)", shape: LSTM, count: 10_400 + 20_200 + 51 },
  {
    name: "GRU(16) and Dense(3)",
    shape: {
      ...LSTM,
      cell: "gru",
      architecture: "last-state",
      channels: 2,
      units: 16,
      classCount: 3,
    },
    count: 960 + 51,
  } as const,
])("$name has $count parameters", ({ shape, count }) => {
  expect(parameterCount(shape)).toBe(count);
});

test("kernels start within their bounds, recurrent ones orthonormal, forget gates open", () => {
  const { encoder, decoder } = networkTensors(LSTM, initialParameters(LSTM, 1));
  const limit = Math.sqrt(6 / (50 + 200));
  const largest = decoder!.inputKernel.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  expect(largest).toBeLessThanOrEqual(limit);
  expect(largest).toBeGreaterThan(0.99 * limit);
  const row = (i: number) => encoder.recurrentKernel.subarray(i * 200, (i + 1) * 200);
  const product = (i: number, j: number) => row(i).reduce((sum, v, k) => sum + v * row(j)[k]!, 0);
  expect(product(3, 3)).toBeCloseTo(1, 12);
  expect(product(3, 49)).toBeCloseTo(0, 12);
  expect([0, 49, 50, 99, 100, 199].map((gate) => encoder.bias[gate])).toEqual([0, 0, 1, 1, 0, 0]);
});

test("the seed decides", () => {
  expect(initialParameters(LSTM, 1)).toEqual(initialParameters(LSTM, 1));
  expect(initialParameters(LSTM, 2)).not.toEqual(initialParameters(LSTM, 1));
});

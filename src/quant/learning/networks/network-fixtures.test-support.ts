import { createRandom } from "../../synthetic/random.ts";
import type { NetworkData } from "./network-data.ts";
import type { NetworkSettings } from "./network-settings.ts";

/** A small network of either kind, trained for a moment. */
export const SMALL_SETTINGS: NetworkSettings = {
  cell: "gru",
  architecture: "last-state",
  units: 6,
  dropout: 0,
  epochs: 8,
  batchSize: 16,
  learningRate: 0.02,
  gradientNormMax: 1,
  validationShare: 0.25,
  patienceEpochs: 3,
};

/** Windows over two channels of noise, one a bar; the answer comes from the window alone. */
export function windowsOfNoise(
  sizes: { readonly count: number; readonly lengthBars: number; readonly seed: number },
  answer: (window: { readonly sum: number; readonly last: number }) => readonly number[],
): NetworkData {
  const { count, lengthBars, seed } = sizes;
  const { gaussian } = createRandom(seed);
  const rows = count + lengthBars - 1;
  const columns = [0, 1].map(() => Float64Array.from({ length: rows }, gaussian));
  const ends = Int32Array.from({ length: count }, (_, i) => i + lengthBars - 1);
  const answers = [...ends].map((end) => {
    const window = columns[0]!.subarray(end - lengthBars + 1, end + 1);
    return answer({ sum: window.reduce((sum, value) => sum + value, 0), last: window.at(-1)! });
  });
  return {
    windows: { columns, ends, lengthBars },
    targets: Float64Array.from(answers.flat()),
    outputSteps: answers[0]!.length,
    classCount: 0,
    weights: null,
    bars: ends,
    horizonBars: 0,
  };
}

/** Whether the sum of the first channel over the window is above zero. */
export function signsOfSums(count: number, lengthBars: number, seed: number): NetworkData {
  const data = windowsOfNoise({ count, lengthBars, seed }, ({ sum }) => [sum > 0 ? 1 : 0]);
  return { ...data, classCount: 2 };
}

import { describe, expect, test } from "vitest";
import type { NetworkData } from "./network-data.ts";
import { SMALL_SETTINGS, signsOfSums, windowsOfNoise } from "./network-fixtures.test-support.ts";
import { networkPredictor, predictNetwork } from "./network-predictor.ts";
import { type NetworkSettings, PUBLISHED_ENCODER_DECODER } from "./network-settings.ts";
import { trainNetwork } from "./train-network.ts";

const SIGNS = signsOfSums(400, 6, 1);

function accuracy(data: NetworkData, probabilities: Float64Array): number {
  const right = data.targets.filter((target, i) => {
    return (probabilities[2 * i + 1]! > 0.5 ? 1 : 0) === target;
  });
  return right.length / data.targets.length;
}

describe("trainNetwork", () => {
  test.each([
    { cell: "gru", architecture: "last-state" },
    { cell: "lstm", architecture: "last-state" },
    { cell: "gru", architecture: "encoder-decoder" },
    { cell: "lstm", architecture: "encoder-decoder" },
  ] as const)("of $cell, $architecture, finds the sign of a sum", (kind) => {
    const { network, curve } = trainNetwork(SIGNS, { ...SMALL_SETTINGS, ...kind }, { seed: 1 });
    const unseen = signsOfSums(300, 6, 2);
    expect(accuracy(unseen, predictNetwork(network, unseen.windows))).toBeGreaterThan(0.85);
    expect(curve.training.at(-1)).toBeLessThan(curve.training[0]!);
  });

  test("tells three classes apart", () => {
    const of = (seed: number): NetworkData => ({
      ...windowsOfNoise({ count: 400, lengthBars: 4, seed }, ({ sum }) => [
        sum < -1 ? 0 : sum < 1 ? 1 : 2,
      ]),
      classCount: 3,
    });
    const settings = { ...SMALL_SETTINGS, epochs: 12 };
    const { network } = trainNetwork(of(1), settings, { seed: 1 });
    const unseen = of(2);
    const probabilities = predictNetwork(network, unseen.windows);
    const right = unseen.targets.filter((target, i) => {
      const [a, b, c] = probabilities.subarray(3 * i, 3 * i + 3);
      expect(a! + b! + c!).toBeCloseTo(1, 12);
      return Math.max(a!, b!, c!) === probabilities[3 * i + target];
    });
    expect(right.length / unseen.targets.length).toBeGreaterThan(0.75);
  });

  test("of a decoder answers every step", () => {
    const of = (seed: number): NetworkData =>
      windowsOfNoise({ count: 400, lengthBars: 3, seed }, ({ sum, last }) => [last, sum / 2]);
    const settings = { ...SMALL_SETTINGS, architecture: "encoder-decoder", epochs: 15 } as const;
    const { network } = trainNetwork(of(1), settings, { seed: 1 });
    const { windows, targets } = of(2);
    const answers = predictNetwork(network, windows);
    const squares = (step: number, of: (i: number) => number): number => {
      let sum = 0;
      for (let i = step; i < targets.length; i += 2) sum += of(i) ** 2;
      return sum;
    };
    for (const step of [0, 1]) {
      const explained =
        squares(step, (i) => answers[i]! - targets[i]!) / squares(step, (i) => targets[i]!);
      expect(explained, `step ${step}`).toBeLessThan(0.2);
    }
  });

  test("is the same to the bit for the same seed, and another for another", () => {
    const settings = { ...SMALL_SETTINGS, dropout: 0.2, epochs: 3 };
    const once = trainNetwork(SIGNS, settings, { seed: 5 });
    expect(trainNetwork(SIGNS, settings, { seed: 5 })).toEqual(once);
    const other = trainNetwork(SIGNS, settings, { seed: 6 });
    expect(other.network.parameters).not.toEqual(once.network.parameters);
  });

  test("does not see what it sets aside", () => {
    const settings = { ...SMALL_SETTINGS, epochs: 3, patienceEpochs: 3 };
    const targets = SIGNS.targets.slice();
    // Answers of the last quarter say the opposite.
    for (let i = 300; i < 400; i++) targets[i] = 1 - targets[i]!;
    const once = trainNetwork(SIGNS, settings, { seed: 1 });
    const other = trainNetwork({ ...SIGNS, targets }, settings, { seed: 1 });
    expect(other.curve.training).toEqual(once.curve.training);
    expect(other.curve.validation).not.toEqual(once.curve.validation);
  });

  test("stops when patience is at its end and keeps the best epoch", () => {
    // Nothing to learn: what helps on the training windows harms on the others.
    const noise = windowsOfNoise({ count: 120, lengthBars: 4, seed: 3 }, () => [0]);
    const targets = windowsOfNoise({ count: 120, lengthBars: 1, seed: 4 }, ({ last }) => [
      last,
    ]).targets;
    const settings = { ...SMALL_SETTINGS, epochs: 60, learningRate: 0.05, units: 12 };
    const data = { ...noise, targets };
    const { curve, bestEpoch, network } = trainNetwork(data, settings, { seed: 1 });
    expect(curve.validation.length).toBe(bestEpoch + 1 + settings.patienceEpochs);
    expect(curve.validation.length).toBeLessThan(60);
    expect(curve.validation[bestEpoch]).toBe(Math.min(...curve.validation));
    const again = trainNetwork(data, { ...settings, epochs: bestEpoch + 1 }, { seed: 1 });
    expect(again.network).toEqual(network);
  });

  test("without validation trains all epochs and keeps the last", () => {
    const settings = { ...SMALL_SETTINGS, validationShare: 0, epochs: 2 };
    const { curve, bestEpoch } = trainNetwork(SIGNS, settings, { seed: 1 });
    expect([bestEpoch, curve.training.length]).toEqual([1, 2]);
    expect(curve.validation.every(Number.isNaN)).toBe(true);
  });

  test("a window of weight 2 counts as two windows", () => {
    const weights = Float64Array.from({ length: 40 }, (_, i) => 1 + (i % 2));
    const settings = { ...SMALL_SETTINGS, validationShare: 0, epochs: 2, batchSize: 100 };
    const data = signsOfSums(40, 4, 1);
    const twice = Int32Array.from({ length: 60 }, (_, i) => (i < 40 ? i : 2 * (i - 40) + 1));
    const repeated = {
      ...data,
      windows: { ...data.windows, ends: twice.map((i) => data.windows.ends[i]!) },
      targets: Float64Array.from(twice, (i) => data.targets[i]!),
      bars: twice.map((i) => data.bars[i]!),
    };
    const byWeight = trainNetwork({ ...data, weights }, settings, { seed: 1 });
    const byCopies = trainNetwork(repeated, settings, { seed: 1 });
    byCopies.curve.training.forEach((loss, epoch) => {
      expect(byWeight.curve.training[epoch]).toBeCloseTo(loss, 10);
    });
  });

  test("tells its progress, and a cancelled training leaves nothing behind", () => {
    const settings = { ...SMALL_SETTINGS, epochs: 2 };
    const shares: number[] = [];
    const whole = trainNetwork(SIGNS, settings, { seed: 1, onProgress: (s) => shares.push(s) });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares.at(-1)).toBe(1);
    const before = structuredClone(SIGNS);
    const cancelled = new Error("cancelled");
    const onProgress = (share: number): void => {
      if (share > 0.7) throw cancelled;
    };
    expect(() => trainNetwork(SIGNS, settings, { seed: 1, onProgress })).toThrow(cancelled);
    expect(SIGNS).toEqual(before);
    expect(trainNetwork(SIGNS, settings, { seed: 1 })).toEqual(whole);
  });
});

describe("predictNetwork", () => {
  test("answers after structuredClone and JSON as before, one window as among many", () => {
    const settings = { ...PUBLISHED_ENCODER_DECODER, epochs: 1, units: 10 };
    const { network } = trainNetwork(SIGNS, settings, { seed: 1 });
    const { windows } = SIGNS;
    const together = predictNetwork(network, windows);
    expect(predictNetwork(structuredClone(network), windows)).toEqual(together);
    const { parameters, ...rest } = JSON.parse(JSON.stringify(network));
    const read = { ...rest, parameters: Float64Array.from(Object.values(parameters)) };
    expect(predictNetwork(read, windows)).toEqual(together);
    const predict = networkPredictor(network);
    for (const place of [0, 77, 399]) {
      const ends = windows.ends.slice(place, place + 1);
      const alone = predict({ ...windows, ends });
      expect([...alone]).toEqual([...together.subarray(2 * place, 2 * place + 2)]);
    }
    expect(predict({ ...windows, ends: new Int32Array(0) }).length).toBe(0);
  });

  const { network } = trainNetwork(SIGNS, { ...SMALL_SETTINGS, epochs: 1 }, { seed: 1 });
  const { windows } = SIGNS;
  test.each([
    { name: "other channels", windows: { ...windows, columns: [windows.columns[0]!] } },
    { name: "other bars", windows: { ...windows, lengthBars: 5 } },
  ])("refuses windows of $name", ({ windows: others }) => {
    const refusal = expect.objectContaining({ code: "length-mismatch" });
    expect(() => predictNetwork(network, others)).toThrow(refusal);
  });

  test("refuses a network whose parameters are not of its shape", () => {
    const parameters = network.parameters.slice(1);
    const refusal = expect.objectContaining({ code: "length-mismatch" });
    expect(() => networkPredictor({ ...network, parameters })).toThrow(refusal);
  });
});

describe("trainNetwork refuses", () => {
  const data = signsOfSums(20, 4, 1);
  const withNaN = data.windows.columns[0]!.slice();
  withNaN[7] = Number.NaN;
  const rows: {
    readonly name: string;
    readonly code: string;
    readonly data?: Partial<NetworkData>;
    readonly settings?: Partial<NetworkSettings>;
  }[] = [
    { name: "no units", code: "out-of-range", settings: { units: 0 } },
    { name: "a thousand units", code: "out-of-range", settings: { units: 1000 } },
    { name: "all states dropped", code: "out-of-range", settings: { dropout: 1 } },
    { name: "half an epoch", code: "out-of-range", settings: { epochs: 0.5 } },
    { name: "a rate of zero", code: "out-of-range", settings: { learningRate: 0 } },
    { name: "a norm of zero", code: "out-of-range", settings: { gradientNormMax: 0 } },
    { name: "most windows set aside", code: "out-of-range", settings: { validationShare: 0.8 } },
    {
      name: "one window set aside of too few",
      code: "too-short",
      settings: { validationShare: 0.01 },
    },
    { name: "answers that overlap all others", code: "too-short", data: { horizonBars: 30 } },
    {
      name: "two answers of a last state",
      code: "out-of-range",
      data: { outputSteps: 2, targets: new Float64Array(40) },
    },
    { name: "too few targets", code: "length-mismatch", data: { targets: new Float64Array(19) } },
    { name: "too few bars", code: "length-mismatch", data: { bars: new Int32Array(19) } },
    { name: "one class", code: "constant", data: { targets: new Float64Array(20) } },
    {
      name: "a third class of two",
      code: "out-of-range",
      data: { targets: new Float64Array(20).fill(2) },
    },
    {
      name: "a target that is no number",
      code: "not-finite",
      data: { targets: new Float64Array(20).fill(Number.NaN) },
    },
    { name: "weights of zero", code: "out-of-range", data: { weights: new Float64Array(20) } },
    {
      name: "a negative weight",
      code: "out-of-range",
      data: { weights: new Float64Array(20).fill(-1) },
    },
    {
      name: "no windows",
      code: "too-short",
      data: {
        windows: { ...data.windows, ends: new Int32Array(0) },
        targets: new Float64Array(0),
        bars: new Int32Array(0),
      },
    },
    { name: "no channels", code: "too-short", data: { windows: { ...data.windows, columns: [] } } },
    {
      name: "a gap in a window",
      code: "not-finite",
      data: { windows: { ...data.windows, columns: [withNaN, withNaN] } },
    },
    {
      name: "windows longer than the rows before them",
      code: "out-of-range",
      data: { windows: { ...data.windows, lengthBars: 5 } },
    },
    {
      name: "a loss without bound",
      code: "not-finite",
      data: { classCount: 0, targets: new Float64Array(20).fill(1e200) },
    },
  ];
  test.each(rows)("$name", ({ code, data: change, settings }) => {
    const refusal = expect.objectContaining({ code });
    expect(() =>
      trainNetwork({ ...data, ...change }, { ...SMALL_SETTINGS, ...settings }, { seed: 1 }),
    ).toThrow(refusal);
  });
});

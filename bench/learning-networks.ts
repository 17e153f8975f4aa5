import type { NetworkData } from "#quant/learning/networks/network-data.ts";
import { networkPredictor } from "#quant/learning/networks/network-predictor.ts";
import {
  type NetworkSettings,
  PUBLISHED_ENCODER_DECODER,
} from "#quant/learning/networks/network-settings.ts";
import { trainNetwork } from "#quant/learning/networks/train-network.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { atMost, type Figure, observed } from "./figure.ts";
import { timing } from "./stopwatch.ts";

const GRU_16: NetworkSettings = {
  cell: "gru",
  architecture: "last-state",
  units: 16,
  dropout: 0,
  epochs: 5,
  batchSize: 64,
  learningRate: 3e-3,
  gradientNormMax: 1,
  validationShare: 0,
  patienceEpochs: 5,
};

/** Recurrent networks, on one core. */
export function learningNetworks(): readonly Figure[] {
  return [...networkOfGru(), ...networkOfThesis()];
}

/** A GRU on windows of two channels, on one core: 4,800 of them to learn from, 1,200 to be judged on. */
function networkOfGru(): readonly Figure[] {
  const name = "GRU, 16 units, 4,800 × 30 × 2, 5 epochs";
  const data = hiddenTrend(4800, 1);
  const unseen = hiddenTrend(1200, 2);
  let right = 0;
  const { best, median } = timing(() => {
    const { network } = trainNetwork(data, GRU_16, { seed: 1 });
    const probabilities = networkPredictor(network)(unseen.windows);
    right = unseen.targets.filter(
      (target, i) => (Number(probabilities[2 * i + 1]) > 0.5 ? 1 : 0) === target,
    ).length;
  }, 4);
  return [
    atMost(name, best, 4, "s"),
    observed(`${name}, median`, median, "s"),
    observed(`${name}, share of unseen windows told right`, right / 1200, ""),
  ];
}

/** The published encoder–decoder, as the comparison of the thesis trains it for each of its pairs. */
function networkOfThesis(): readonly Figure[] {
  const name = "LSTM(50) encoder–decoder, 750 windows, 50 epochs, batches of 16";
  const data = wanderingSpread(750);
  // All epochs are trained, so that the figure does not depend on when it would have stopped.
  const settings = { ...PUBLISHED_ENCODER_DECODER, patienceEpochs: 50 };
  const { best, median } = timing(() => {
    trainNetwork(data, settings, { seed: 1 });
  }, 3);
  const { network } = trainNetwork(data, { ...settings, epochs: 1 }, { seed: 1 });
  const predict = networkPredictor(network);
  const one = { ...data.windows, ends: data.windows.ends.slice(0, 1) };
  const alone = timing(() => predict(one), 20, 1000);
  const together = timing(() => predict(data.windows), 20, 5);
  return [
    atMost(name, best, 8, "s"),
    observed(`${name}, median`, median, "s"),
    observed("prediction, LSTM(50) encoder–decoder, one window", alone.best * 1e6, "µs"),
    observed("prediction, the same, a window of 750", (together.best * 1e6) / 750, "µs"),
  ];
}

/** Whether a slow trend under noise rose over the later half of a window; the second channel is noise. */
function hiddenTrend(count: number, seed: number): NetworkData {
  const lengthBars = 30;
  const { gaussian } = createRandom(seed);
  const rows = count + lengthBars - 1;
  const trend = new Float64Array(rows);
  for (let i = 1; i < rows; i++) trend[i] = 0.95 * Number(trend[i - 1]) + 0.3 * gaussian();
  const ends = Int32Array.from({ length: count }, (_, i) => i + lengthBars - 1);
  return {
    windows: {
      columns: [trend.map((value) => value + gaussian()), trend.map(() => gaussian())],
      ends,
      lengthBars,
    },
    targets: Float64Array.from(ends, (end) =>
      Number(trend[end]) > Number(trend[end - 15]) ? 1 : 0,
    ),
    outputSteps: 1,
    classCount: 2,
    weights: null,
    bars: ends,
    horizonBars: 0,
  };
}

/** A spread scaled to [0, 1], to be told a bar ahead. */
function wanderingSpread(count: number): NetworkData {
  const lengthBars = 3;
  const { gaussian } = createRandom(3);
  const rows = count + lengthBars;
  const spread = new Float64Array(rows);
  for (let i = 1; i < rows; i++) spread[i] = 0.97 * Number(spread[i - 1]) + gaussian();
  const [low, high] = [Math.min(...spread), Math.max(...spread)];
  const scaled = spread.map((value) => (value - low) / (high - low));
  const ends = Int32Array.from({ length: count }, (_, i) => i + lengthBars - 1);
  return {
    windows: { columns: [scaled], ends, lengthBars },
    targets: Float64Array.from(ends, (end) => Number(scaled[end + 1])),
    outputSteps: 1,
    classCount: 0,
    weights: null,
    bars: ends,
    horizonBars: 1,
  };
}

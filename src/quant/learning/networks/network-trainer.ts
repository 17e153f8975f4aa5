import { createRandom } from "../../synthetic/random.ts";
import { createAdam } from "./adam.ts";
import type { NetworkData } from "./network-data.ts";
import { networkLoss } from "./network-loss.ts";
import { drawMasks, type NetworkPass, networkBackward, networkForward } from "./network-pass.ts";
import { networkPasses } from "./network-passes.ts";
import type { NetworkSettings } from "./network-settings.ts";
import { type NetworkShape, networkTensors } from "./network-shape.ts";
import { gatherWindows } from "./sequence-windows.ts";

/** Streams of the seed; 0 draws the first parameters. */
const SHUFFLE_STREAM = 1;
const DROPOUT_STREAM = 2;

/** What is trained, on what and how. */
export type NetworkTraining = {
  readonly data: NetworkData;
  readonly shape: NetworkShape;
  readonly settings: NetworkSettings;
  readonly seed: number;
  /** Trained in place. */
  readonly parameters: Float64Array;
};

/** Is told, after every few windows, how many of the places have been worked through. */
export type PlacesDone = (count: number) => void;

/** Training of one network, epoch by epoch. */
export type NetworkTrainer = {
  /**
   * @param places windows to learn from; shuffled in place
   * @returns their mean loss, by the parameters and the dropout at the time each was seen
   */
  readonly trainEpoch: (places: Int32Array, onDone: PlacesDone) => number;
  /**
   * @param places windows
   * @returns their mean loss without dropout
   */
  readonly meanLoss: (places: Int32Array, onDone: PlacesDone) => number;
};

/**
 * Trainer of a network; means are weighted as the data says.
 *
 * @param training data, shape, settings, seed and parameters, all checked
 * @returns its two steps
 */
export function networkTrainer(training: NetworkTraining): NetworkTrainer {
  const { data, shape, settings, seed, parameters } = training;
  const gradient = new Float64Array(parameters.length);
  const tensors = networkTensors(shape, gradient);
  const passes = networkPasses(shape, networkTensors(shape, parameters), tensors);
  const step = createAdam(parameters, gradient, settings);
  const shuffling = createRandom(seed, SHUFFLE_STREAM);
  const dropping = createRandom(seed, DROPOUT_STREAM);

  /** Runs the places from first to end, a few at once; a loss is weighted by `scale` besides. */
  const run = (places: Int32Array, span: Span, isTraining: boolean): number => {
    let loss = 0;
    for (let first = span.first; first < span.end; first += passes.rowsMax) {
      const rows = Math.min(passes.rowsMax, span.end - first);
      const pass = passes.ofRows(rows);
      load(data, pass, { order: places, first, scale: span.scale });
      drawMasks(pass, isTraining ? settings.dropout : 0, dropping.uniform);
      networkForward(pass);
      loss += networkLoss(pass.answers);
      if (isTraining) networkBackward(pass);
      span.onDone(first + rows);
    }
    return loss;
  };

  return {
    trainEpoch: (places, onDone) => {
      shuffle(places, shuffling.uniform);
      const total = totalWeight(data.weights, places);
      const { batchSize } = settings;
      let loss = 0;
      for (let first = 0; first < places.length; first += batchSize) {
        const end = Math.min(first + batchSize, places.length);
        // Weights of mean 1 over all training windows: a batch of heavy ones makes a long step.
        const scale = places.length / total / (end - first);
        gradient.fill(0);
        loss += (end - first) * run(places, { first, end, scale, onDone }, true);
        step();
      }
      return loss / places.length;
    },
    meanLoss: (places, onDone) => {
      const scale = 1 / totalWeight(data.weights, places);
      return run(places, { first: 0, end: places.length, scale, onDone }, false);
    },
  };
}

type Span = {
  readonly first: number;
  readonly end: number;
  readonly scale: number;
  readonly onDone: PlacesDone;
};

/** Windows, targets and weights of as many places as the pass has rows. */
function load(
  data: NetworkData,
  pass: NetworkPass,
  from: { readonly order: Int32Array; readonly first: number; readonly scale: number },
): void {
  const { rows, answers } = pass;
  const { targets, weights, outputSteps } = data;
  const { order, first, scale } = from;
  gatherWindows(data.windows, { order, first, count: rows }, pass.inputs);
  for (let i = 0; i < rows; i++) {
    const place = order[first + i]!;
    const weight = ((weights === null ? 1 : weights[place]!) * scale) / outputSteps;
    for (let t = 0; t < outputSteps; t++) {
      answers.targets[t * rows + i] = targets[place * outputSteps + t]!;
      answers.weights[t * rows + i] = weight;
    }
  }
}

/**
 * Every window carries its own past along, so that the order in which windows are seen says nothing of
 * later ones; what must stay apart, training and validation, was parted by time before.
 */
function shuffle(places: Int32Array, uniform: () => number): void {
  for (let i = places.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    const place = places[i]!;
    places[i] = places[j]!;
    places[j] = place;
  }
}

/**
 * Sum of the weights of some windows.
 *
 * @param weights one a window; null where all are 1
 * @param places which
 * @returns their sum
 */
export function totalWeight(weights: Float64Array | null, places: Int32Array): number {
  if (weights === null) return places.length;
  let total = 0;
  for (const place of places) total += weights[place]!;
  return total;
}

import { InvalidInputError } from "../../invalid-input-error.ts";
import type { TrainingOptions } from "../training-data.ts";
import { earlyStopping } from "./early-stopping.ts";
import { initialParameters } from "./initial-parameters.ts";
import { type LatestShare, latestShare } from "./latest-share.ts";
import { type NetworkData, requireNetworkData, shapeOf } from "./network-data.ts";
import { type NetworkSettings, requireNetworkSettings } from "./network-settings.ts";
import { networkTrainer, totalWeight } from "./network-trainer.ts";
import type { RecurrentNetwork } from "./recurrent-network.ts";

/** A network and how it came about. */
export type TrainedNetwork = {
  readonly network: RecurrentNetwork;
  /** Mean loss by epoch, as many as were trained. */
  readonly curve: {
    readonly unit: "epoch";
    /** While it was trained: with dropout, and by parameters that still moved. */
    readonly training: Float64Array;
    /** At the end of the epoch, without dropout; NaN where nothing was set aside. */
    readonly validation: Float64Array;
  };
  /** Epoch, from 0, whose parameters the network has. */
  readonly bestEpoch: number;
};

/**
 * Trains a recurrent network: GRU or LSTM through time, answering by its last state or by a decoder.
 *
 * Descends on the mean loss of shuffled batches by Adam; after every epoch the latest windows, which
 * are never learned from, tell whether it still helps. Inputs and targets of a regression should be
 * near a standard scale: nothing is scaled here.
 *
 * @param data windows, answers and their bars
 * @param settings cell, architecture, units, dropout, epochs, batches, rate, early stopping
 * @param options seed, progress and cancel
 * @returns the network of the best epoch, of the last without validation; and the losses
 * @throws {InvalidInputError} as requireNetworkData, requireNetworkSettings and requireNetworkShape;
 *   "too-short": too few windows to learn from or to set aside; "constant": one class only to learn
 *   from; "out-of-range": all weights 0; "not-finite": training diverged
 *
 * Cost: epochs · windows · 3 · productsPerWindow, about 0.4 ns each. Deterministic to the bit.
 * Source: Werbos (1990), backpropagation through time. Checked: finite differences in the test.
 */
export function trainNetwork(
  data: NetworkData,
  settings: NetworkSettings,
  options: TrainingOptions,
): TrainedNetwork {
  requireNetworkSettings(settings);
  requireNetworkData(data);
  const shape = shapeOf(data, settings);
  const places = latestShare(data.bars, data.horizonBars, settings.validationShare);
  requireLearnable(data, places, settings);
  const parameters = initialParameters(shape, options.seed);
  const trainer = networkTrainer({ data, shape, settings, seed: options.seed, parameters });
  const stopping = earlyStopping(parameters, settings.patienceEpochs);
  const training: number[] = [];
  const validation: number[] = [];
  const { epochs } = settings;
  const steps = places.training.length + places.validation.length;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const report = (before: number) => (done: number) => {
      options.onProgress?.((epoch + (before + done) / steps) / epochs);
    };
    training.push(finite(trainer.trainEpoch(places.training, report(0))));
    validation.push(Number.NaN);
    if (places.validation.length === 0) continue;
    const loss = finite(trainer.meanLoss(places.validation, report(places.training.length)));
    validation[epoch] = loss;
    if (stopping.record(loss)) break;
  }
  stopping.restore();
  return {
    network: { kind: "recurrent-network", shape, parameters },
    curve: {
      unit: "epoch",
      training: Float64Array.from(training),
      validation: Float64Array.from(validation),
    },
    bestEpoch: places.validation.length === 0 ? epochs - 1 : stopping.bestEpoch(),
  };
}

function requireLearnable(
  data: NetworkData,
  { training, validation }: LatestShare,
  settings: NetworkSettings,
): void {
  if (training.length === 0 || (settings.validationShare > 0 && validation.length === 0)) {
    throw new InvalidInputError("too-short", "too few windows to learn from and to set aside");
  }
  for (const places of validation.length > 0 ? [training, validation] : [training]) {
    if (totalWeight(data.weights, places) > 0) continue;
    throw new InvalidInputError("out-of-range", "some weight must be positive");
  }
  if (data.classCount > 0 && isOneClass(data, training)) {
    throw new InvalidInputError("constant", "the windows to learn from are of one class only");
  }
}

function isOneClass({ targets, outputSteps }: NetworkData, places: Int32Array): boolean {
  const first = targets[places[0]! * outputSteps]!;
  return places.every((place) => {
    const start = place * outputSteps;
    return targets.subarray(start, start + outputSteps).every((target) => target === first);
  });
}

function finite(loss: number): number {
  if (Number.isFinite(loss)) return loss;
  throw new InvalidInputError(
    "not-finite",
    "training diverged: scale inputs and targets, or lower the learning rate",
  );
}

import { InvalidInputError } from "../../invalid-input-error.ts";
import type { CellKind, NetworkArchitecture } from "./network-shape.ts";

/** What a network is and how it is trained; the sizes of its windows and answers come from the data. */
export type NetworkSettings = {
  readonly cell: CellKind;
  readonly architecture: NetworkArchitecture;
  /** Of every recurrent layer, 1 … 256. */
  readonly units: number;
  /** Share of the states between layers that is left out while training, in [0, 1). */
  readonly dropout: number;
  /** Rounds through the training windows at most. */
  readonly epochs: number;
  /** Windows a step of descent. */
  readonly batchSize: number;
  readonly learningRate: number;
  /** A longer gradient is shortened to this; null leaves all as they are. */
  readonly gradientNormMax: number | null;
  /** The latest share of the windows, which tells when to stop, in [0, 0.5]; 0 trains all epochs. */
  readonly validationShare: number;
  /** Epochs without a better validation loss after which training ends. */
  readonly patienceEpochs: number;
};

/**
 * The published encoder–decoder of the thesis on pairs trading: LSTM of 50 units, its last state
 * repeated to another, dropout 0.2. It is trained on 3 bars in, 1 step out. Its share for validation is
 * not published; a fifth is ours.
 */
export const PUBLISHED_ENCODER_DECODER: NetworkSettings = {
  cell: "lstm",
  architecture: "encoder-decoder",
  units: 50,
  dropout: 0.2,
  epochs: 50,
  batchSize: 16,
  learningRate: 1e-3,
  gradientNormMax: null,
  validationShare: 0.2,
  patienceEpochs: 10,
};

/**
 * Entry check of settings; the sizes are checked with the shape.
 *
 * @param settings any
 * @throws {InvalidInputError} "out-of-range"
 */
export function requireNetworkSettings(settings: NetworkSettings): void {
  requireBetween("dropout", settings.dropout, { min: 0, max: 0.99 });
  requireBetween("the validation share", settings.validationShare, { min: 0, max: 0.5 });
  requireBetween("the learning rate", settings.learningRate, { min: 1e-8, max: 1 });
  if (settings.gradientNormMax !== null && !(settings.gradientNormMax > 0)) {
    throw new InvalidInputError(
      "out-of-range",
      "the greatest norm of a gradient must be above zero",
    );
  }
  requireCount("epochs", settings.epochs, 10_000);
  requireCount("windows a batch", settings.batchSize, 4096);
  requireCount("epochs of patience", settings.patienceEpochs, 10_000);
}

function requireBetween(
  name: string,
  value: number,
  bounds: { readonly min: number; readonly max: number },
): void {
  if (value >= bounds.min && value <= bounds.max) return;
  throw new InvalidInputError("out-of-range", `${name} must lie in [${bounds.min}, ${bounds.max}]`);
}

function requireCount(name: string, count: number, countMax: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= countMax) return;
  throw new InvalidInputError("out-of-range", `${name} must be a whole number in 1 … ${countMax}`);
}

import { InvalidInputError } from "../../invalid-input-error.ts";
import { predictNetwork } from "../networks/network-predictor.ts";
import type { CellKind } from "../networks/network-shape.ts";
import type { SequenceWindows } from "../networks/sequence-windows.ts";
import { type TrainedNetwork, trainNetwork } from "../networks/train-network.ts";
import { valuesAt } from "../training-data.ts";
import type { Learner, LearningRows } from "./learner.ts";
import { spreadAnswers } from "./training-rows.ts";

type NetworkParameters = {
  readonly lengthBars: number;
  readonly units: number;
  readonly dropout: number;
  readonly learningRate: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly validationShare: number;
  readonly patienceEpochs: number;
  readonly architecture: "last-state" | "encoder-decoder";
};

/** A network with the scale of its targets: a network learns near a standard scale only. */
type NetworkModel = TrainedNetwork & {
  readonly lengthBars: number;
  readonly centre: number;
  readonly scale: number;
};

const PARAMETERS: Learner<NetworkParameters, NetworkModel>["parameters"] = {
  lengthBars: whole("Window", "Bars that it reads before it answers.", "bars", [2, 500, 20]),
  units: whole(
    "Units",
    "Size of its memory; more learn more, and more noise.",
    "none",
    [1, 256, 16],
  ),
  dropout: {
    kind: "number",
    label: "Dropout",
    help: "Share of the memory that is left out while training; more forgets noise.",
    unit: "fraction",
    min: 0,
    max: 0.9,
    step: 0.1,
    optional: false,
    default: 0.2,
  },
  learningRate: {
    kind: "number",
    label: "Learning rate",
    help: "Size of the steps; too large diverges.",
    unit: "none",
    min: 1e-6,
    max: 0.1,
    step: 0.001,
    optional: false,
    default: 0.001,
  },
  epochs: whole("Epochs at most", "Rounds through the training rows.", "none", [1, 1000, 50]),
  batchSize: whole("Batch", "Windows a step.", "none", [1, 4096, 64]),
  validationShare: {
    kind: "number",
    label: "Held back",
    help: "The latest share of the training rows, which tells when to stop.",
    unit: "fraction",
    min: 0,
    max: 0.5,
    step: 0.05,
    optional: false,
    default: 0.2,
  },
  patienceEpochs: whole(
    "Patience",
    "Epochs without progress before it stops.",
    "none",
    [1, 1000, 10],
  ),
  architecture: {
    kind: "choice",
    label: "Architecture",
    help: "Whether the last state answers, or a second network that begins with it.",
    choices: { "last-state": "Last state", "encoder-decoder": "Encoder and decoder" },
    default: "last-state",
  },
};

export const gruLearner = networkLearner(
  "gru",
  "GRU network",
  "A small recurrent network that reads the features of the last bars in order. Needs many rows; on few it learns the noise.",
);

export const lstmLearner = networkLearner(
  "lstm",
  "LSTM network",
  "A recurrent network with a memory of its own, as published comparisons use it. Slower than a GRU, and on few rows no better.",
);

function networkLearner(
  cell: CellKind,
  label: string,
  summary: string,
): Learner<NetworkParameters, NetworkModel> {
  return {
    kind: cell,
    label,
    summary,
    family: "network",
    tasks: ["classification", "regression"],
    parameters: PARAMETERS,
    rules: [],
    searched: {
      lengthBars: [5, 10, 20, 40],
      units: [8, 16, 32],
      dropout: [0, 0.2, 0.4],
      learningRate: [0.0003, 0.001, 0.003],
    },
    takesMissing: false,
    readsFeatures: true,
    lookBackRows: ({ lengthBars }) => lengthBars - 1,
    fit: (rows, training, parameters, options) => {
      const { lengthBars, architecture, ...settings } = parameters;
      const grouped = groupedRows(rows);
      const places = placesWithWindow(rows, grouped, training, lengthBars);
      if (places.length === 0) {
        throw new InvalidInputError(
          "too-short",
          `no training row has ${lengthBars} bars without a gap up to it`,
        );
      }
      const target = valuesAt(rows.target, places);
      const { centre, scale } = rows.classCount === 0 ? scaleOf(target) : { centre: 0, scale: 1 };
      const trained = trainNetwork(
        {
          windows: windowsOf(grouped, places, lengthBars),
          targets: target.map((value) => (value - centre) / scale),
          outputSteps: 1,
          classCount: rows.classCount,
          weights: rows.weights === null ? null : valuesAt(rows.weights, places),
          // Rows are in order of time: their places are a clock that all groups share.
          bars: places,
          horizonBars: rows.horizonBars * rows.sources.length,
        },
        { ...settings, cell, architecture, gradientNormMax: 1 },
        options,
      );
      return { ...trained, lengthBars, centre, scale };
    },
    predict: ({ network, lengthBars, centre, scale }, rows, places) => {
      const grouped = groupedRows(rows);
      const answered = placesWithWindow(rows, grouped, places, lengthBars);
      const answers = predictNetwork(network, windowsOf(grouped, answered, lengthBars));
      const answersInUnits =
        rows.classCount === 0 ? answers.map((value) => centre + scale * value) : answers;
      return spreadAnswers(places, answered, answersInUnits, Math.max(1, rows.classCount));
    },
    curve: ({ curve }) => curve,
    learned: ({ bestEpoch }) => ({ bestEpoch }),
  };
}

/** Rows with those of each group one after the other. */
type GroupedRows = {
  readonly columns: readonly Float64Array[];
  /** Where each row stands there. */
  readonly standings: Int32Array;
};

function groupedRows({ groups, table, sources }: LearningRows): GroupedRows {
  const starts = new Int32Array(sources.length + 1);
  for (const group of groups) starts[group + 1]! += 1;
  for (let group = 0; group < sources.length; group++) starts[group + 1]! += starts[group]!;
  const standings = groups.map((group) => starts[group]!++);
  const columns = table.columns.map((column) => {
    const grouped = new Float64Array(column.length);
    for (let i = 0; i < column.length; i++) grouped[standings[i]!] = column[i]!;
    return grouped;
  });
  return { columns, standings };
}

/**
 * Rows that a network which looks at so many bars can answer: their window is of consecutive bars of one group,
 * without a missing feature in it.
 *
 * @param rows all of them, prepared
 * @param places which to look at, ascending
 * @param lengthBars of the window, ≥ 1
 *
 * Cost: O(rows · columns + places · columns · lengthBars).
 */
export function rowsWithWindow(
  rows: LearningRows,
  places: Int32Array,
  lengthBars: number,
): Int32Array {
  return placesWithWindow(rows, groupedRows(rows), places, lengthBars);
}

function placesWithWindow(
  { groups, bars }: LearningRows,
  { columns, standings }: GroupedRows,
  places: Int32Array,
  lengthBars: number,
): Int32Array {
  const rowAt = new Int32Array(standings.length);
  standings.forEach((standing, row) => {
    rowAt[standing] = row;
  });
  return places.filter((place) => {
    const end = standings[place]!;
    const first = end - lengthBars + 1;
    if (first < 0) return false;
    const row = rowAt[first]!;
    if (groups[row] !== groups[place] || bars[place]! - bars[row]! !== lengthBars - 1) return false;
    return columns.every((column) => {
      for (let at = first; at <= end; at++) if (Number.isNaN(column[at]!)) return false;
      return true;
    });
  });
}

function windowsOf(
  { columns, standings }: GroupedRows,
  places: Int32Array,
  lengthBars: number,
): SequenceWindows {
  return { columns, ends: places.map((place) => standings[place]!), lengthBars };
}

function scaleOf(target: Float64Array): { readonly centre: number; readonly scale: number } {
  const centre = target.reduce((sum, value) => sum + value, 0) / target.length;
  const variance = target.reduce((sum, value) => sum + (value - centre) ** 2, 0) / target.length;
  return { centre, scale: variance > 0 ? Math.sqrt(variance) : 1 };
}

function whole(
  label: string,
  help: string,
  unit: "bars" | "none",
  [min, max, usual]: readonly [number, number, number],
) {
  return {
    kind: "integer",
    label,
    help,
    unit,
    min,
    max,
    step: 1,
    optional: false,
    default: usual,
  } as const;
}

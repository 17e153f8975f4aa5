import { type LinearModel, linearPredictions, trainLinear } from "../linear/linear-model.ts";
import {
  type LogisticModel,
  logisticProbabilities,
  trainLogistic,
} from "../linear/logistic-model.ts";
import {
  type NeighboursModel,
  type NeighboursSettings,
  trainNeighbours,
} from "../neighbours/neighbours-model.ts";
import {
  neighboursPredictions,
  neighboursProbabilities,
} from "../neighbours/neighbours-predictions.ts";
import { tableLearner } from "./table-learner.ts";

type None = Readonly<Record<never, never>>;
type Penalised = { readonly penalty: number };

function penalty(help: string, usual: number, least: number) {
  return {
    kind: "number",
    label: "Penalty",
    help,
    unit: "none",
    min: least,
    max: 1e9,
    step: 1,
    optional: false,
    default: usual,
  } as const;
}

const PENALTIES = [0.01, 0.1, 1, 10, 100, 1000, 10_000];

export const linearLearner = tableLearner<None, LinearModel>(
  {
    kind: "linear",
    label: "Linear regression",
    summary:
      "Least squares. Reads well, and fails where features say the same twice or the relation bends.",
    family: "linear",
    tasks: ["regression"],
    parameters: {},
    rules: [],
    searched: {},
    takesMissing: false,
  },
  {
    train: (data, _parameters, options) => trainLinear(data, { penalty: 0 }, options),
    predict: linearPredictions,
  },
);

export const ridgeLearner = tableLearner<Penalised, LinearModel>(
  {
    kind: "ridge",
    label: "Ridge regression",
    summary:
      "Least squares with a price on large coefficients: steadier where features are alike and the signal is weak.",
    family: "linear",
    tasks: ["regression"],
    parameters: {
      penalty: penalty("Price of the square of a coefficient; larger shrinks more.", 1, 1e-9),
    },
    rules: [],
    searched: { penalty: PENALTIES },
    takesMissing: false,
  },
  { train: trainLinear, predict: linearPredictions },
);

export const logisticLearner = tableLearner<Penalised, LogisticModel>(
  {
    kind: "logistic",
    label: "Logistic regression",
    summary:
      "The log-odds of the classes are a line in the features. On weak signals often the best there is.",
    family: "linear",
    tasks: ["classification"],
    parameters: {
      penalty: penalty("Price of half the square of a coefficient; larger shrinks more.", 1, 1e-6),
    },
    rules: [],
    searched: { penalty: PENALTIES },
    takesMissing: false,
  },
  { train: trainLogistic, predict: logisticProbabilities },
);

export const neighboursLearner = tableLearner<NeighboursSettings, NeighboursModel>(
  {
    kind: "neighbours",
    label: "Nearest neighbours",
    summary:
      "Asks the most similar training rows. Needs features on one scale, and many rows for each feature.",
    family: "neighbours",
    tasks: ["classification", "regression"],
    parameters: {
      neighbours: {
        kind: "integer",
        label: "Neighbours",
        help: "How many rows are asked; more are smoother.",
        unit: "none",
        min: 1,
        max: 1000,
        step: 1,
        optional: false,
        default: 25,
      },
      weighting: {
        kind: "choice",
        label: "Weights",
        help: "Whether nearer rows say more.",
        choices: { uniform: "All the same", distance: "Nearer ones more" },
        default: "uniform",
      },
    },
    rules: [],
    searched: { neighbours: [5, 10, 25, 50, 100, 200], weighting: ["uniform", "distance"] },
    takesMissing: false,
  },
  {
    train: trainNeighbours,
    predict: (model, table) =>
      model.classCount === 0
        ? neighboursPredictions(model, table)
        : neighboursProbabilities(model, table),
  },
);

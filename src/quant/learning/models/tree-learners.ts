import type { FeatureTable } from "../training-data.ts";
import { DEFAULT_BOOSTING } from "../trees/boosting-parameters.ts";
import { type CartModel, cart } from "../trees/cart.ts";
import { type BoostingModel, gradientBoosting } from "../trees/gradient-boosting.ts";
import { DEFAULT_FOREST, type ForestModel, randomForest } from "../trees/random-forest.ts";
import type { TreeModel } from "../trees/tree-ensemble.ts";
import { treeProbabilities } from "../trees/tree-probabilities.ts";
import { treeScores } from "../trees/tree-scores.ts";
import { treeShap } from "../trees/tree-shap.ts";
import { tableLearner } from "./table-learner.ts";

const TREES = {
  family: "trees",
  tasks: ["classification", "regression"],
  rules: [],
  takesMissing: true,
} as const;

/** Rows that SHAP values are computed of at most: their means hardly change with more. */
const SHAP_ROWS_MAX = 500;

const LEAF_ROWS = {
  kind: "integer",
  label: "Rows of a leaf at least",
  help: "More are smoother, and learn less of the noise.",
  unit: "none",
  min: 1,
  max: 100_000,
  step: 1,
  optional: false,
} as const;

const DEPTH = {
  kind: "integer",
  label: "Depth at most",
  help: "Questions before an answer; empty is any number.",
  unit: "none",
  min: 1,
  max: 64,
  step: 1,
  optional: true,
} as const;

type TreeParameters = { readonly depthMax: number | null; readonly leafRowsMin: number };

export const treeLearner = tableLearner<TreeParameters, CartModel>(
  {
    ...TREES,
    kind: "decision-tree",
    label: "Decision tree",
    summary:
      "Asks one question after the other. Can be read, and learns the noise unless its leaves are large.",
    parameters: {
      depthMax: { ...DEPTH, default: 5 },
      leafRowsMin: { ...LEAF_ROWS, default: 50 },
    },
    searched: { depthMax: [2, 3, 5, 8, 12], leafRowsMin: [10, 25, 50, 100, 200] },
    contributions: meanContributions,
  },
  {
    train: (data, parameters, options) => cart(data, { ...parameters, leavesMax: null }, options),
    predict: treePredictions,
  },
);

type ForestChoice = TreeParameters & {
  readonly treeCount: number;
  readonly featuresTried: "sqrt" | "third" | "all";
};

export const forestLearner = tableLearner<ForestChoice, ForestModel>(
  {
    ...TREES,
    kind: "random-forest",
    label: "Random forest",
    summary:
      "The mean of many deep trees, each on other rows and features. Robust and hard to spoil, seldom the best.",
    parameters: {
      treeCount: {
        kind: "integer",
        label: "Trees",
        help: "More are steadier and slower.",
        unit: "none",
        min: 1,
        max: 2000,
        step: 50,
        optional: false,
        default: 100,
      },
      featuresTried: {
        kind: "choice",
        label: "Features tried",
        help: "How many features each question may choose from; fewer make the trees differ more.",
        choices: { sqrt: "Square root of their number", third: "A third", all: "All" },
        default: "sqrt",
      },
      depthMax: { ...DEPTH, default: null },
      leafRowsMin: { ...LEAF_ROWS, default: 1 },
    },
    searched: {
      featuresTried: ["sqrt", "third", "all"],
      depthMax: [3, 5, 8, 12, null],
      leafRowsMin: [1, 5, 20, 50, 100],
    },
    contributions: meanContributions,
  },
  {
    train: (data, parameters, options) =>
      randomForest(data, { ...DEFAULT_FOREST, ...parameters }, options),
    predict: treePredictions,
  },
);

type BoostingChoice = {
  readonly rounds: number;
  readonly learningRate: number;
  readonly leavesMax: number;
  readonly leafRowsMin: number;
  readonly l2: number;
  readonly rowShare: number;
  readonly columnShare: number;
  readonly loss: "squared" | "huber";
  readonly validationShare: number;
  readonly patienceRounds: number;
};

export const boostingLearner = tableLearner<BoostingChoice, BoostingModel>(
  {
    ...TREES,
    kind: "gradient-boosting",
    label: "Gradient boosting",
    summary:
      "Small trees, each of which mends the errors of those before. Strong on rich data; on weak signals only small, slow and few trees help.",
    parameters: {
      rounds: {
        kind: "integer",
        label: "Rounds",
        help: "Trees at most; fewer where training stops early.",
        unit: "none",
        min: 1,
        max: 5000,
        step: 50,
        optional: false,
        default: 150,
      },
      learningRate: share("Learning rate", "Share of each step that is taken.", 0.03, 0.001),
      leavesMax: {
        kind: "integer",
        label: "Leaves of a tree",
        help: "More learn finer, and more of the noise.",
        unit: "none",
        min: 2,
        max: 1024,
        step: 1,
        optional: false,
        default: 7,
      },
      leafRowsMin: { ...LEAF_ROWS, default: 50 },
      l2: {
        kind: "number",
        label: "Penalty",
        help: "Shrinks the answers of small leaves.",
        unit: "none",
        min: 0,
        max: 1e6,
        step: 1,
        optional: false,
        default: 1,
      },
      rowShare: share("Rows drawn", "Share of the rows that each round sees.", 0.7, 0.05),
      columnShare: share(
        "Features drawn",
        "Share of the features that each round sees.",
        0.5,
        0.05,
      ),
      loss: {
        kind: "choice",
        label: "Loss of a regression",
        help: "Huber minds large errors less.",
        choices: { squared: "Squared error", huber: "Huber" },
        default: "squared",
      },
      validationShare: {
        ...share(
          "Held back",
          "The latest share of the training rows, which tells when to stop.",
          0,
          0,
        ),
        max: 0.5,
      },
      patienceRounds: {
        kind: "integer",
        label: "Patience",
        help: "Rounds without progress before it stops, where rows are held back.",
        unit: "none",
        min: 1,
        max: 1000,
        step: 1,
        optional: false,
        default: 20,
      },
    },
    searched: {
      rounds: [50, 100, 150, 300],
      learningRate: [0.01, 0.03, 0.1],
      leavesMax: [3, 7, 15, 31],
      leafRowsMin: [20, 50, 100, 200],
      rowShare: [0.5, 0.7, 1],
      columnShare: [0.3, 0.5, 1],
    },
    contributions: meanContributions,
    curve: ({ curve }) => ({
      unit: "round",
      training: curve.training,
      validation: curve.validation ?? curve.training.map(() => Number.NaN),
    }),
    learned: ({ rounds }) => ({ rounds }),
  },
  {
    train: (data, parameters, options, { times, horizonRows }) =>
      gradientBoosting(
        data,
        { ...DEFAULT_BOOSTING, ...parameters, validationGapRows: horizonRows },
        { ...options, times },
      ),
    predict: treePredictions,
  },
);

function share(label: string, help: string, usual: number, min: number) {
  return {
    kind: "number",
    label,
    help,
    unit: "fraction",
    min,
    max: 1,
    step: 0.05,
    optional: false,
    default: usual,
  } as const;
}

function treePredictions(model: TreeModel, table: FeatureTable): Float64Array {
  return model.classCount === 0 ? treeScores(model, table) : treeProbabilities(model, table);
}

/** Mean absolute contribution (SHAP) of each feature to the scores. */
function meanContributions(model: TreeModel, table: FeatureTable): Float64Array {
  const step = Math.max(1, Math.ceil(table.rowCount / SHAP_ROWS_MAX));
  const columns = table.columns.map((column) => column.filter((_, i) => i % step === 0));
  const rowCount = columns[0]?.length ?? 0;
  const { values } = treeShap(model, { names: table.names, columns, rowCount });
  const means = new Float64Array(model.featureCount);
  for (let i = 0; i < values.length; i++) {
    means[i % model.featureCount]! += Math.abs(values[i]!);
  }
  const count = values.length / model.featureCount;
  return count === 0 ? means : means.map((sum) => sum / count);
}

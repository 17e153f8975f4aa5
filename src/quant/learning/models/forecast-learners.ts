import type { Learner } from "./learner.ts";
import { type SeriesModel, seriesPredictions, trainSeries } from "./series-learners.ts";

const SERIES = {
  family: "series",
  tasks: ["regression", "classification"],
  rules: [],
  takesMissing: true,
  readsFeatures: false,
  lookBackRows: () => 0,
} as const;

type ArimaParameters = { readonly orderMax: number; readonly isDifferenced: boolean };

/** ARIMA of the source, its order by Akaike's criterion. */
export const arimaLearner: Learner<ArimaParameters, SeriesModel> = {
  ...SERIES,
  kind: "arima",
  label: "ARIMA",
  summary:
    "Forecasts the source from its own past values and surprises; orders by Akaike's criterion, fitted by exact likelihood. Looks at no feature.",
  parameters: {
    orderMax: {
      kind: "integer",
      label: "Orders at most",
      help: "Autoregressive and moving-average orders up to this are tried, each with each.",
      unit: "bars",
      min: 0,
      max: 5,
      step: 1,
      optional: false,
      default: 2,
    },
    isDifferenced: {
      kind: "boolean",
      label: "Differences too",
      help: "Whether the changes of the source are tried in place of its values as well.",
      default: true,
    },
  },
  searched: {},
  fit: (rows, training, { orderMax, isDifferenced }, options) =>
    trainSeries(
      rows,
      training,
      {
        kind: "arima-by-aic",
        orderMax,
        differences: isDifferenced ? [0, 1] : [0],
        comparison: "common-values",
      },
      options,
    ),
  predict: seriesPredictions,
};

type RlrtParameters = { readonly windowBars: number; readonly rSquaredMin: number };

/** The rolling linear trend of the published strategy, as sure as its line fits. */
export const rlrtLearner: Learner<RlrtParameters, SeriesModel> = {
  ...SERIES,
  kind: "rlrt",
  label: "Rolling linear trend (RLRT)",
  summary:
    "Draws a line through the last bars of the source and says that it goes on, as far as the line explains them. The published trend model with its R² as confidence; looks at no feature.",
  parameters: {
    windowBars: {
      kind: "integer",
      label: "Window",
      help: "Bars that the line is drawn through; more are slower to turn.",
      unit: "bars",
      min: 3,
      max: 1000,
      step: 1,
      optional: false,
      default: 10,
    },
    rSquaredMin: {
      kind: "number",
      label: "R² at least",
      help: "Share of the variance that the line must explain, or no trend is said.",
      unit: "fraction",
      min: 0,
      max: 0.99,
      step: 0.1,
      optional: false,
      default: 0.6,
    },
  },
  searched: { windowBars: [5, 10, 20, 40], rSquaredMin: [0, 0.4, 0.5, 0.6, 0.8] },
  fit: (rows, training, { windowBars, rSquaredMin }, options) =>
    trainSeries(
      rows,
      training,
      { kind: "rlrt", windowBars, rSquaredMin, weighting: "r-squared" },
      options,
    ),
  predict: seriesPredictions,
};

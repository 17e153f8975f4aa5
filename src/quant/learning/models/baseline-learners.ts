import type { FittedForecaster } from "../forecasting/forecaster.ts";
import type { Learner, LearningRows } from "./learner.ts";
import {
  calibrate,
  calibrated,
  meanOrShares,
  type SeriesModel,
  seriesPredictions,
  trainSeries,
} from "./series-learners.ts";

type None = Readonly<Record<never, never>>;

const BASELINE = {
  family: "baseline",
  rules: [],
  searched: {},
  takesMissing: true,
  readsFeatures: false,
  lookBackRows: () => 0,
} as const;

/** The change that a series without memory makes: none. */
export const lastValueLearner: Learner<None, { readonly kind: "last-value" }> = {
  ...BASELINE,
  kind: "last-value",
  label: "Last value",
  summary:
    "Says that the source stays where it is. Hard to beat for whatever wanders; a model that does not beat it has found nothing.",
  tasks: ["regression"],
  parameters: {},
  fit: () => ({ kind: "last-value" }),
  predict: (_fitted, _rows, places) => new Float64Array(places.length),
};

type LastDirection = Pick<SeriesModel, "calibration" | "classCount"> & {
  readonly kind: "last-direction";
  readonly horizonBars: number;
};

/** The way that it went last, as sure as that has been in training. */
export const lastDirectionLearner: Learner<None, LastDirection> = {
  ...BASELINE,
  kind: "last-direction",
  label: "Last direction",
  summary:
    "Says that the source goes on, or turns round, as it mostly has in training: its only input is which way it went over as many bars as the label looks ahead.",
  tasks: ["classification"],
  parameters: {},
  fit: (rows, training, _parameters, options) => {
    const horizonBars = Math.max(1, rows.horizonBars);
    const calibration = calibrate(rows, training, lastDirections(rows, horizonBars), options);
    return { kind: "last-direction", horizonBars, classCount: rows.classCount, calibration };
  },
  predict: (fitted, rows, places) => {
    const directions = lastDirections(rows, fitted.horizonBars);
    return calibrated(
      fitted,
      Float64Array.from(places, (place) => directions[place]!),
    );
  },
};

/** Sign of the last change of the source; NaN where there was none to see. */
function lastDirections(
  { bars, groups, sources }: LearningRows,
  horizonBars: number,
): Float64Array {
  return Float64Array.from(bars, (bar, i) => {
    const source = sources[groups[i]!];
    return Math.sign((source?.[bar] ?? Number.NaN) - (source?.[bar - horizonBars] ?? Number.NaN));
  });
}

type Shares = { readonly kind: "shares"; readonly shares: Float64Array };

/** The mean of what was seen, or the shares of the classes. */
function sharesLearner(
  of: Pick<Learner<None, Shares>, "kind" | "label" | "summary" | "tasks">,
): Learner<None, Shares> {
  return {
    ...BASELINE,
    ...of,
    parameters: {},
    fit: (rows, training) => ({ kind: "shares", shares: meanOrShares(rows, training) }),
    predict: ({ shares }, _rows, places) => {
      const out = new Float64Array(places.length * shares.length);
      for (let i = 0; i < places.length; i++) out.set(shares, i * shares.length);
      return out;
    },
  };
}

export const historicalMeanLearner = sharesLearner({
  kind: "historical-mean",
  label: "Historical mean",
  summary: "Says the mean of the training rows, always.",
  tasks: ["regression"],
});

export const majorityClassLearner = sharesLearner({
  kind: "majority-class",
  label: "Majority class",
  summary: "Says the most frequent class of the training rows, as sure as it was frequent, always.",
  tasks: ["classification"],
});

/** An autoregression of the source. */
export const autoregressionLearner: Learner<{ readonly orderMax: number }, SeriesModel> = {
  ...BASELINE,
  kind: "autoregression",
  label: "Autoregression",
  summary:
    "Forecasts the source from its own last values, as many as Akaike's criterion asks for. What a linear model of the past can do without any feature.",
  tasks: ["regression", "classification"],
  parameters: {
    orderMax: {
      kind: "integer",
      label: "Lags at most",
      help: "The order is chosen among these by Akaike's criterion.",
      unit: "bars",
      min: 1,
      max: 50,
      step: 1,
      optional: false,
      default: 5,
    },
  },
  fit: (rows, training, { orderMax }, options) =>
    trainSeries(rows, training, { kind: "autoregression", order: null, orderMax }, options),
  predict: seriesPredictions,
  learned: ({ forecasters }) => ({ order: orderOf(forecasters[0] ?? null) }),
};

function orderOf(forecaster: FittedForecaster | null): number {
  return forecaster?.kind === "autoregression" ? forecaster.order : Number.NaN;
}

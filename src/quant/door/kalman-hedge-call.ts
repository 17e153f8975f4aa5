import {
  type HedgeState,
  type KalmanModel,
  kalmanHedgeRatio,
} from "../kalman/kalman-hedge-ratio.ts";
import { kalmanNoise } from "../kalman/kalman-noise.ts";
import { kalmanSmoother, type SmoothedHedge } from "../kalman/kalman-smoother.ts";
import { optional } from "./arguments.ts";
import { type DoorResult, doorCall } from "./door-call.ts";
import { DoorError } from "./door-error.ts";
import { number, numberOr } from "./readers.ts";
import { series, seriesOneOrSeveral } from "./series-readers.ts";

const READERS = {
  y: series,
  x: series,
  processVariance: processVariance,
  observationVariance: optional(numberOr("ml"), undefined),
  initialState: optional(pair, undefined),
  initialCovariance: optional(initialCovariance, undefined),
} as const;

/** The Kalman hedge ratio with noise that is told or estimated; states are (hedge ratio, intercept). */
export const KALMAN_CALLS = {
  kalmanHedge: doorCall(
    READERS,
    ({ y, x, ...noise }) => {
      const model = modelOf(y, x, noise);
      const filtered = kalmanHedgeRatio(y, x, model);
      return {
        ...statesOf(filtered),
        innovations: filtered.innovation,
        innovationVariances: filtered.innovationVariance,
        logLikelihood: filtered.logLikelihood,
        ...noiseOf(model),
      } satisfies DoorResult;
    },
    "singular",
  ),
  kalmanSmoother: doorCall(
    READERS,
    ({ y, x, ...noise }) => {
      const model = modelOf(y, x, noise);
      const smoothed = kalmanSmoother(kalmanHedgeRatio(y, x, model), model.processVariance);
      return { ...statesOf(smoothed), ...noiseOf(model) } satisfies DoorResult;
    },
    "singular",
  ),
} as const;

function statesOf(hedge: SmoothedHedge) {
  return {
    states: Array.from(hedge.hedgeRatio, (ratio, t) => [ratio, hedge.intercept[t]]),
    stateVariances: Array.from(hedge.hedgeRatioVariance, (variance, t) => [
      [variance, hedge.covariance[t]],
      [hedge.covariance[t], hedge.interceptVariance[t]],
    ]),
  };
}

function noiseOf({ processVariance: states, observationVariance }: KalmanModel) {
  return { processVariance: [states.hedgeRatio, states.intercept], observationVariance };
}

type InitialCovariance = Pick<KalmanModel, "initialVariance" | "initialCovariance">;

function modelOf(
  y: Float64Array,
  x: Float64Array,
  noise: {
    readonly processVariance: HedgeState | "ml";
    readonly observationVariance: number | "ml" | undefined;
    readonly initialState: HedgeState | undefined;
    readonly initialCovariance: InitialCovariance | undefined;
  },
): KalmanModel {
  const { processVariance: states, observationVariance, initialState } = noise;
  const start = {
    ...(initialState === undefined ? {} : { initialState }),
    ...noise.initialCovariance,
  };
  if (states === "ml") {
    const known = typeof observationVariance === "number" ? { observationVariance } : {};
    return kalmanNoise(y, x, { ...start, ...known }).model;
  }
  if (typeof observationVariance !== "number") {
    throw new DoorError("bad-argument", "observationVariance must be a number, but with ml");
  }
  return { processVariance: states, observationVariance, ...start };
}

function processVariance(value: unknown, name: string): HedgeState | "ml" {
  return value === "ml" ? value : numberOrPair(value, name);
}

/** One number for both states, or one for each. */
function numberOrPair(value: unknown, name: string): HedgeState {
  if (Array.isArray(value)) return pair(value, name);
  const both = number(value, name);
  return { hedgeRatio: both, intercept: both };
}

function pair(value: unknown, name: string): HedgeState {
  const [hedgeRatio, intercept, ...rest] = series(value, name);
  if (hedgeRatio === undefined || intercept === undefined || rest.length > 0) {
    throw new DoorError("bad-argument", `${name} must be a pair: hedge ratio, intercept`);
  }
  return { hedgeRatio, intercept };
}

/** A multiple of the unit matrix, its diagonal, or the whole symmetric matrix. */
function initialCovariance(value: unknown, name: string): InitialCovariance {
  if (!Array.isArray(value) || !value.some(Array.isArray)) {
    return { initialVariance: numberOrPair(value, name) };
  }
  const [first, second, ...rest] = seriesOneOrSeveral(value, name);
  const [hedgeRatio, covariance, ...beyondFirst] = first ?? [];
  const [mirrored, intercept, ...beyondSecond] = second ?? [];
  const isSquare = rest.length + beyondFirst.length + beyondSecond.length === 0;
  if (
    hedgeRatio === undefined ||
    intercept === undefined ||
    covariance === undefined ||
    !isSquare
  ) {
    throw new DoorError("bad-argument", `${name} must be a number, a pair or a 2 × 2 matrix`);
  }
  if (covariance !== mirrored) throw new DoorError("bad-argument", `${name} must be symmetric`);
  return { initialVariance: { hedgeRatio, intercept }, initialCovariance: covariance };
}

import type { InvalidInputCode } from "../invalid-input-error.ts";
import { detrendedFluctuation } from "../mean-reversion/detrended-fluctuation.ts";
import { generalisedHurst } from "../mean-reversion/generalised-hurst.ts";
import { halfLife } from "../mean-reversion/half-life.ts";
import { hurstOfDeviations } from "../mean-reversion/hurst-of-deviations.ts";
import { meanCrossings } from "../mean-reversion/mean-crossings.ts";
import { ornsteinUhlenbeck } from "../mean-reversion/ornstein-uhlenbeck.ts";
import { correctedRescaledRange } from "../mean-reversion/rescaled-range.ts";
import { answered } from "./answered.ts";

/** Estimators of the Hurst exponent. */
export const HURST_METHODS = ["deviations", "generalised", "rescaled-range", "dfa"] as const;
export type HurstMethod = (typeof HURST_METHODS)[number];

/** Why a figure of mean reversion has no value. */
export type ReversionReason = InvalidInputCode | "no-mean-reversion" | "oscillating";

/** A mean-reverting process, time in bars. */
export type FittedProcess = {
  /** Speed of mean reversion, per bar. */
  readonly kappa: number;
  /** Long-run mean, unit of the spread. */
  readonly theta: number;
  /** Diffusion, unit of the spread per root bar. */
  readonly sigma: number;
  readonly halfLifeBars: number;
  /** Standard deviation about the mean in the long run, unit of the spread. */
  readonly stationaryDeviation: number;
};

/** How a spread comes back. */
export type ReversionFigures = {
  readonly halfLifeLinearBars: number | null;
  readonly halfLifeExactBars: number | null;
  /** Why the exact half-life is null. */
  readonly halfLifeReason: ReversionReason | null;
  readonly hurst: readonly {
    readonly method: HurstMethod;
    readonly exponent: number | null;
    readonly reason: InvalidInputCode | null;
  }[];
  readonly meanCrossings: number | null;
  readonly process: FittedProcess | null;
  readonly processReason: ReversionReason | null;
};

/**
 * Figures of mean reversion: how fast, how often and by what law a spread comes back.
 *
 * @param spread n finite values, oldest first
 * @returns half-lives, Hurst exponents, crossings and an Ornstein–Uhlenbeck fit, each null with its
 *   reason where the spread has none
 *
 * Cost: O(n · lags). Checked: each figure beside its own function.
 */
export function reversionFigures(spread: Float64Array): ReversionFigures {
  const life = answered(() => halfLife(spread));
  const process = answered(() => ornsteinUhlenbeck(spread, 1));
  const fitted = process.value?.kind === "fitted" ? process.value : null;
  return {
    halfLifeLinearBars: life.value?.linearBars ?? null,
    halfLifeExactBars: life.value?.exactBars ?? null,
    halfLifeReason: life.reason ?? life.value?.reason ?? null,
    hurst: HURST_METHODS.map((method) => {
      const { value, reason } = answered(() => HURST_ESTIMATORS[method](spread));
      return { method, exponent: value, reason };
    }),
    meanCrossings: answered(() => meanCrossings(spread)).value,
    process:
      fitted === null
        ? null
        : {
            kappa: fitted.kappa,
            theta: fitted.theta,
            sigma: fitted.sigma,
            halfLifeBars: fitted.halfLife,
            stationaryDeviation: fitted.stationaryDeviation,
          },
    processReason: process.value?.kind === "refused" ? process.value.reason : process.reason,
  };
}

const HURST_ESTIMATORS: Readonly<Record<HurstMethod, (spread: Float64Array) => number>> = {
  deviations: (spread) => hurstOfDeviations(spread, { lagMax: 20 }).exponent,
  generalised: (spread) => generalisedHurst(spread).hurst,
  "rescaled-range": (spread) => correctedRescaledRange(spread).exponent,
  dfa: (spread) => detrendedFluctuation(spread).exponent,
};

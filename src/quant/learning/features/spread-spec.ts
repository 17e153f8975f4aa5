import { KALMAN_BURN_IN_BARS } from "../../pair-analysis/kalman-hedge-fit.ts";
import type { StrategyParameters } from "../../strategies/strategy-parameters.ts";
import { type SpecForm, specForm } from "./spec-form.ts";

type Prices = {
  /** Scale on which the legs are compared. */
  readonly price: "log" | "level";
};

/** A line that is given: fitted elsewhere, on bars that all lie before `knownFromMs`. */
export type FixedSpread = {
  readonly kind: "fixed";
  readonly hedgeRatio: number;
  readonly intercept: number;
  /** Open time of the first bar at which it was known; null says "always", which nobody can check. */
  readonly knownFromMs: number | null;
} & Prices;

/** Least squares on the first formationBars bars that have both legs, kept from then on. */
export type FormationSpread = {
  readonly kind: "formation";
  readonly formationBars: number;
} & Prices;

/** Least squares on the last windowBars bars, anew at each bar. */
export type RollingSpread = { readonly kind: "rolling"; readonly windowBars: number } & Prices;

/** Least squares on all bars so far, anew at each bar. */
export type ExpandingSpread = { readonly kind: "expanding"; readonly barsMin: number } & Prices;

/** A line that wanders, as the filter expects it before it has seen the bar. */
export type KalmanSpread = {
  readonly kind: "kalman";
  readonly delta: number;
  readonly observationVariance: number;
} & Prices;

/** How the spread of a pair is made, without a bar that was not yet known. */
export type SpreadSpec =
  | FixedSpread
  | FormationSpread
  | RollingSpread
  | ExpandingSpread
  | KalmanSpread;

/**
 * How many bars before its own the spread of a bar reads.
 *
 * A line that was fixed on bars before every row of its dataset reads none of theirs: 0. One that is
 * fitted anew on everything so far reads the whole past: Infinity.
 *
 * @param spread any
 * @returns ≥ 0, whole or Infinity
 */
export function spreadLookBackBars(spread: SpreadSpec): number {
  switch (spread.kind) {
    case "fixed":
    case "formation":
      return 0;
    case "rolling":
      return spread.windowBars - 1;
    case "expanding":
    case "kalman":
      return Number.POSITIVE_INFINITY;
  }
}

/**
 * First bar that can have a spread, counted from 0, when none is missing.
 *
 * @param spread any
 * @returns ≥ 0, finite; of a fixed line 0, whatever its time
 */
export function spreadWarmUpBars(spread: SpreadSpec): number {
  switch (spread.kind) {
    case "fixed":
      return 0;
    case "formation":
      return spread.formationBars;
    case "rolling":
      return spread.windowBars - 1;
    case "expanding":
      return spread.barsMin - 1;
    case "kalman":
      return KALMAN_BURN_IN_BARS;
  }
}

type ValuesOf<Spread> = Omit<Spread, "kind">;

const PRICE: StrategyParameters<Prices>["price"] = {
  kind: "choice",
  label: "Prices",
  help: "Logarithms compare relative moves, plain prices compare amounts of money.",
  choices: { log: "Logarithms of prices", level: "Prices" },
  default: "log",
};

/** Fields of a form for every kind of spread. */
export const SPREAD_KINDS: Readonly<Record<SpreadSpec["kind"], SpecForm>> = {
  formation: specForm<ValuesOf<FormationSpread>>({
    label: "Frozen after a formation",
    summary:
      "The hedge ratio is fitted on the first bars, which give no rows, and is kept from then on.",
    parameters: {
      formationBars: bars("Formation", "Bars that the line is fitted on; more fit steadier.", 500),
      price: PRICE,
    },
  }),
  rolling: specForm<ValuesOf<RollingSpread>>({
    label: "Rolling regression",
    summary: "The hedge ratio of each bar is fitted on the bars just before it, itself included.",
    parameters: {
      windowBars: bars("Window", "Bars that each line is fitted on; more follow slower.", 250),
      price: PRICE,
    },
  }),
  expanding: specForm<ValuesOf<ExpandingSpread>>({
    label: "Regression on all so far",
    summary:
      "The hedge ratio of each bar is fitted on all bars up to it. It reads the whole past, so that rows cannot be kept apart by what their features read.",
    parameters: {
      barsMin: bars("First line after", "Bars before there is a line; more begin later.", 250),
      price: PRICE,
    },
  }),
  kalman: specForm<ValuesOf<KalmanSpread>>({
    label: "Kalman filter",
    summary:
      "The hedge ratio wanders, and the spread of a bar is what the filter did not expect of it. It reads the whole past, so that rows cannot be kept apart by what their features read.",
    parameters: {
      delta: {
        kind: "number",
        label: "Wandering",
        help: "How much the line may move from bar to bar; larger follows faster.",
        unit: "none",
        min: 1e-12,
        max: 0.5,
        step: 0.0001,
        optional: false,
        default: 0.0001,
      },
      observationVariance: {
        kind: "number",
        label: "Variance of the spread",
        help: "Variance of leg Y about the line; larger follows slower.",
        unit: "none",
        min: 1e-18,
        max: 1e12,
        step: 0.001,
        optional: false,
        default: 0.001,
      },
      price: PRICE,
    },
  }),
  fixed: specForm<ValuesOf<FixedSpread>>({
    label: "Given",
    summary: "A hedge ratio and an intercept that were found elsewhere.",
    parameters: {
      hedgeRatio: given("Hedge ratio", "What of leg X stands against one of leg Y.", 1),
      intercept: given("Intercept", "What the spread is shifted by.", 0),
      knownFromMs: {
        kind: "integer",
        label: "Known from",
        help: "Open time in milliseconds of the first bar at which they were known; bars before give no rows.",
        unit: "none",
        min: 0,
        max: 8.64e15,
        step: 86_400_000,
        optional: true,
        default: null,
      },
      price: PRICE,
    },
  }),
};

function bars(label: string, help: string, usual: number) {
  const range = { unit: "bars", min: 30, max: 100_000, step: 10, optional: false } as const;
  return { kind: "integer", label, help, ...range, default: usual } as const;
}

function given(label: string, help: string, usual: number) {
  const range = { unit: "none", min: -1e9, max: 1e9, step: 0.1, optional: false } as const;
  return { kind: "number", label, help, ...range, default: usual } as const;
}

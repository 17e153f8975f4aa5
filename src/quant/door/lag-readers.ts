import type { LagOption } from "../cointegration/lag-selection.ts";
import { optional, type Reader } from "./arguments.ts";
import { DoorError } from "./door-error.ts";
import { named, number, numberOr } from "./readers.ts";

const CRITERION_OR_NUMBER = numberOr("aic", "bic", "t-stat");

/** The arguments that say how many lagged differences a Dickey–Fuller regression has. */
export const LAG_READERS = {
  // statsmodels writes AIC and BIC.
  lags: optional(
    (value, name) =>
      CRITERION_OR_NUMBER(typeof value === "string" ? value.toLowerCase() : value, name),
    "aic",
  ),
  maxLag: optional(number, undefined),
} as const;

/**
 * Lags as the tests take them.
 *
 * @param args lags: a number or a criterion; maxLag: the largest that a criterion may select
 * @returns the option
 * @throws {DoorError} "bad-argument": a number above maxLag
 */
export function lagOption(args: {
  readonly lags: number | "aic" | "bic" | "t-stat";
  readonly maxLag: number | undefined;
}): LagOption {
  const { lags, maxLag } = args;
  if (typeof lags !== "number") {
    return maxLag === undefined ? { kind: lags } : { kind: lags, lagsMax: maxLag };
  }
  if (maxLag !== undefined && lags > maxLag) {
    throw new DoorError("bad-argument", "maxLag must not be below lags, which is a number here");
  }
  return { kind: "fixed", lags };
}

/** Reader of `compat`: "statsmodels" for the misprints of its table. */
export const statsmodelsCompat: Reader<"statsmodels" | undefined> = optional(
  named({ statsmodels: "statsmodels" }),
  undefined,
);

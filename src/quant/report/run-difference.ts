import { type PairedDifference, pairedDifference } from "../performance/paired-difference.ts";
import type { ResamplingOptions } from "../performance/resampled-steps.ts";
import { riskFreeRatePerPeriod } from "../performance/risk-free-rate.ts";
import { type EquityCurve, type ReportedRun, tradedEquity } from "./reported-run.ts";

/** Returns of two runs on the bars that both have; ends of equal index are the same bar. */
export type CommonReturns = {
  readonly openTimeMs: Float64Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
};

/**
 * Common returns: what two equity curves made from each common bar to the next.
 *
 * Where only one of them has a bar in between, its move is inside the step to the next common bar. The
 * first common bar has a return if both curves begin with it, else it is the base of the second.
 *
 * @param a equity on its bars, open times ascending
 * @param b the other
 * @returns see CommonReturns; null when an equity is zero or below, and returns have no base
 *
 * Cost: O(n).
 */
export function commonReturns(a: EquityCurve, b: EquityCurve): CommonReturns | null {
  const places = commonPlaces(a.openTimeMs, b.openTimeMs);
  const isFromStart = places[0]?.a === 0 && places[0]?.b === 0;
  const levels = (curve: EquityCurve, side: "a" | "b"): Float64Array => {
    const equity = places.map((place) => curve.equity[place[side]]!);
    return Float64Array.from(isFromStart ? [curve.initialEquity, ...equity] : equity);
  };
  const [levelsA, levelsB] = [levels(a, "a"), levels(b, "b")];
  if (![levelsA, levelsB].every((one) => one.every((value) => value > 0))) return null;
  const ends = isFromStart ? places : places.slice(1);
  return {
    openTimeMs: Float64Array.from(ends, (place) => a.openTimeMs[place.a]!),
    a: growthOf(levelsA),
    b: growthOf(levelsB),
  };
}

/** Why two runs are not compared; see PairedDifference for the reasons of the statistics. */
export type RunDifference =
  | (PairedDifference & { readonly kind: "difference" })
  | {
      readonly kind: "refused";
      readonly reason: "different-intervals" | "ruin" | "too-few-bars" | "no-difference";
    };

/**
 * Difference of two runs: whether A beats B on the bars that both have.
 *
 * @param a a run; its bars of a year and its risk-free rate are used for both
 * @param b another, on bars of the same length
 * @param options seed, replications, confidence
 * @returns see PairedDifference, or why not
 * @throws {InvalidInputError} "out-of-range": options
 *
 * Cost: O(n + replications · min(common bars, 20,000)).
 */
export function runDifference(
  a: ReportedRun,
  b: ReportedRun,
  options: ResamplingOptions,
): RunDifference {
  if (a.intervalMs !== b.intervalMs) return { kind: "refused", reason: "different-intervals" };
  const common = commonReturns(tradedEquity(a), tradedEquity(b));
  if (common === null) return { kind: "refused", reason: "ruin" };
  const { periodsPerYear, riskFreeRateAnnual } = a;
  const rate = riskFreeRatePerPeriod(riskFreeRateAnnual, periodsPerYear);
  return pairedDifference(
    common.a,
    common.b,
    { periodsPerYear, riskFreeRatePerPeriod: rate },
    options,
  );
}

type Place = { readonly a: number; readonly b: number };

function commonPlaces(a: Float64Array, b: Float64Array): readonly Place[] {
  const places: Place[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) places.push({ a: i++, b: j++ });
    else if (a[i]! < b[j]!) i += 1;
    else j += 1;
  }
  return places;
}

function growthOf(levels: Float64Array): Float64Array {
  return levels.subarray(1).map((value, i) => value / levels[i]! - 1);
}

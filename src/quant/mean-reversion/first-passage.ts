import { dawson } from "./dawson.ts";

/** Mean and variance of a waiting time, in units of time and of its square. */
export type WaitingTime = { readonly mean: number; readonly variance: number };

/**
 * Length of a round trip of an Ornstein–Uhlenbeck process: from θ − d up to θ + d and back.
 *
 * With u = d √κ / σ and z = √2 u: E[T] = (2π/κ) erfi(u), Var[T] = 2 (w₁(z) − w₂(z)) / κ², with
 * w₁ = 4 E O of the even and odd halves of ½ Σ Γ(k/2)(√2 z)^k / k!, which is the difference of squares
 * of the source without its cancellation, and w₂ the odd terms weighted by ψ(k/2) − ψ(1).
 *
 * @param u distance of each threshold from the mean, in units of σ/√κ, 0 < u ≤ 18
 * @param kappa speed of mean reversion, per unit of time, > 0
 * @returns mean and variance of the time of a round trip
 *
 * Cost: O(u²) terms. Source: Bertram (2010), Physica A 389.
 * Checked: golden/mean-reversion.json.
 */
export function roundTripTime(u: number, kappa: number): WaitingTime {
  const erfi = (2 / Math.sqrt(Math.PI)) * Math.exp(u * u) * dawson(u);
  const variance = (2 * secondMoments(Math.SQRT2 * u)) / (kappa * kappa);
  return { mean: ((2 * Math.PI) / kappa) * erfi, variance };
}

/** w₁(z) − w₂(z) for z > 0. */
function secondMoments(z: number): number {
  const square = z * z;
  // Terms Γ(k/2)(√2 z)^k / k! of k = 1 and 2; two steps of k multiply by k z² / ((k+1)(k+2)).
  let odd = Math.sqrt(2 * Math.PI) * z;
  let even = square;
  let oddSum = 0;
  let evenSum = 0;
  let weightedSum = 0;
  // ψ(1/2) − ψ(1); ψ(x + 1) = ψ(x) + 1/x.
  let weight = -2 * Math.LN2;
  for (let k = 1; odd > oddSum * Number.EPSILON * 0.01 || k < square; k += 2) {
    oddSum += odd;
    evenSum += even;
    weightedSum += weight * odd;
    odd *= (k * square) / ((k + 1) * (k + 2));
    even *= ((k + 1) * square) / ((k + 2) * (k + 3));
    weight += 2 / k;
  }
  return evenSum * oddSum - weightedSum;
}

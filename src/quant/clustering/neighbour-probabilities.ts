import type { Matrix } from "../linalg/matrix.ts";
import { squaredDistances } from "./squared-distances.ts";

const SEARCH_STEPS = 64;
const ENTROPY_TOLERANCE = 1e-8;

/**
 * Symmetric neighbour probabilities: how likely two points would pick each other as neighbours.
 *
 * p(j | i) ~ exp(−β |xᵢ − xⱼ|²) with β such that the entropy is ln perplexity; (p(j|i) + p(i|j)) / 2n.
 *
 * @param matrix n points × p features, finite, checked by the caller
 * @param perplexity effective number of neighbours, 1 ≤ perplexity < n − 1
 * @returns n × n, symmetric, zero on the diagonal, of sum 1
 *
 * Cost: O(n² · 64). Source: van der Maaten and Hinton (2008).
 */
export function neighbourProbabilities(matrix: Matrix, perplexity: number): Float64Array {
  const n = matrix.rows;
  const squared = squaredDistances(matrix);
  const conditional = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = conditional.subarray(i * n, (i + 1) * n);
    setRow(row, squared.subarray(i * n, (i + 1) * n), i, Math.log(perplexity));
  }
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      result[i * n + j] = (conditional[i * n + j]! + conditional[j * n + i]!) / (2 * n);
    }
  }
  return result;
}

/** Finds β of one point by bisection, doubling while it has no upper bound. */
function setRow(row: Float64Array, squared: Float64Array, own: number, target: number): void {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let beta = 1 / (meanOf(squared) || 1);
  for (let step = 0; step < SEARCH_STEPS; step++) {
    const entropy = setRowAt(row, squared, own, beta);
    if (Math.abs(entropy - target) < ENTROPY_TOLERANCE) return;
    if (entropy > target) low = beta;
    else high = beta;
    beta = high === Number.POSITIVE_INFINITY ? beta * 2 : (low + high) / 2;
  }
}

/** Sets the probabilities for a β and returns their entropy. */
function setRowAt(row: Float64Array, squared: Float64Array, own: number, beta: number): number {
  // Taken from the nearest, so that not all of them underflow.
  let nearest = Number.POSITIVE_INFINITY;
  squared.forEach((square, j) => {
    if (j !== own) nearest = Math.min(nearest, square);
  });
  let sum = 0;
  let weighted = 0;
  for (let j = 0; j < row.length; j++) {
    const excess = squared[j]! - nearest;
    const weight = j === own ? 0 : Math.exp(-beta * excess);
    row[j] = weight;
    sum += weight;
    weighted += weight * excess;
  }
  for (let j = 0; j < row.length; j++) row[j]! /= sum;
  return Math.log(sum) + (beta * weighted) / sum;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

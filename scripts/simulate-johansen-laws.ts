// biome-ignore-all lint/style/noNonNullAssertion: indexes of arrays made here, in the inner loop of hours.
// Simulates the laws of the Johansen statistics without a linear drift in the data, from which
// src/quant/cointegration/johansen-law-table.ts is made. Prints one JSON object.
//
// use: node scripts/simulate-johansen-laws.ts COMMON_TRENDS REPLICATIONS [SEED]
//
// For n common trends the statistics tend to the trace and the largest eigenvalue of
//   Q = ∫ dW F′ (∫ F F′)⁻¹ ∫ F dW′,
// W an n-dimensional Brownian motion, F by deterministic terms: (W, 1) restricted constant,
// (W, t) less its mean restricted trend, W less its mean, and W less its linear trend.
// W is a random walk of 512 steps; the same path seen every second and every fourth step gives the
// quantiles of 256 and 128 steps, and a quadratic in 1/steps their limit. Sharing the path makes the
// differences, which the limit multiplies, far less noisy than those of separate paths.
import process from "node:process";
import { symmetricEigen } from "#quant/linalg/symmetric-eigen.ts";
import { normalQuantile } from "#quant/stats/normal-distribution.ts";
import { createRandom } from "#quant/synthetic/random.ts";

const LAWS = ["restricted-constant", "restricted-trend", "constant", "trend"] as const;
const UPPER_TAIL = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.06, 0.075, 0.1, 0.125,
  0.15, 0.175, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9,
  0.95, 0.975, 0.99,
];
const STEPS = 512;
const LEVELS = 3;
/** Weights of 512, 256 and 128 steps in the limit of a quadratic in 1/steps. */
const LIMIT_WEIGHTS = [8 / 3, -2, 1 / 3];
const BINS_PER_UNIT = 500;
const BINS = 1000 * BINS_PER_UNIT;
const INCREMENT_BITS = 12;

const trends = Number(process.argv[2]);
const replications = Number(process.argv[3]);
const seed = Number(process.argv[4] ?? 20260101);

/** Equally likely normal increments of variance exactly one: only the first two moments matter. */
function incrementTable(): Float64Array {
  const size = 1 << INCREMENT_BITS;
  const values = Float64Array.from({ length: size }, (_, i) => normalQuantile((i + 0.5) / size));
  const variance = values.reduce((sum, value) => sum + value * value, 0) / size;
  return values.map((value) => value / Math.sqrt(variance));
}

type Sums = {
  readonly level: Float64Array;
  readonly pending: Float64Array;
  readonly squares: Float64Array;
  readonly products: Float64Array;
  /** Σ W, Σ u W, Σ e, Σ u e with u the share of the path. */
  readonly deterministic: Float64Array;
};

const n = trends;
const paths: Sums[] = Array.from({ length: LEVELS }, () => ({
  level: new Float64Array(n),
  pending: new Float64Array(n),
  squares: new Float64Array(n * n),
  products: new Float64Array(n * n),
  deterministic: new Float64Array(4 * n),
}));

function addStep(sums: Sums, u: number): void {
  const { level, pending, squares, products, deterministic } = sums;
  for (let i = 0; i < n; i++) {
    const w = level[i]!;
    const e = pending[i]!;
    deterministic[i]! += w;
    deterministic[n + i]! += u * w;
    deterministic[2 * n + i]! += e;
    deterministic[3 * n + i]! += u * e;
    const row = i * n;
    for (let j = 0; j <= i; j++) squares[row + j]! += w * level[j]!;
    for (let j = 0; j < n; j++) products[row + j]! += w * pending[j]!;
  }
  for (let i = 0; i < n; i++) {
    level[i]! += pending[i]!;
    pending[i] = 0;
  }
}

function simulatePath(increments: Float64Array, nextBits: () => number): void {
  for (const sums of paths) for (const array of Object.values(sums)) array.fill(0);
  for (let t = 0; t < STEPS; t++) {
    for (let i = 0; i < n; i++) {
      const e = increments[nextBits()]!;
      for (let level = 0; level < LEVELS; level++) paths[level]!.pending[i]! += e;
    }
    for (let level = 0; level < LEVELS; level++) {
      const stride = 1 << level;
      if ((t + 1) % stride === 0) addStep(paths[level]!, (t + 1 - stride) / STEPS);
    }
  }
}

const order = n + 1;
const moments = new Float64Array(order * order);
const cross = new Float64Array(order * n);
const quadratic = new Float64Array(n * n);

/** Trace and largest eigenvalue of G′ M⁻¹ G for m regressors. */
function statisticsOf(m: number): readonly [number, number] {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = moments[i * order + j]!;
      for (let k = 0; k < j; k++) sum -= moments[i * order + k]! * moments[j * order + k]!;
      moments[i * order + j] = i === j ? Math.sqrt(sum) : sum / moments[j * order + j]!;
    }
    for (let c = 0; c < n; c++) {
      let sum = cross[i * n + c]!;
      for (let k = 0; k < i; k++) sum -= moments[i * order + k]! * cross[k * n + c]!;
      cross[i * n + c] = sum / moments[i * order + i]!;
    }
  }
  let trace = 0;
  for (let a = 0; a < n; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = 0; i < m; i++) sum += cross[i * n + a]! * cross[i * n + b]!;
      quadratic[a * n + b] = sum;
      quadratic[b * n + a] = sum;
    }
    trace += quadratic[a * n + a]!;
  }
  return [trace, n === 1 ? trace : symmetricEigen(quadratic, n).values[0]!];
}

function fillMoments(law: (typeof LAWS)[number], sums: Sums, steps: number): number {
  const { squares, products, deterministic } = sums;
  const w0 = deterministic.subarray(0, n);
  const w1 = deterministic.subarray(n, 2 * n);
  const e0 = deterministic.subarray(2 * n, 3 * n);
  const e1 = deterministic.subarray(3 * n, 4 * n);
  // Σ 1, Σ u and Σ u² over u = 0, 1/steps … (steps − 1)/steps.
  const p0 = steps;
  const p1 = (steps - 1) / 2;
  const p2 = ((steps - 1) * (2 * steps - 1)) / (6 * steps);
  const spread = p2 - (p1 * p1) / p0;
  for (let i = 0; i < n; i++) {
    const slope = (w1[i]! - (p1 * w0[i]!) / p0) / spread;
    for (let j = 0; j <= i; j++) {
      let value = squares[i * n + j]!;
      if (law !== "restricted-constant") value -= (w0[i]! * w0[j]!) / p0;
      if (law === "trend") value -= slope * (w1[j]! - (p1 * w0[j]!) / p0);
      moments[i * order + j] = value;
    }
    for (let j = 0; j < n; j++) {
      let value = products[i * n + j]!;
      if (law !== "restricted-constant") value -= (w0[i]! * e0[j]!) / p0;
      if (law === "trend") value -= slope * (e1[j]! - (p1 * e0[j]!) / p0);
      cross[i * n + j] = value;
    }
  }
  if (law === "constant" || law === "trend") return n;
  const constant = law === "restricted-constant";
  for (let j = 0; j < n; j++) {
    moments[n * order + j] = constant ? w0[j]! : w1[j]! - (p1 * w0[j]!) / p0;
    cross[n * n + j] = constant ? e0[j]! : e1[j]! - (p1 * e0[j]!) / p0;
  }
  moments[n * order + n] = constant ? p0 : spread;
  return order;
}

const counts = new Map<string, Uint32Array>();
for (const law of LAWS) {
  for (let level = 0; level < LEVELS; level++) {
    for (const kind of ["trace", "maxEigenvalue"]) {
      if (n === 1 && kind === "maxEigenvalue") continue;
      counts.set(`${law}/${level}/${kind}`, new Uint32Array(BINS));
    }
  }
}

function quantile(histogram: Uint32Array, upperTail: number): number {
  const rank = (1 - upperTail) * replications;
  let below = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const count = histogram[bin]!;
    if (below + count >= rank) return (bin + (rank - below) / count) / BINS_PER_UNIT;
    below += count;
  }
  throw new Error("a statistic beyond the histogram");
}

const random = createRandom(seed, n);
const increments = incrementTable();
const mask = (1 << INCREMENT_BITS) - 1;
let bits = 0;
let held = 0;
const nextBits = (): number => {
  if (held === 0) {
    bits = (random.uniform() * 2 ** 32) >>> 0;
    held = 2;
  }
  held--;
  const value = bits & mask;
  bits >>>= INCREMENT_BITS;
  return value;
};
for (let replication = 0; replication < replications; replication++) {
  simulatePath(increments, nextBits);
  for (const law of LAWS) {
    for (let level = 0; level < LEVELS; level++) {
      const m = fillMoments(law, paths[level]!, STEPS >> level);
      const [trace, largest] = statisticsOf(m);
      // An increment of 2^level steps has that variance, and the limit law that of unit ones.
      const scale = BINS_PER_UNIT / (1 << level);
      counts.get(`${law}/${level}/trace`)![Math.floor(trace * scale)]!++;
      if (n === 1) continue;
      counts.get(`${law}/${level}/maxEigenvalue`)![Math.floor(largest * scale)]!++;
    }
  }
}

const quantiles: Record<string, number[]> = {};
for (const law of LAWS) {
  for (const kind of n === 1 ? ["trace"] : ["trace", "maxEigenvalue"]) {
    quantiles[`${law}/${kind}/${n}`] = UPPER_TAIL.map((tail) => {
      const limit = LIMIT_WEIGHTS.reduce(
        (sum, weight, level) =>
          sum + weight * quantile(counts.get(`${law}/${level}/${kind}`)!, tail),
        0,
      );
      return Math.round(limit * 1e4) / 1e4;
    });
  }
}
console.info(JSON.stringify({ trends: n, replications, seed, upperTail: UPPER_TAIL, quantiles }));

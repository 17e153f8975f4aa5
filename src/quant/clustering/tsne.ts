import { InvalidInputError } from "../invalid-input-error.ts";
import { type Matrix, requireMatrix } from "../linalg/matrix.ts";
import { createRandom } from "../synthetic/random.ts";
import { neighbourProbabilities } from "./neighbour-probabilities.ts";
import { principalComponents } from "./principal-components.ts";

/** See tsne; the same options give the same map to the bit. */
export type TsneOptions = {
  /** Whole number in [0, 2³²). */
  readonly seed: number;
  /** Effective number of neighbours, in [1, (n − 1) / 3]; the smaller of 30 and that unless told. */
  readonly perplexity?: number;
  /** Steps of the descent, ≥ 50; 500 unless told. */
  readonly iterations?: number;
};

// Constants of the descent. Source: van der Maaten and Hinton (2008); Belkina et al.
// (2019) for the learning rate n / exaggeration.
const EXAGGERATION = 12;
const EXAGGERATED_STEPS = 125;
const LEARNING_RATE_MIN = 50;
const MOMENTUM_EARLY = 0.5;
const MOMENTUM_LATE = 0.8;
const GAIN_MIN = 0.01;
const START_DEVIATION = 1e-4;

/**
 * t-SNE: a map of points in the plane on which neighbours stay neighbours.
 *
 * Descends on Σ p ln(p / q): p the symmetric neighbour probabilities of the features, q those of the
 * map by Student's law, qᵢⱼ ~ 1 / (1 + |yᵢ − yⱼ|²). Starts at the first two principal components with
 * a little seeded noise. Distances between groups and their sizes on the map mean nothing, and
 * neither do its axes: judge it by neighbourhoodQuality.
 *
 * @param matrix n ≥ 4 points × p ≥ 1 features on a common scale, finite, not all equal
 * @param options seed, perplexity, iterations; see TsneOptions
 * @returns n × 2 coordinates, centred, no unit
 * @throws {InvalidInputError} "too-short", "length-mismatch", "not-finite", "constant";
 *   "out-of-range": an option
 *
 * Cost: O(n² · iterations). Source: van der Maaten and Hinton (2008); Kobak and Berens (2019) for
 * the start. Checked: trustworthiness of the golden blobs in the test.
 */
export function tsne(matrix: Matrix, options: TsneOptions): Matrix {
  requireMatrix(matrix, 4);
  const n = matrix.rows;
  const perplexityMax = (n - 1) / 3;
  const { perplexity = Math.min(30, perplexityMax), iterations = 500 } = options;
  if (!(perplexity >= 1 && perplexity <= perplexityMax)) {
    throw new InvalidInputError("out-of-range", "perplexity must lie between 1 and (n − 1) / 3");
  }
  if (!(Number.isInteger(iterations) && iterations >= 50)) {
    throw new InvalidInputError("out-of-range", "iterations must be a whole number, at least 50");
  }
  const map = start(matrix, options.seed);
  const probabilities = neighbourProbabilities(matrix, perplexity);
  const descent: Descent = {
    map,
    gradient: new Float64Array(2 * n),
    velocity: new Float64Array(2 * n),
    gains: new Float64Array(2 * n).fill(1),
    weights: new Float64Array(n * n),
    learningRate: Math.max(n / EXAGGERATION, LEARNING_RATE_MIN),
  };
  // Short runs spend a quarter of their steps on the exaggerated phase.
  const early = Math.min(EXAGGERATED_STEPS, Math.floor(iterations / 4));
  for (let step = 0; step < iterations; step++) {
    const isEarly = step < early;
    setGradient(descent, probabilities, isEarly ? EXAGGERATION : 1);
    move(descent, isEarly ? MOMENTUM_EARLY : MOMENTUM_LATE);
  }
  return { rows: n, columns: 2, values: map };
}

function start(matrix: Matrix, seed: number): Float64Array {
  const { rows } = matrix;
  const components = Math.min(2, matrix.columns);
  const { scores, singularValues } = principalComponents(matrix, { components });
  const scale = (START_DEVIATION * Math.sqrt(rows - 1)) / singularValues[0]!;
  const { gaussian } = createRandom(seed);
  const map = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i++) {
    for (let d = 0; d < 2; d++) {
      const score = d < components ? scores.values[i * components + d]! * scale : 0;
      // The noise parts points that are equal in all features.
      map[2 * i + d] = score + 0.01 * START_DEVIATION * gaussian();
    }
  }
  return map;
}

type Descent = {
  readonly map: Float64Array;
  readonly gradient: Float64Array;
  readonly velocity: Float64Array;
  readonly gains: Float64Array;
  /** 1 / (1 + |yᵢ − yⱼ|²), below the diagonal. */
  readonly weights: Float64Array;
  readonly learningRate: number;
};

/** 4 Σⱼ (p − q) w (yᵢ − yⱼ). */
function setGradient(descent: Descent, probabilities: Float64Array, exaggeration: number): void {
  const { map, gradient, weights } = descent;
  const n = map.length / 2;
  let total = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const dx = map[2 * i]! - map[2 * j]!;
      const dy = map[2 * i + 1]! - map[2 * j + 1]!;
      const weight = 1 / (1 + dx * dx + dy * dy);
      weights[i * n + j] = weight;
      total += 2 * weight;
    }
  }
  gradient.fill(0);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const weight = weights[i * n + j]!;
      const pull = 4 * (exaggeration * probabilities[i * n + j]! - weight / total) * weight;
      const dx = pull * (map[2 * i]! - map[2 * j]!);
      const dy = pull * (map[2 * i + 1]! - map[2 * j + 1]!);
      gradient[2 * i]! += dx;
      gradient[2 * i + 1]! += dy;
      gradient[2 * j]! -= dx;
      gradient[2 * j + 1]! -= dy;
    }
  }
}

/** A step with momentum and a gain for each coordinate; the map stays centred. */
function move(descent: Descent, momentum: number): void {
  const { map, gradient, velocity, gains, learningRate } = descent;
  let sumX = 0;
  let sumY = 0;
  for (let k = 0; k < map.length; k++) {
    const isTurning = gradient[k]! * velocity[k]! >= 0;
    gains[k] = Math.max(isTurning ? gains[k]! * 0.8 : gains[k]! + 0.2, GAIN_MIN);
    velocity[k] = momentum * velocity[k]! - learningRate * gains[k]! * gradient[k]!;
    map[k]! += velocity[k]!;
    if (k % 2 === 0) sumX += map[k]!;
    else sumY += map[k]!;
  }
  const n = map.length / 2;
  for (let i = 0; i < n; i++) {
    map[2 * i]! -= sumX / n;
    map[2 * i + 1]! -= sumY / n;
  }
}

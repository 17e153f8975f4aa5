/** How Adam descends. */
export type AdamOptions = {
  readonly learningRate: number;
  /** A longer gradient is shortened to this; null leaves all as they are. */
  readonly gradientNormMax: number | null;
};

const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.999;
const EPSILON = 1e-8;

/**
 * Adam: steps of about the learning rate in every parameter, whatever the size of its gradient.
 *
 * m ← 0.9 m + 0.1 g, v ← 0.999 v + 0.001 g², θ ← θ − rate · m̂ / (√v̂ + 1e-8), m̂ and v̂ corrected for
 * having started at 0. A gradient whose norm exceeds gradientNormMax is scaled down to it first.
 *
 * @param parameters stepped in place
 * @param gradient of the same length; read at every step, never written to
 * @param options rate and clipping
 * @returns a step
 *
 * Cost: O(parameters) a step. Source: Kingma and Ba (2015), algorithm 1; Pascanu, Mikolov and Bengio
 * (2013) for the clipping.
 */
export function createAdam(
  parameters: Float64Array,
  gradient: Float64Array,
  options: AdamOptions,
): () => void {
  const first = new Float64Array(parameters.length);
  const second = new Float64Array(parameters.length);
  let steps = 0;
  return () => {
    steps++;
    const factor = clippingFactor(gradient, options.gradientNormMax);
    const correction = Math.sqrt(1 - SECOND_DECAY ** steps);
    const rate = (options.learningRate * correction) / (1 - FIRST_DECAY ** steps);
    const epsilon = EPSILON * correction;
    for (let i = 0; i < parameters.length; i++) {
      const slope = factor * gradient[i]!;
      const m = FIRST_DECAY * first[i]! + (1 - FIRST_DECAY) * slope;
      const v = SECOND_DECAY * second[i]! + (1 - SECOND_DECAY) * slope * slope;
      first[i] = m;
      second[i] = v;
      parameters[i]! -= (rate * m) / (Math.sqrt(v) + epsilon);
    }
  };
}

function clippingFactor(gradient: Float64Array, normMax: number | null): number {
  if (normMax === null) return 1;
  let squares = 0;
  for (let i = 0; i < gradient.length; i++) squares += gradient[i]! * gradient[i]!;
  const norm = Math.sqrt(squares);
  return norm > normMax ? normMax / norm : 1;
}

/** States of a layer, some of which are left out while training. */
export type StateDropout = {
  /** What the layer found, and the gradient by it: views of its buffers. */
  readonly states: Float64Array;
  readonly stateGradient: Float64Array;
  /** 0 where a state is left out, else 1 / (1 − rate). */
  readonly mask: Float64Array;
  /** What the next layer sees, and the gradient by it. */
  readonly kept: Float64Array;
  readonly keptGradient: Float64Array;
};

/**
 * Dropout between layers. Within time nothing is left out: a state that vanished at one step could
 * not be carried on.
 *
 * @param states of the layer before
 * @param stateGradient where the gradient by them goes
 * @returns a dropout that leaves out nothing until masks are drawn
 */
export function stateDropout(states: Float64Array, stateGradient: Float64Array): StateDropout {
  return {
    states,
    stateGradient,
    mask: new Float64Array(states.length).fill(1),
    kept: new Float64Array(states.length),
    keptGradient: new Float64Array(states.length),
  };
}

/**
 * Draws what is left out next. What stays is enlarged, so that the sum is the same in the mean and
 * prediction needs no correction ("inverted" dropout).
 *
 * @param dropout whose mask is overwritten
 * @param rate share left out, in [0, 1); 0 draws nothing and keeps all
 * @param uniform seeded numbers in [0, 1)
 *
 * Source: Srivastava et al. (2014), Journal of Machine Learning Research 15.
 */
export function drawMask(dropout: StateDropout, rate: number, uniform: () => number): void {
  const { mask } = dropout;
  if (rate === 0) {
    mask.fill(1);
    return;
  }
  const scale = 1 / (1 - rate);
  for (let i = 0; i < mask.length; i++) mask[i] = uniform() < rate ? 0 : scale;
}

/** What the next layer sees. */
export function keepStates(dropout: StateDropout): void {
  const { states, mask, kept } = dropout;
  for (let i = 0; i < kept.length; i++) kept[i] = states[i]! * mask[i]!;
}

/** The gradient by the states, from that by what was kept of them. */
export function keepGradient(dropout: StateDropout): void {
  const { stateGradient, mask, keptGradient } = dropout;
  for (let i = 0; i < mask.length; i++) stateGradient[i] = keptGradient[i]! * mask[i]!;
}

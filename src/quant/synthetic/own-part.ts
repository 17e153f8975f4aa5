import { createRandom } from "./random.ts";
import type { InstrumentPlan } from "./universe-plan.ts";

/** Deviation a bar of what a broken relation becomes: a walk that is 25 % away after 7,000 bars. */
const WANDERING_STD = 0.003;

/**
 * Own part: what an instrument does beside its group, in log price.
 *
 * With a half-life an Ornstein–Uhlenbeck process on the grid of bars, sₜ = φ sₜ₋₁ + eₜ with φ =
 * 2^(−1 / halfLife), started in its stationary law; after its break, and without a half-life, a
 * random walk.
 *
 * @param plan halfLifeBars, noiseStd (stationary deviation, or deviation a bar of a walk)
 * @param breakBar first bar of the wandering; beyond the history when there is none
 * @param source seed, stream of the instrument, and the stress of each bar, which moves walks only
 * @returns log price relative to the group's trend, one value a bar
 *
 * Cost: O(n).
 */
export function ownPart(
  plan: Pick<InstrumentPlan, "halfLifeBars" | "noiseStd">,
  breakBar: number,
  source: { readonly seed: number; readonly stream: number; readonly stress: Float64Array },
): Float64Array {
  const random = createRandom(source.seed, source.stream);
  const reverts = plan.halfLifeBars > 0;
  const persistence = reverts ? 2 ** (-1 / plan.halfLifeBars) : 1;
  const reversionStd = plan.noiseStd * Math.sqrt(1 - persistence ** 2);
  const walkStd = reverts ? WANDERING_STD : plan.noiseStd;
  let value = reverts ? plan.noiseStd * random.gaussian() : 0;
  return source.stress.map((level, t) => {
    const isReverting = reverts && t < breakBar;
    value = isReverting
      ? persistence * value + reversionStd * random.gaussian()
      : value + level * walkStd * random.gaussian();
    return value;
  });
}

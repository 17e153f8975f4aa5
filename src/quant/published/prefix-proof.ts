import { createRandom } from "../synthetic/random.ts";
import { firstBars, type PairCloses } from "./pair-closes.ts";

/** Where the positions of a rule depend on bars after them. */
export type PrefixDifference = {
  /** Last bar that was left. */
  readonly cutBar: number;
  /** First bar whose position came out otherwise. */
  readonly bar: number;
  readonly whole: number;
  readonly prefix: number;
};

export type PrefixProof = {
  readonly isPassed: boolean;
  readonly cutBars: readonly number[];
  /** The earliest difference of each cut that has one. */
  readonly differences: readonly PrefixDifference[];
};

const RANDOM_CUTS = 5;
const CHANGES_MAX = 20;

/**
 * Prefix invariance of a rule that gives positions for a whole period at once: the positions on the bars
 * up to a cut must be those of the whole period.
 *
 * Cuts are at, and one bar before, up to 20 changes of position, evenly taken, and 5 at random.
 *
 * @param positionsOf the rule
 * @param closes the whole period
 * @param options.barsMin shortest prefix
 * @param options.endBars bars before a cut that are not compared, because the rule has nothing to decide
 *   by so near to its end
 * @param options.seed of the random cuts
 * @returns which cuts were made and where each differs first
 *
 * Cost: up to 45 runs of the rule, on half of the bars on average.
 */
export function prefixProof(
  positionsOf: (closes: PairCloses) => Float64Array,
  closes: PairCloses,
  options: { readonly barsMin: number; readonly endBars: number; readonly seed: number },
): PrefixProof {
  const { barsMin, endBars, seed } = options;
  const whole = positionsOf(closes);
  const n = whole.length;
  const cutBars = cuts(whole, { first: barsMin - 1, seed }).filter((bar) => bar < n - 1);
  const differences = cutBars.flatMap((cutBar) => {
    const prefix = positionsOf(firstBars(closes, cutBar + 1));
    for (let bar = 0; bar <= cutBar - endBars; bar++) {
      if (prefix[bar] !== whole[bar]) {
        return [{ cutBar, bar, whole: whole[bar]!, prefix: prefix[bar]! }];
      }
    }
    return [];
  });
  return { isPassed: differences.length === 0, cutBars, differences };
}

function cuts(
  positions: Float64Array,
  { first, seed }: { readonly first: number; readonly seed: number },
): readonly number[] {
  const { uniform } = createRandom(seed);
  const changes: number[] = [];
  for (let bar = 1; bar < positions.length; bar++) {
    if (positions[bar] !== positions[bar - 1]) changes.push(bar);
  }
  const step = Math.max(1, changes.length / CHANGES_MAX);
  const taken = Array.from(
    { length: Math.min(changes.length, CHANGES_MAX) },
    (_, i) => changes[Math.floor(i * step)]!,
  );
  const random = Array.from(
    { length: RANDOM_CUTS },
    () => first + Math.floor(uniform() * Math.max(0, positions.length - first)),
  );
  const all = [...taken, ...taken.map((bar) => bar - 1), ...random];
  return [...new Set(all.filter((bar) => bar >= first))].sort((a, b) => a - b);
}

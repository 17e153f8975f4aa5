import { InvalidInputError } from "../../invalid-input-error.ts";
import { sampleStandardDeviation } from "../../performance/sample-standard-deviation.ts";
import { mean } from "../../stats/mean.ts";
import { createRandom } from "../../synthetic/random.ts";
import type { FeatureTable } from "../training-data.ts";
import { predictInParts, type RowPredictor, requirePlaces, withColumns } from "./row-predictor.ts";
import { shuffle } from "./shuffled-places.ts";

/** What is to be explained, and by which rows. */
export type ImportanceInput = {
  readonly predict: RowPredictor;
  readonly table: FeatureTable;
  /** Rows that the model was not trained on. */
  readonly places: Int32Array;
  /** Score of predictions of these rows, in their order; the higher the better: a loss with its sign turned. */
  readonly scoreOf: (predictions: Float64Array) => number;
};

/** How importance is measured; the same options give the same numbers to the bit. */
export type ImportanceOptions = {
  /** Whole number in [0, 2³²). */
  readonly seed: number;
  /** Shuffles of each, 1 … 100; 5 unless told. */
  readonly repeats?: number;
  /** Features that are shuffled together, by place; each alone unless told. */
  readonly groups?: readonly FeatureGroup[];
  /** Called with the share done, in [0, 1]; throws to cancel. */
  readonly onProgress?: (share: number) => void;
};

/** Features that say the same, of which none alone would be missed. */
export type FeatureGroup = { readonly name: string; readonly features: readonly number[] };

/** What a feature, or a group, is worth to the model. */
export type Importance = FeatureGroup & {
  /** Mean drop of the score when it is shuffled; below 0 by luck only. */
  readonly mean: number;
  /** Standard deviation of the drops, divisor repeats − 1; null of one. */
  readonly deviation: number | null;
  /** One a repeat. */
  readonly drops: Float64Array;
};

/** Importance of all, in the order of the features or groups. */
export type PermutationImportance = {
  readonly score: number;
  readonly importances: readonly Importance[];
};

const REPEATS_MAX = 100;

/**
 * Permutation importance: how much worse a model scores when a feature no longer belongs to its row.
 *
 * The values of the feature are shuffled among the given rows, those of a group in one order, and the drop of
 * the score is taken. Says what this model leans on, not what the world depends on; of features that say the
 * same each alone seems needless, which groups answer.
 *
 * @param input model, table, rows, score
 * @param options seed, repeats, groups, progress; the seed and the place of a group decide its shuffles, so
 *   that a group's numbers do not depend on the groups after it
 * @returns see PermutationImportance
 * @throws {InvalidInputError} "too-short": no rows; "out-of-range": a row, a feature or an option;
 *   "not-finite": a score; "length-mismatch": what the model answers
 *
 * Cost: groups · repeats predictions of all rows; memory of one group's columns.
 * Source: Breiman (2001); Fisher, Rudin, Dominici (2019). Convention: scikit-learn permutation_importance.
 */
export function permutationImportance(
  input: ImportanceInput,
  options: ImportanceOptions,
): PermutationImportance {
  const { predict, table, places, scoreOf } = input;
  const { seed, repeats = 5, onProgress } = options;
  const groups = options.groups ?? table.names.map((name, j) => ({ name, features: [j] }));
  requireInput(input, groups, repeats);
  const runs = 1 + groups.length * repeats;
  let run = 0;
  const scoreFor = (shuffled: FeatureTable): number => {
    const predictions = predictInParts(predict, shuffled, places, (share) =>
      onProgress?.((run + share) / runs),
    );
    run += 1;
    const score = scoreOf(predictions);
    if (!Number.isFinite(score)) {
      throw new InvalidInputError("not-finite", "the predictions have no score");
    }
    return score;
  };
  const score = scoreFor(table);
  const importances = groups.map(({ name, features }, g) => {
    const drops = new Float64Array(repeats);
    for (let repeat = 0; repeat < repeats; repeat++) {
      const order = places.slice();
      shuffle(order, createRandom(seed, g * REPEATS_MAX + repeat));
      drops[repeat] = score - scoreFor(shuffledTable(table, features, places, order));
    }
    const deviation = sampleStandardDeviation(drops);
    return { name, features, mean: mean(drops), deviation, drops };
  });
  return { score, importances };
}

/** The rows at `places` take the features of those in `order`; other rows keep theirs. */
function shuffledTable(
  table: FeatureTable,
  features: readonly number[],
  places: Int32Array,
  order: Int32Array,
): FeatureTable {
  const replaced = new Map<number, Float64Array>();
  for (const feature of features) {
    const source = table.columns[feature]!;
    const column = source.slice();
    for (let i = 0; i < places.length; i++) column[places[i]!] = source[order[i]!]!;
    replaced.set(feature, column);
  }
  return withColumns(table, replaced);
}

function requireInput(
  { table, places }: ImportanceInput,
  groups: readonly FeatureGroup[],
  repeats: number,
): void {
  requirePlaces(table, places);
  if (!(Number.isInteger(repeats) && repeats >= 1 && repeats <= REPEATS_MAX)) {
    throw new InvalidInputError("out-of-range", `repeats must be 1 … ${REPEATS_MAX}`);
  }
  for (const { name, features } of groups) {
    if (features.some((feature) => table.columns[feature] === undefined)) {
      throw new InvalidInputError("out-of-range", `"${name}" has a feature that there is not`);
    }
  }
}

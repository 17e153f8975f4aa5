import { MODEL_CARD_ROOM, MODEL_FILE_MAX } from "#contracts/model.ts";
import { frozenSpread } from "#quant/learning/features/frozen-spread.ts";
import { modelFileLengthMin, modelFileText } from "#quant/learning/models/model-file.ts";
import type { FittedRecipe } from "#quant/learning/models/recipe.ts";
import { driftReference } from "#quant/learning/scores/drift-reference.ts";
import { tableRows } from "#quant/learning/training-data.ts";
import { type LearningInput, readyLearning } from "./learning-input.ts";

const TEXT_MAX = MODEL_FILE_MAX - MODEL_CARD_ROOM;

/** A model as a file, or why it cannot be kept. */
export type LearningFile =
  | { readonly kind: "file"; readonly text: string }
  | { readonly kind: "too-large"; readonly warning: string };

/**
 * The file of a model that was trained on all rows of its group.
 *
 * @param input.group its place, and that of the model
 * @param input.places of the judged rows, with the losses of the model there
 */
export function learningFile(
  input: LearningInput & {
    readonly instrumentIds: readonly (readonly number[])[];
    readonly intervalMs: number;
    readonly group: number;
    readonly model: number;
    readonly fitted: FittedRecipe;
    readonly places: Int32Array;
    readonly losses: Float64Array;
  },
): LearningFile {
  const ready = readyLearning(input);
  const { fitted, places, losses } = input;
  const group = ready.groups[input.group];
  const model = ready.models[input.model];
  if (group === undefined || model === undefined)
    throw new Error("Invariant: the model is of the run");
  const { rows, config, books, rowOptions } = group;
  const tooLarge = {
    kind: "too-large",
    warning: `${group.label}: “${model.label}” as it was trained on all rows is larger than a file of ${MODEL_FILE_MAX / 1_000_000} MB, and cannot be kept. Fewer trees, or more rows a leaf, make it smaller.`,
  } as const;
  if (modelFileLengthMin(fitted) > TEXT_MAX) return tooLarge;
  const { times } = rows;
  const { weighting, incomplete } = rowOptions;
  const starts = times.featureStartMs.filter(Number.isFinite);
  const first = starts.length === 0 ? times.timeMs : starts;
  const text = modelFileText({
    model: {
      fitted,
      features: config.features,
      label: config.label,
      spreads: books.map((place) => frozenSpread(ready.spreadOf(place), ready.barsOf(place))),
      incomplete,
    },
    training: { ...model.task, weighting },
    spread: input.dataset.spread,
    books: books.map((place) => input.instrumentIds[place] ?? []),
    intervalMs: input.intervalMs,
    span: { startMs: least(first), endMs: -least(times.labelEndMs.map((time) => -time)) },
    seed: input.run.seed,
    drift: books.map((_, member) => {
      const own = Int32Array.from(rows.groups.keys()).filter((i) => rows.groups[i] === member);
      return driftReference(tableRows(rows.table, own), {
        losses: losses.filter((_loss, i) => rows.groups[places[i] ?? 0] === member),
        horizonBars: Math.max(1, rows.horizonBars),
      });
    }),
  });
  return text.length > TEXT_MAX ? tooLarge : { kind: "file", text };
}

function least(values: Float64Array): number {
  return values.reduce((smallest, value) => Math.min(smallest, value), Number.POSITIVE_INFINITY);
}

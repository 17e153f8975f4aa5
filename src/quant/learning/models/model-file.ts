import { InvalidInputError } from "../../invalid-input-error.ts";
import { stateFromJson, stateToJson } from "../../strategies/state-json.ts";
import { FEATURE_KINDS } from "../features/feature-kinds.ts";
import { specIssues } from "../features/read-feature.ts";
import { SPREAD_KINDS, type SpreadSpec } from "../features/spread-spec.ts";
import { LABEL_KINDS } from "../labels/label-kinds.ts";
import type { DriftReference } from "../scores/drift-reference.ts";
import type { LearnedFrom } from "./book-group.ts";
import { packedLength, withPackedArrays, withUnpackedArrays } from "./packed-arrays.ts";
import { type FittedRecipe, learnerOf } from "./recipe.ts";
import type { ModelTraining } from "./train-on-fold.ts";
import type { UsableModel } from "./usable-model.ts";

/** What a file says that it is, and the version that is written. */
const FORMAT = "pairdesk-model";
const VERSION = 3;

/** Read too: the same, with every array as digits. */
const VERSION_OF_DIGITS = 2;

/** A trained model as it is kept and moved: inputs, what was learned, and what its rows were like. */
export type ModelFile = {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION | typeof VERSION_OF_DIGITS;
  readonly model: UsableModel;
  /** How it was made of its rows, for who trains it anew. */
  readonly training: ModelTraining;
  /** How the spread was made of the dataset, for who trains it anew; null of instruments. */
  readonly spread: SpreadSpec | null;
  /** Ids of the instruments of each group; another workspace may know none of them. */
  readonly books: readonly (readonly number[])[];
  readonly intervalMs: number;
  /** First and last bar that training read, labels included, UTC ms. */
  readonly span: { readonly startMs: number; readonly endMs: number };
  readonly seed: number;
  /** One a group: pairs differ, and new bars of one are held against its own. */
  readonly drift: readonly DriftReference[];
};

/** What the model of a file has learned from. */
export function learnedFrom({ books, spread, model }: ModelFile): LearnedFrom {
  return { books, spread, learner: model.fitted.recipe.learner };
}

/**
 * A model as the text of a file.
 *
 * @param file without format and version, which are those of today
 */
export function modelFileText(file: Omit<ModelFile, "format" | "version">): string {
  return stateToJson(withPackedArrays({ format: FORMAT, version: VERSION, ...file }));
}

/**
 * How long the text of a model will be at least, found without making it: beyond some hundreds of millions of
 * characters there is no such text.
 *
 * @param fitted what was learned
 * @returns characters
 */
export function modelFileLengthMin(fitted: FittedRecipe): number {
  return packedLength(fitted);
}

/**
 * Reads a model from the text of a file.
 *
 * @param text of modelFileText, or anything
 * @returns the model; what it learned is used as it stands, by the learner that it names
 * @throws {InvalidInputError} "out-of-range": no such file, another version, or a part that is not one, by name
 *
 * Cost: O(size).
 */
export function readModelFile(text: string): ModelFile {
  const file = parsed(text);
  if (file.format !== FORMAT) refuse("the file is no model of Pairdesk");
  if (file.version !== VERSION && file.version !== VERSION_OF_DIGITS) {
    const known = `${VERSION_OF_DIGITS} and ${VERSION} are read`;
    refuse(`the file is of version ${String(file.version)}, and ${known}`);
  }
  const { model } = file;
  requireParts(file);
  for (const feature of model.features) requireSpec("a feature", FEATURE_KINDS, feature);
  requireSpec("the label", LABEL_KINDS, model.label);
  for (const spread of [file.spread, ...model.spreads]) {
    if (spread !== null) requireSpec("the spread", SPREAD_KINDS, spread);
  }
  learnerOf(model.fitted.recipe);
  learnerOf(file.training.recipe);
  return file;
}

/** Plain data of the right outline; its parts are looked at afterwards. */
function parsed(text: string): ModelFile {
  let value: unknown;
  try {
    value = withUnpackedArrays(stateFromJson(text));
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    refuse("the file is not JSON");
  }
  if (typeof value !== "object" || value === null) refuse("the file is no model of Pairdesk");
  return value as ModelFile;
}

function requireParts(file: ModelFile): void {
  const { model, training, books, span, drift, intervalMs, seed } = file;
  const isWhole =
    typeof model?.fitted?.recipe?.learner === "string" &&
    typeof model.fitted.recipe.parameters === "object" &&
    Array.isArray(model.features) &&
    Array.isArray(model.spreads) &&
    Array.isArray(books) &&
    books.length === model.spreads.length &&
    typeof span?.startMs === "number" &&
    typeof span.endMs === "number" &&
    typeof training?.recipe?.learner === "string" &&
    typeof training.recipe.parameters === "object" &&
    Array.isArray(drift) &&
    drift.length === books.length &&
    typeof intervalMs === "number" &&
    typeof seed === "number";
  if (!isWhole) refuse("the file lacks a part of a model");
}

function requireSpec(what: string, kinds: Parameters<typeof specIssues>[0], value: unknown): void {
  const [issue] = specIssues(kinds, value);
  if (issue !== undefined) refuse(`${what} of the file: ${issue.field} ${issue.message}`);
}

function refuse(message: string): never {
  throw new InvalidInputError("out-of-range", message);
}

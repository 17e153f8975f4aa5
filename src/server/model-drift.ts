import type { TimeWindow } from "#contracts/interval.ts";
import type { ModelDrift } from "#contracts/model.ts";
import type { Database } from "#db/client.ts";
import { found } from "#db/found.ts";
import { modelOf } from "#db/models.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import { assembleDataset } from "#quant/learning/labels/assemble-dataset.ts";
import type { Dataset } from "#quant/learning/labels/dataset.ts";
import { recipePredictions } from "#quant/learning/models/recipe.ts";
import { answeredRows, lossName, rowLosses } from "#quant/learning/models/row-losses.ts";
import type { UsableModel } from "#quant/learning/models/usable-model.ts";
import type { DriftReference } from "#quant/learning/scores/drift-reference.ts";
import { featureDrift } from "#quant/learning/scores/feature-drift.ts";
import { scoreDrift } from "#quant/learning/scores/score-drift.ts";
import { tableRows, valuesAt } from "#quant/learning/training-data.ts";
import { CLOSED_MARKET_FACTOR, modelBars, readyModel } from "./model-bars.ts";

/** The newest rows of a span that are looked at. */
const ROWS_MAX = 5_000;

/**
 * How far bars of a window are from what a version learned from, and how it has done on them.
 *
 * @throws {AppError} not-found
 */
export async function modelDrift(
  database: Database,
  workspaceId: string,
  wanted: {
    readonly modelId: string;
    readonly version: number;
    readonly book: readonly number[];
    readonly window: TimeWindow;
  },
): Promise<ModelDrift> {
  const { modelId, book, window } = wanted;
  const view = await modelOf(database, workspaceId, modelId);
  const version = found(
    view.versions.find((one) => one.version === wanted.version),
    "model version",
  );
  const file = await readyModel(database, workspaceId, version.id);
  const group = file.books.findIndex((known) => known.join() === book.join());
  const reference = file.drift[group];
  if (reference === undefined) {
    return refused("The model has not learned from this pair: there is nothing to compare with");
  }
  if (window.endMs - window.startMs > ROWS_MAX * CLOSED_MARKET_FACTOR * file.intervalMs) {
    return refused(`The span is too long: choose about ${ROWS_MAX.toLocaleString("en-US")} bars`);
  }
  const bars = await modelBars(database, workspaceId, file, { book, window });
  if (bars.kind === "refused") return bars;
  const { model } = file;
  try {
    const rows = assembleDataset(
      [{ name: "", symbols: [], bars: bars.bars, spread: model.spreads[group] ?? null }],
      model.features,
      model.label,
      { incomplete: "keep" },
    );
    return measured(model, reference, rows, window);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return refused(error.message);
  }
}

function measured(
  model: UsableModel,
  drift: DriftReference,
  rows: Dataset,
  { startMs }: TimeWindow,
): ModelDrift {
  const { timeMs } = rows.times;
  const places = Int32Array.from(timeMs.keys())
    .filter((i) => (timeMs[i] ?? 0) >= startMs)
    .slice(-ROWS_MAX);
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) return refused("There are no rows in this span");
  const outputs = recipePredictions(model.fitted, rows, places);
  const width = Math.max(1, rows.classCount);
  const answered = answeredRows(outputs, width);
  const said = new Float64Array(answered.length * width);
  answered.forEach((row, i) => {
    said.set(outputs.subarray(row * width, (row + 1) * width), i * width);
  });
  const target = valuesAt(valuesAt(rows.target, places), answered);
  const losses =
    answered.length === 0 ? new Float64Array(0) : rowLosses(target, said, rows.classCount);
  const score = scoreDrift(drift.loss, losses);
  return {
    kind: "measured",
    span: { startMs: timeMs[first] ?? 0, endMs: timeMs[last] ?? 0 },
    rows: places.length,
    features: featureDrift(drift, tableRows(rows.table, places))
      .map(({ name, stabilityIndex, byLuck, status }) => ({
        ...{ name, byLuck, status },
        psi: stabilityIndex,
      }))
      .sort((a, b) => (b.psi ?? -1) - (a.psi ?? -1)),
    loss: {
      name: lossName(rows.classCount),
      rows: score.rows,
      now: score.liveLoss,
      before: score.referenceLoss,
      zScore: score.zScore,
      status: score.status,
    },
  };
}

function refused(message: string): ModelDrift & { readonly kind: "refused" } {
  return { kind: "refused", message };
}

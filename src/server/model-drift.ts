import type { TimeWindow } from "#contracts/interval.ts";
import type { ModelDrift } from "#contracts/model.ts";
import type { Database } from "#db/client.ts";
import { found } from "#db/found.ts";
import { modelOf } from "#db/models.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import type { BarColumns } from "#quant/learning/features/feature-source.ts";
import { labelColumn } from "#quant/learning/labels/label-column.ts";
import type { LearningRows } from "#quant/learning/models/learner.ts";
import { recipePredictions } from "#quant/learning/models/recipe.ts";
import { answeredRows, lossName, rowLosses } from "#quant/learning/models/row-losses.ts";
import { rowsOfBars, type UsableModel } from "#quant/learning/models/usable-model.ts";
import type { DriftReference } from "#quant/learning/scores/drift-reference.ts";
import { featureDrift } from "#quant/learning/scores/feature-drift.ts";
import { scoreDrift } from "#quant/learning/scores/score-drift.ts";
import { tableRows } from "#quant/learning/training-data.ts";
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
  try {
    return measured(file.model, reference, { bars: bars.bars, group, startMs: window.startMs });
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return refused(error.message);
  }
}

/**
 * Drift on bars from a time on; those before are what these read.
 *
 * Features are looked at on every bar that has them, as the newest ones, whose labels nobody knows yet, are what
 * is asked about; with what is missing treated as it was in training. The loss is that of bars with a label.
 *
 * @param of.group of the model, which the bars are of
 */
export function measured(
  model: UsableModel,
  drift: DriftReference,
  of: { readonly bars: BarColumns; readonly group: number; readonly startMs: number },
): ModelDrift {
  const { bars, group, startMs } = of;
  const rows = rowsOfBars(model, bars, group);
  const { table } = rows;
  const isWhole = (row: number) => table.columns.every((column) => Number.isFinite(column[row]));
  const all = Int32Array.from(rows.bars.keys());
  // No row begins before its features do; afterwards one may lack some where the model was trained on such rows.
  const begin = all.find(isWhole) ?? all.length;
  const isLike = model.incomplete === "keep" ? (row: number) => row >= begin : isWhole;
  const timeOf = (row: number) => bars.openTimeMs[rows.bars[row] ?? 0] ?? 0;
  const places = all.filter((row) => isLike(row) && timeOf(row) >= startMs).slice(-ROWS_MAX);
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) return refused("There are no rows in this span");
  const losses = knownLosses(model, of, rows, places);
  const score = scoreDrift(drift.loss, losses);
  return {
    kind: "measured",
    span: { startMs: timeOf(first), endMs: timeOf(last) },
    rows: places.length,
    features: featureDrift(drift, tableRows(table, places))
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

/** Losses of the rows whose labels are known by now and which the model answers. */
function knownLosses(
  model: UsableModel,
  { bars, group }: { readonly bars: BarColumns; readonly group: number },
  rows: LearningRows,
  places: Int32Array,
): Float64Array {
  const labels = labelColumn(bars, model.label, model.spreads[group] ?? null).values;
  const targetOf = (row: number) => labels[rows.bars[row] ?? 0] ?? Number.NaN;
  const known = places.filter((row) => !Number.isNaN(targetOf(row)));
  const outputs = recipePredictions(model.fitted, rows, known);
  const width = Math.max(1, rows.classCount);
  const answered = answeredRows(outputs, width);
  const said = new Float64Array(answered.length * width);
  answered.forEach((row, i) => {
    said.set(outputs.subarray(row * width, (row + 1) * width), i * width);
  });
  if (answered.length === 0) return said;
  const target = Float64Array.from(answered, (i) => targetOf(known[i] ?? 0));
  return rowLosses(target, said, rows.classCount);
}

function refused(message: string): ModelDrift & { readonly kind: "refused" } {
  return { kind: "refused", message };
}

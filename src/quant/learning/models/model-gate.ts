import { assert } from "../../assert.ts";
import { InvalidInputError } from "../../invalid-input-error.ts";
import type { Gate } from "../../strategies/gated-strategy.ts";
import type { BarColumn, BarEvent, FormationBars } from "../../strategies/strategy.ts";
import type { BarColumns, RawColumn } from "../features/feature-source.ts";
import { frozenSpread } from "../features/frozen-spread.ts";
import type { SpreadSpec } from "../features/spread-spec.ts";
import { assembleDataset } from "../labels/assemble-dataset.ts";
import { bookColumns } from "../labels/book-columns.ts";
import { type LabelSpec, labelClasses } from "../labels/label-spec.ts";
import { isOfReversion } from "../labels/reverting-side.ts";
import {
  gateObstacle,
  type ModelGateSettings,
  positionSign,
  thresholdProblem,
} from "./gate-terms.ts";
import { type ModelTraining, trainOnAll } from "./train-on-fold.ts";
import {
  barsRead,
  columnsRead,
  latestPrediction,
  latestRevertingSide,
  type UsableModel,
} from "./usable-model.ts";

/** Whether the model stays as it is, or is trained anew on the formation bars by the same recipe. */
export type GateTraining =
  | {
      readonly kind: "frozen";
      /** Group of the model that each position is: the pair, or each instrument. */
      readonly groups: readonly number[];
    }
  | {
      readonly kind: "refitted";
      readonly spread: SpreadSpec | null;
      /** As the model was trained, its search included: what it found had seen the bars to be traded. */
      readonly how: ModelTraining;
      readonly seed: number;
    };

/** The last bars of what a position is about, one buffer a column. */
type GateState = {
  readonly times: Float64Array;
  readonly columns: readonly Float64Array[];
  filled: number;
  /** Of each position, when it was trained on the formation; else empty. */
  readonly models: readonly UsableModel[];
};

/**
 * Gate of a trained model.
 *
 * A spread is one position; of weights each instrument is asked about by itself. The last bars are kept and
 * the features of the newest are computed only when an entry is wanted.
 *
 * @param model with its inputs
 * @param settings mode and threshold
 * @param training as it is, or trained anew
 * @param positions how many it is asked about: 1 of a pair
 * @throws {InvalidInputError} "out-of-range": a threshold, or a model that cannot gate; see gateObstacle
 */
export function modelGate(
  model: UsableModel,
  settings: ModelGateSettings,
  training: GateTraining,
  positions: number,
): Gate<readonly UsableModel[], GateState> {
  const problem = thresholdProblem(labelClasses(model.label).length, settings);
  if (problem !== null)
    throw new InvalidInputError("out-of-range", `the threshold of the gate: ${problem}`);
  const isPair = model.spreads[0] !== null;
  const known = training.kind === "frozen" ? model : withSpread(model, training.spread);
  const obstacle = gateObstacle({ label: known.label, spread: known.spreads[0] ?? null });
  if (obstacle !== null) throw new InvalidInputError("out-of-range", `the gate: ${obstacle}`);
  const bars = barsRead(known);
  const read = columnsRead(known);
  const columnCount = read.length * positions;
  return {
    label: "a model",
    reads: [...new Set(read.map(barColumnOf))],
    formationBarsMin: training.kind === "frozen" ? 0 : bars + 1,
    warmUpBars: bars - 1,
    fit: (formation) =>
      training.kind === "frozen"
        ? { kind: "fitted", fit: [] }
        : refitted(known, formation, training, isPair ? null : positions),
    start: (models) => ({
      times: new Float64Array(bars).fill(Number.NaN),
      columns: Array.from({ length: columnCount }, () => new Float64Array(bars).fill(Number.NaN)),
      filled: 0,
      models,
    }),
    see: (state, event) => {
      const place = state.filled % bars;
      state.times[place] = event.openTimeMs;
      state.columns.forEach((column, i) => {
        column[place] = columnValue(event, read[i % read.length]!, Math.floor(i / read.length));
      });
      state.filled += 1;
      return state;
    },
    grant: (state, position, side, hedgeRatio) => {
      const own = training.kind === "frozen" ? model : state.models[position];
      assert(own !== undefined, "Invariant: every position has its model");
      const group = training.kind === "frozen" ? (training.groups[position] ?? 0) : 0;
      const last = lastBars(state, read, position);
      const said = latestPrediction(own, last, group);
      if (said === null) return 0;
      // A label may be about leg X, and about the side that is against the deviation: as it sees the entry.
      const along = isOfReversion(own.label) ? latestRevertingSide(own, last, group) : 1;
      const way = side * (positionSign(own.label.of, hedgeRatio) ?? 0) * along;
      return way === 0 ? 0 : grantedShare(said, own.label, settings, way > 0 ? 1 : -1);
    },
  };
}

/**
 * Share of an entry that a prediction grants.
 *
 * @param said one value, or the probabilities of all classes
 * @param label what it is about
 * @param settings mode and threshold
 * @param side of the entry in what the label is about: 1 gains when that rises; of a label against the
 *   deviation 1 is the side of its position, −1 the other
 */
export function grantedShare(
  said: Float64Array,
  label: LabelSpec,
  { mode, threshold }: ModelGateSettings,
  side: 1 | -1,
): number {
  const classes = labelClasses(label);
  if (classes.length === 0) {
    const move = side * said[0]!;
    if (mode === "approve") return move > threshold ? 1 : 0;
    if (mode === "veto") return move < -threshold ? 0 : 1;
    return Math.min(1, Math.max(0, move / threshold));
  }
  // Classes of the reverting side have no direction of their own, because its side is another at every bar.
  const isReversion = isOfReversion(label);
  let forIt = 0;
  let againstIt = 0;
  classes.forEach(({ name, direction }, place) => {
    const gain = isReversion ? (name === "profit" ? 1 : name === "time" ? 0 : -1) : direction;
    const way = gain * side;
    if (way > 0) forIt += said[place]!;
    if (way < 0) againstIt += said[place]!;
  });
  if (mode === "approve") return forIt >= threshold ? 1 : 0;
  if (mode === "veto") return againstIt >= threshold ? 0 : 1;
  return forIt > againstIt ? Math.min(1, forIt / threshold) : 0;
}

function withSpread(model: UsableModel, spread: SpreadSpec | null): UsableModel {
  return { ...model, spreads: [spread] };
}

/** A model of each position, made as the model was, from the formation bars alone. */
function refitted(
  model: UsableModel,
  formation: FormationBars,
  { spread, how, seed }: Extract<GateTraining, { kind: "refitted" }>,
  instruments: number | null,
) {
  const count = instruments ?? 1;
  const models: UsableModel[] = [];
  for (let position = 0; position < count; position++) {
    const legs = instruments === null ? formation.instruments : [formation.instruments[position]!];
    const bars = bookColumns(formation.openTimeMs, legs);
    const group = { name: "formation", symbols: [], bars, spread };
    const { incomplete } = model;
    const { weighting } = how;
    try {
      const options = { incomplete, weighting };
      const rows = assembleDataset([group], model.features, model.label, options);
      const { fitted } = trainOnAll(rows, how, { seed });
      models.push({ ...model, fitted, spreads: [frozenSpread(spread, bars)] });
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      const message = `the model cannot be trained on the formation: ${error.message}`;
      return { kind: "refused", code: "too-short", message } as const;
    }
  }
  return { kind: "fitted", fit: models } as const;
}

/** The kept bars of a position, oldest first. */
function lastBars(
  { times, columns, filled }: GateState,
  read: readonly RawColumn[],
  position: number,
): BarColumns {
  const count = Math.min(filled, times.length);
  const first = filled - count;
  const inOrder = (kept: Float64Array): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => kept[(first + i) % kept.length]!);
  return {
    openTimeMs: inOrder(times),
    columns: Object.fromEntries(
      read.map((name, i) => [name, inOrder(columns[position * read.length + i]!)]),
    ),
  };
}

/** Which column of which instrument a raw column is: leg Y is the first, leg X the second. */
function columnValue(event: BarEvent, raw: RawColumn, position: number): number {
  const instrument = raw.endsWith("-y") ? 0 : raw.endsWith("-x") ? 1 : position;
  return event[barColumnOf(raw)][instrument] ?? Number.NaN;
}

function barColumnOf(raw: RawColumn): BarColumn {
  if (raw.startsWith("close")) return "close";
  if (raw.startsWith("high")) return "high";
  return raw.startsWith("low") ? "low" : "volume";
}

import { featureProgram } from "../features/feature-program.ts";
import type { FeatureSpec } from "../features/feature-spec.ts";
import { runProgram } from "../features/feature-stream.ts";
import { valuesAt } from "../training-data.ts";
import { ABSENCE_REASONS, absenceAt, LOOK_BACK, lastGaps, PRESENT } from "./absence.ts";
import type { DatasetGroup, GroupRows } from "./dataset.ts";
import { type LabelColumn, labelColumn, labelLookBackBars } from "./label-column.ts";
import type { LabelSpec } from "./label-spec.ts";
import { sampleUniqueness } from "./sample-uniqueness.ts";

/** Rows of one group, in order of time. */
export type GroupDataset = {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  readonly bars: Int32Array;
  readonly labelEndBars: Int32Array;
  readonly timeMs: Float64Array;
  readonly featureStartMs: Float64Array;
  readonly labelEndMs: Float64Array;
  readonly uniqueness: Float64Array;
  readonly source: Float64Array;
  readonly lookBackBars: number;
  readonly summary: GroupRows;
};

/**
 * Rows of one pair or instrument: its bars that have every feature and a label.
 *
 * @param group its bars
 * @param features at least one
 * @param label what is predicted
 * @param incomplete whether rows may lack features; see DatasetOptions
 * @returns rows with the bars and times that they read
 * @throws {InvalidInputError} as featureProgram, runProgram and labelColumn
 *
 * Cost: O(features · n).
 */
export function groupDataset(
  group: DatasetGroup,
  features: readonly FeatureSpec[],
  label: LabelSpec,
  incomplete: "drop" | "keep",
): GroupDataset {
  const { bars, spread } = group;
  const program = featureProgram(features, spread);
  const columns = runProgram(program, bars);
  const labels = labelColumn(bars, label, spread);
  const gaps = lastGaps(
    bars,
    program.raw.map(({ column }) => column),
  );
  // A line that becomes known late makes the warm-up longer.
  const firstBars = columns.map((column, j) =>
    Math.max(program.warmUpBars[j]!, column.findIndex(Number.isFinite)),
  );
  const present = { columns, gaps, warmUpBars: program.warmUpBars, firstBars };
  const absences = new Uint8Array(gaps.length);
  for (let t = 0; t < gaps.length; t++) {
    absences[t] = rowAbsence(present, labels, t, incomplete === "keep");
  }
  const rows = placesOf(absences, PRESENT);
  const { openTimeMs } = bars;
  const labelEndBars = rows.map((bar) => labels.endBars[bar]!);
  const lookBackBars = Math.max(...program.lookBackBars, labelLookBackBars(label, spread));
  return {
    names: program.names,
    columns: columns.map((column) => valuesAt(column, rows)),
    target: valuesAt(labels.values, rows),
    bars: rows,
    labelEndBars,
    timeMs: valuesAt(openTimeMs, rows),
    featureStartMs: Float64Array.from(rows, (bar) =>
      lookBackBars === Infinity ? -Infinity : openTimeMs[Math.max(0, bar - lookBackBars)]!,
    ),
    labelEndMs: valuesAt(openTimeMs, labelEndBars),
    uniqueness: sampleUniqueness(rows, labelEndBars),
    source: labels.source,
    lookBackBars,
    summary: summaryOf(group.name, absences, rows.length),
  };
}

type Present = {
  readonly columns: readonly Float64Array[];
  readonly gaps: Int32Array;
  readonly warmUpBars: readonly number[];
  /** First bar that has each feature; where none has, the first that might. */
  readonly firstBars: readonly number[];
};

/** The first reason why a bar gives no row: of its features, then of its label. */
function rowAbsence(
  { columns, gaps, warmUpBars, firstBars }: Present,
  labels: LabelColumn,
  bar: number,
  mayLack: boolean,
): number {
  let first: number = PRESENT;
  for (let j = 0; j < columns.length; j++) {
    if (!Number.isNaN(columns[j]![bar]!)) continue;
    const reason = bar < firstBars[j]! ? LOOK_BACK : absenceAt(gaps, bar, warmUpBars[j]!);
    if (first === PRESENT || reason < first) first = reason;
  }
  // A row may lack what a gap has spoilt, but no row begins before its features do, or without its bar.
  const isExcused = mayLack && first !== LOOK_BACK && gaps[bar] !== bar;
  return first === PRESENT || isExcused ? labels.absences[bar]! : first;
}

function placesOf(codes: Uint8Array, code: number): Int32Array {
  let count = 0;
  for (const value of codes) if (value === code) count++;
  const places = new Int32Array(count);
  let at = 0;
  for (let i = 0; i < codes.length; i++) if (codes[i] === code) places[at++] = i;
  return places;
}

function summaryOf(name: string, absences: Uint8Array, rows: number): GroupRows {
  const counts = ABSENCE_REASONS.map(() => 0);
  for (const code of absences) if (code !== PRESENT) counts[code - 1]! += 1;
  const [lookBack, gap, pastEnd, undefinedValue] = counts;
  return {
    name,
    bars: absences.length,
    rows,
    missing: {
      "look-back": lookBack!,
      gap: gap!,
      "past-end": pastEnd!,
      undefined: undefinedValue!,
    },
  };
}

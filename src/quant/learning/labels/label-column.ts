import { InvalidInputError } from "../../invalid-input-error.ts";
import { featureProgram } from "../features/feature-program.ts";
import type { BarColumns } from "../features/feature-source.ts";
import { asFeature, type FeatureSpec } from "../features/feature-spec.ts";
import { runProgram } from "../features/feature-stream.ts";
import { spreadColumns } from "../features/spread-columns.ts";
import type { SpreadSpec } from "../features/spread-spec.ts";
import { absenceAt, GAP, LOOK_BACK, lastGaps, PAST_END, PRESENT } from "./absence.ts";
import { writeBarriers } from "./barrier-exits.ts";
import { writeChanges, writeDirections } from "./changes-ahead.ts";
import { readLabel } from "./label-kinds.ts";
import type { LabelPath } from "./label-path.ts";
import { type LabelSpec, labelHorizonBars, type RuleLabel } from "./label-spec.ts";
import { isOfReversion, revertedMean } from "./reverting-side.ts";

/** A label, one value a bar. */
export type LabelColumn = {
  /** Class or number; NaN where there is none. */
  readonly values: Float64Array;
  /** Last bar that the label of each bar reads, at least the bar itself; −1 where there is none. */
  readonly endBars: Int32Array;
  /** Why there is none; see ABSENCE_REASONS. 0 where there is one. */
  readonly absences: Uint8Array;
  /** What the label is about, one value a bar. */
  readonly source: Float64Array;
};

/**
 * Label of every bar of a history.
 *
 * A label reads bars after its own, up to `endBars`; a bar whose label may read past the end of the data
 * has none, also when a barrier would have been touched before: the last rows would all be early touches.
 *
 * @param bars aligned columns, n bars, oldest first
 * @param label what is asked of each
 * @param spread how the spread is made; null where bars are of one instrument
 * @returns n values with the bars that they read; see LabelColumn
 * @throws {InvalidInputError} as runProgram; "out-of-range": a value of the label
 *
 * Cost: O(n), of a triple barrier O(n · limitBars) at most.
 * Source: López de Prado (2018), Advances in Financial Machine Learning, ch. 3 on barriers.
 */
export function labelColumn(
  bars: BarColumns,
  label: LabelSpec,
  spread: SpreadSpec | null = null,
): LabelColumn {
  requireLabel(label);
  const n = bars.openTimeMs.length;
  const program = featureProgram(labelFeatures(label), spread);
  const [source, ...helpers] = runProgram(program, bars);
  const column: LabelColumn = {
    values: new Float64Array(n).fill(Number.NaN),
    endBars: new Int32Array(n).fill(-1),
    absences: new Uint8Array(n).fill(GAP),
    source: source!,
  };
  if (label.kind === "rule") writeRule(column, label, helpers[0]!);
  else {
    const path = labelPath(bars, label, spread, source!);
    const scale = label.unit === "absolute" ? null : helpers[0]!;
    if (label.kind === "direction") writeDirections(column, label, path, scale);
    else if (label.kind === "change") writeChanges(column, label, path, scale);
    else writeBarriers(column, label, { path, scale, mean: helpers.at(-1) ?? null });
  }
  const gaps = lastGaps(
    bars,
    program.raw.map((raw) => raw.column),
  );
  explain(column, label, { gaps, warmUpBars: Math.max(...program.warmUpBars) });
  return column;
}

/**
 * Bars before its own that a label reads, besides those after it.
 *
 * @param label any
 * @param spread how the spread is made; null where there is none
 * @returns a whole number ≥ 0, or Infinity
 */
export function labelLookBackBars(label: LabelSpec, spread: SpreadSpec | null): number {
  return Math.max(...featureProgram(labelFeatures(label), spread).lookBackBars);
}

function requireLabel(label: LabelSpec): void {
  const reading = readLabel(label);
  if (reading.kind === "valid") return;
  const { field, message } = reading.issues[0]!;
  throw new InvalidInputError("out-of-range", `the ${label.kind} label: ${field} ${message}`);
}

/** What a label reads of its own bar: what it is about, then the other column, the scale, the mean. */
function labelFeatures(label: LabelSpec): readonly FeatureSpec[] {
  const features = [asFeature(label.of)];
  if (label.kind === "rule") return [...features, asFeature(label.over)];
  const { of, unit, windowBars } = label;
  if (unit === "level-deviations") features.push({ kind: "deviation", of, windowBars });
  if (unit === "change-deviations") {
    const changes: FeatureSpec = { kind: "delta", of, lagBars: 1 };
    features.push({ kind: "deviation", of: changes, windowBars });
  }
  if (isOfReversion(label)) features.push(revertedMean(label));
  return features;
}

/** What comes after a row, as the row sees it: about its own line where the hedge ratio is held. */
function labelPath(
  bars: BarColumns,
  label: Exclude<LabelSpec, RuleLabel>,
  spread: SpreadSpec | null,
  source: Float64Array,
): LabelPath {
  if (label.of !== "spread" || label.hedge === "refitted" || spread === null) {
    return { values: source, hedge: null };
  }
  const { y, x, hedgeRatio } = spreadColumns(bars, spread);
  return { values: y, hedge: { values: x, ratios: hedgeRatio } };
}

/** Above, below or crossing, some bars later. */
function writeRule(column: LabelColumn, { rule, aheadBars }: RuleLabel, over: Float64Array): void {
  const { values, endBars, source } = column;
  for (let t = 0; t + aheadBars < values.length; t++) {
    const end = t + aheadBars;
    const difference = source[end]! - over[end]!;
    if (Number.isNaN(difference)) continue;
    if (rule === "above") values[t] = difference > 0 ? 1 : 0;
    else if (rule === "below") values[t] = difference < 0 ? 1 : 0;
    else
      values[t] = end === 0 ? Number.NaN : crossing(source[end - 1]! - over[end - 1]!, difference);
    if (!Number.isNaN(values[t]!)) endBars[t] = end;
  }
}

/** 2 from not above to above, 0 from not below to below, else 1; NaN after a gap. */
function crossing(before: number, now: number): number {
  if (Number.isNaN(before)) return Number.NaN;
  if (before <= 0 && now > 0) return 2;
  return before >= 0 && now < 0 ? 0 : 1;
}

/** Says why bars have no label. */
function explain(
  { values, absences, source }: LabelColumn,
  label: LabelSpec,
  seen: { readonly gaps: Int32Array; readonly warmUpBars: number },
): void {
  const { gaps } = seen;
  // A line that becomes known late makes the warm-up longer.
  const warmUpBars = Math.max(seen.warmUpBars, source.findIndex(Number.isFinite));
  const horizonBars = labelHorizonBars(label);
  const last = values.length - 1;
  for (let t = 0; t <= last; t++) {
    if (!Number.isNaN(values[t]!)) absences[t] = PRESENT;
    else if (t < warmUpBars) absences[t] = LOOK_BACK;
    else if (t + horizonBars > last) absences[t] = PAST_END;
    // A gap ahead counts as one behind.
    else if (gaps[t + horizonBars]! > t) absences[t] = GAP;
    else absences[t] = absenceAt(gaps, t, seen.warmUpBars);
  }
}

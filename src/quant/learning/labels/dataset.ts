import type { BarColumns } from "../features/feature-source.ts";
import type { SpreadSpec } from "../features/spread-spec.ts";
import type { LearningRows } from "../models/learner.ts";
import type { RowTimes } from "../splits/row-times.ts";
import type { AbsenceReason } from "./absence.ts";
import type { LabelClass } from "./label-spec.ts";

/** One pair or instrument of a dataset. */
export type DatasetGroup = {
  readonly name: string;
  /** One symbol, or those of leg Y and leg X. */
  readonly symbols: readonly string[];
  readonly bars: BarColumns;
  /** How the spread is made; null of one instrument. */
  readonly spread: SpreadSpec | null;
};

/** How many bars of a group give rows, and why the others do not. */
export type GroupRows = {
  readonly name: string;
  readonly bars: number;
  readonly rows: number;
  /** Bars without a row by the first reason that holds, in the order of ABSENCE_REASONS. */
  readonly missing: Readonly<Record<AbsenceReason, number>>;
};

/** Rows with everything that models, splits and reports need of them, in order of time. */
export type Dataset = LearningRows & {
  readonly classes: readonly LabelClass[];
  /** Last bar that the label of each row reads, in its group. */
  readonly labelEndBars: Int32Array;
  readonly times: RowTimes;
  /** Part of its label that each row has to itself, in (0, 1]; see sampleUniqueness. */
  readonly uniqueness: Float64Array;
  /** Bars before its own that a row reads: the most of its features and its label; may be Infinity. */
  readonly lookBackBars: number;
  /** Whether the label is a rule of the features themselves. */
  readonly readsPresentOnly: boolean;
  /** One a group, in their order. */
  readonly groupRows: readonly GroupRows[];
};

/** What is done with rows and weights; both have a default. */
export type DatasetOptions = {
  /**
   * "drop": a row has every feature. "keep": a row may lack some, as NaN, where a bar is missing or a
   * feature undefined, for models that take missing values. "drop" unless told.
   */
  readonly incomplete?: "drop" | "keep";
  /** Whether rows weigh by their uniqueness or all the same; "none" unless told. */
  readonly weighting?: "uniqueness" | "none";
};

import type { DatasetVersionView } from "#contracts/dataset.ts";
import { labelClasses } from "#quant/learning/labels/label-spec.ts";
import type { LearningTask } from "#quant/learning/training-data.ts";
import type { LearnerCatalogue } from "./learner-form.ts";

/** What of a dataset decides what can be trained on it, and how often. */
export type RunSubject = {
  readonly task: LearningTask;
  /** Whether classes say which way the source goes. */
  readonly hasDirection: boolean;
  readonly classes: readonly string[];
  readonly isPairs: boolean;
  /** Pairs or instruments. */
  readonly books: number;
  /** Sets of rows that models are trained on: all together, or each by itself. */
  readonly groups: number;
  /** Bars of the span, missing ones too. */
  readonly bars: number;
};

export function runSubject({
  config,
}: {
  readonly config: Pick<
    DatasetVersionView["config"],
    "books" | "label" | "pooling" | "window" | "intervalMs"
  >;
}): RunSubject {
  const { books, label, pooling, window, intervalMs } = config;
  const classes = labelClasses(label);
  return {
    task: classes.length === 0 ? "regression" : "classification",
    hasDirection: classes.some(({ direction }) => direction !== 0),
    classes: classes.map(({ name }) => name),
    isPairs: books.every((book) => book.length === 2),
    books: books.length,
    groups: pooling === "pooled" ? 1 : books.length,
    bars: Math.ceil((window.endMs - window.startMs) / intervalMs),
  };
}

/** Kinds of the baselines that stand beside whatever is trained. */
export function baselineKinds(
  { baselines }: LearnerCatalogue,
  { task, hasDirection }: Pick<RunSubject, "task" | "hasDirection">,
): readonly string[] {
  if (task === "regression") return baselines.numbers;
  return hasDirection ? baselines.directions : baselines.classes;
}

import { csvRow } from "#contracts/csv-cell.ts";

export type LearningBarItem = {
  readonly name: string;
  readonly mean: number;
  /** How far it varies; null: it has none. */
  readonly deviation: number | null;
};

/** A bar from zero to its mean, all as shares of one axis, 0 at its left end. */
export type LearningBar = LearningBarItem & {
  readonly from: number;
  readonly to: number;
  /** The mean less and plus a deviation; null without one. */
  readonly spread: { readonly from: number; readonly to: number } | null;
};

export type LearningBars = {
  readonly bars: readonly LearningBar[];
  /** Where zero stands on the axis. */
  readonly zero: number;
};

/** Bars of features on one axis, the largest first; what is below zero goes to the left of it. */
export function learningBars(items: readonly LearningBarItem[]): LearningBars {
  const ends = items.flatMap(({ mean, deviation }) => [
    mean - (deviation ?? 0),
    mean + (deviation ?? 0),
  ]);
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  const share = (value: number) => (high > low ? (value - low) / (high - low) : 0);
  return {
    zero: share(0),
    bars: items
      .toSorted((one, other) => other.mean - one.mean)
      .map((item) => {
        const { mean, deviation } = item;
        return {
          ...item,
          from: share(Math.min(0, mean)),
          to: share(Math.max(0, mean)),
          spread:
            deviation === null
              ? null
              : { from: share(mean - deviation), to: share(mean + deviation) },
        };
      }),
  };
}

/** The chart as CSV. */
export function learningBarsCsv(items: readonly LearningBarItem[], measure: string): string {
  const rows = items.map(({ name, mean, deviation }) => csvRow([name, mean, deviation]));
  return csvRow(["Feature", measure, "Standard deviation"]) + rows.join("");
}

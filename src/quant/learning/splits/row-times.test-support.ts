import fc from "fast-check";
import type { RowTimes } from "./row-times.ts";

/** Rows of pooled pairs: times with repetitions, each reading some way back and some way ahead. */
export const anyTimes: fc.Arbitrary<RowTimes> = fc
  .array(fc.record({ step: fc.nat(2), back: fc.nat(6), ahead: fc.nat(6) }), {
    minLength: 60,
    maxLength: 150,
  })
  .map((rows) => {
    let time = 0;
    const timeMs = Float64Array.from(rows, ({ step }) => {
      time += step;
      return time;
    });
    return {
      timeMs,
      featureStartMs: timeMs.map((at, i) => at - rows[i]!.back),
      labelEndMs: timeMs.map((at, i) => at + rows[i]!.ahead),
    };
  });

/** A row for each bar, features of so many bars back, labels of so many ahead. */
export function regular(rows: number, back: number, ahead: number): RowTimes {
  const timeMs = Float64Array.from({ length: rows }, (_, i) => i);
  return {
    timeMs,
    featureStartMs: timeMs.map((time) => time - back),
    labelEndMs: timeMs.map((time) => time + ahead),
  };
}

/** Whether the label of one row reads a bar that the features of another read. */
export function touches(
  { timeMs, featureStartMs, labelEndMs }: RowTimes,
  label: number,
  of: number,
): boolean {
  // (time, end] against [start, time].
  return (
    labelEndMs[label]! >= featureStartMs[of]! &&
    timeMs[label]! < timeMs[of]! &&
    labelEndMs[label]! > timeMs[label]!
  );
}

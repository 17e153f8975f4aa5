import type { LabelColumn } from "./label-column.ts";
import { changeAlong, type LabelPath } from "./label-path.ts";
import type { ChangeLabel, DirectionLabel } from "./label-spec.ts";

/**
 * Writes the direction of the source over the next bars: 0 down, 1 up, or 0, 1, 2 with a dead zone between.
 *
 * @param column written to where both ends are known
 * @param label horizon and dead zone
 * @param path what comes, see LabelPath
 * @param scale unit of the dead zone, one a bar, > 0; null of an absolute one
 *
 * Cost: O(n).
 */
export function writeDirections(
  { values, endBars }: LabelColumn,
  { horizonBars, deadZone }: DirectionLabel,
  path: LabelPath,
  scale: Float64Array | null,
): void {
  for (let t = 0; t + horizonBars < values.length; t++) {
    const change = changeAlong(path, t, t + horizonBars);
    const zone = deadZone === 0 || scale === null ? deadZone : deadZone * scale[t]!;
    if (Number.isNaN(change + zone)) continue;
    if (deadZone === 0) values[t] = change > 0 ? 1 : 0;
    else values[t] = change > zone ? 2 : change < -zone ? 0 : 1;
    endBars[t] = t + horizonBars;
  }
}

/**
 * Writes the change of the source over the next bars.
 *
 * @param column written to where both ends are known
 * @param label horizon and form
 * @param path what comes, see LabelPath
 * @param scale unit of differences, one a bar, > 0; null of an absolute one
 *
 * Cost: O(n).
 */
export function writeChanges(
  { values, endBars }: LabelColumn,
  { horizonBars, form }: ChangeLabel,
  path: LabelPath,
  scale: Float64Array | null,
): void {
  for (let t = 0; t + horizonBars < values.length; t++) {
    const end = t + horizonBars;
    const change =
      form === "difference"
        ? changeAlong(path, t, end) / (scale === null ? 1 : scale[t]!)
        : growth(path.values[end]! / path.values[t]!, form);
    if (!Number.isFinite(change)) continue;
    values[t] = change;
    endBars[t] = end;
  }
}

/** Of a quotient that is not positive there is no logarithm: NaN or infinite, and left out. */
function growth(quotient: number, form: "simple" | "log"): number {
  return form === "simple" ? quotient - 1 : Math.log(quotient);
}

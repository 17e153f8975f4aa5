import type { LabelColumn } from "./label-column.ts";
import { changeAlong, type LabelPath } from "./label-path.ts";
import type { TripleBarrierLabel } from "./label-spec.ts";
import { revertingSide } from "./reverting-side.ts";

/** What barriers are measured on and by. */
export type BarrierGround = {
  readonly path: LabelPath;
  /** Unit of the distances, one a bar; null of absolute ones. */
  readonly scale: Float64Array | null;
  /** Mean that the reverting side is about; null of the others. */
  readonly mean: Float64Array | null;
};

/**
 * Writes what ends a position that is opened at each bar, and the bar of its end.
 *
 * Barriers are looked at on closes. A missing bar before the end leaves it unknown whether a barrier was
 * touched, so that there is no label.
 *
 * @param column written to: 0 stop, 1 time, 2 profit; by result 0 loss, 1 profit
 * @param label distances and limit
 * @param ground see BarrierGround
 *
 * Cost: O(n · limitBars) at most. Source: López de Prado (2018), ch. 3.
 */
export function writeBarriers(
  column: LabelColumn,
  label: TripleBarrierLabel,
  ground: BarrierGround,
): void {
  const { values, endBars, source } = column;
  const { limitBars } = label;
  for (let t = 0; t + limitBars < values.length; t++) {
    const side = sideAt(label, source, ground.mean, t);
    const unit = ground.scale === null ? 1 : ground.scale[t]!;
    // Without a side or a unit there is no position; NaN is neither.
    if (!(side !== 0 && unit > 0)) continue;
    const profit = label.profit === null ? Infinity : label.profit * unit;
    const stop = label.stop === null ? -Infinity : -label.stop * unit;
    const end = t + limitBars;
    let bar = t;
    let gain = 0;
    while (bar < end && gain < profit && gain > stop) {
      bar++;
      gain = side * changeAlong(ground.path, t, bar);
    }
    // NaN is on neither side of a barrier and ends the walk as they do.
    if (Number.isNaN(gain)) continue;
    values[t] = classOf(label, gain, { profit, stop });
    endBars[t] = bar;
  }
}

/** 1 long, −1 short, 0 of neither; NaN where the mean is missing. */
function sideAt(
  { side }: TripleBarrierLabel,
  source: Float64Array,
  mean: Float64Array | null,
  t: number,
): number {
  // A position needs a price to be opened at.
  if (Number.isNaN(source[t]!)) return 0;
  if (side === "long") return 1;
  if (side === "short") return -1;
  return revertingSide(source[t]!, mean![t]!);
}

function classOf(
  { timeOut }: TripleBarrierLabel,
  gain: number,
  at: { readonly profit: number; readonly stop: number },
): number {
  if (timeOut === "by-result") return gain > 0 ? 1 : 0;
  if (gain >= at.profit) return 2;
  return gain <= at.stop ? 0 : 1;
}

import type { Manifest } from "#contracts/manifest.ts";
import { utcMinute } from "#contracts/utc-minute.ts";

/** What a report says where stops and limits were judged without finer bars. */
export function insideBarsNotes(insideBars: Manifest["insideBars"]): readonly string[] {
  if (insideBars === undefined) return [];
  const { finerIntervalMs, reason, untold } = insideBars;
  if (finerIntervalMs === null) {
    return [
      `Stops and limits inside bars are judged by the pessimistic path, without shorter bars: ${reason}.`,
    ];
  }
  if (untold === undefined) return [];
  return [
    `Shorter bars do not tell the inside of ${untold.bars === 1 ? "1 bar" : `${untold.bars} bars`} for every instrument, the first at ${utcMinute(untold.firstMs)} of ${untold.symbol}: stops and limits of what they lack are judged by the pessimistic path there.`,
  ];
}

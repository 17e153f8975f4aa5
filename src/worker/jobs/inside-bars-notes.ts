import type { Manifest } from "#contracts/manifest.ts";

/** What a report says where stops and limits were judged without finer bars. */
export function insideBarsNotes(insideBars: Manifest["insideBars"]): readonly string[] {
  if (insideBars === undefined || insideBars.finerIntervalMs !== null) return [];
  return [
    `Stops and limits inside bars are judged by the pessimistic path, without shorter bars: ${insideBars.reason}.`,
  ];
}

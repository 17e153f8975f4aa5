import type { TimeWindow } from "#contracts/interval.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import type { ModelCard } from "#contracts/model.ts";

type Trained = Pick<ModelCard, "span" | "intervalMs">;
type Priced = Pick<SeriesCoverage, "instrumentId" | "intervalMs" | "lastOpenTimeMs">;

/** Numbers of the newest bars that can be looked at. */
export const DRIFT_BARS = [250, 500, 1_000, 2_000, 5_000] as const;

/** The newest bars, or all after those that the version learned from. */
export type DriftChoice = number | "since";

/** Fewer bars after the training are not worth a look by themselves. */
const SINCE_BARS_MIN = 100;

/** End of the newest bar that all instruments of a book have; null when one has none. */
export function newestBarEnd(
  book: readonly number[],
  series: readonly Priced[],
  intervalMs: number,
): number | null {
  const ends = book.map((id) => {
    const found = series.find((one) => one.instrumentId === id && one.intervalMs === intervalMs);
    return found === undefined ? Number.NaN : found.lastOpenTimeMs + intervalMs;
  });
  const end = Math.min(...ends);
  return Number.isFinite(end) ? end : null;
}

/** How many bars there may be after those that a version learned from. */
export function barsSince({ span, intervalMs }: Trained, newestEndMs: number): number {
  return Math.max(0, Math.floor((newestEndMs - span.endMs) / intervalMs));
}

/** What an address chooses; else the bars after the training where these are enough. */
export function driftChoice(text: string | null, sinceBars: number): DriftChoice {
  const bars = Number(text);
  if (DRIFT_BARS.some((known) => known === bars)) return bars;
  if (text === "since" && sinceBars > 0) return "since";
  return sinceBars >= SINCE_BARS_MIN ? "since" : 1_000;
}

/** The span that is looked at, and whether the version has learned from a part of it. */
export function driftWindow(
  choice: DriftChoice,
  trained: Trained,
  newestEndMs: number,
): { readonly window: TimeWindow; readonly wasSeen: boolean } {
  const { span, intervalMs } = trained;
  const startMs = choice === "since" ? span.endMs : Math.max(0, newestEndMs - choice * intervalMs);
  return { window: { startMs, endMs: newestEndMs }, wasSeen: startMs < span.endMs };
}

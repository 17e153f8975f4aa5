import type { TimeWindow } from "#contracts/interval.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import type { ModelCard } from "#contracts/model.ts";

type Trained = Pick<ModelCard, "span" | "intervalMs">;
type Priced = Pick<
  SeriesCoverage,
  "instrumentId" | "intervalMs" | "firstOpenTimeMs" | "lastOpenTimeMs" | "barCount"
>;

/** The newest bars that all instruments of a book have. */
export type NewestBars = {
  /** When the newest one ends. */
  readonly endMs: number;
  /** From bar to bar on average: longer than a bar where markets close, or bars are missing. */
  readonly stepMs: number;
};

/** Numbers of the newest bars that can be looked at. */
export const DRIFT_BARS = [250, 500, 1_000, 2_000, 5_000] as const;

export const DRIFT_BARS_MAX = Math.max(...DRIFT_BARS);

/** The newest bars, or all after those that the version learned from. */
export type DriftChoice = number | "since";

/** Fewer bars after the training are not worth a look by themselves. */
const SINCE_BARS_MIN = 100;

/** Where the bars of a book end, and how dense they are; null when an instrument has none. */
export function newestBars(
  book: readonly number[],
  series: readonly Priced[],
  intervalMs: number,
): NewestBars | null {
  const found = book.flatMap(
    (id) => series.find((one) => one.instrumentId === id && one.intervalMs === intervalMs) ?? [],
  );
  if (found.length === 0 || found.length < book.length) return null;
  const steps = found.map(({ firstOpenTimeMs, lastOpenTimeMs, barCount }) =>
    barCount < 2 ? intervalMs : (lastOpenTimeMs - firstOpenTimeMs) / (barCount - 1),
  );
  return {
    endMs: Math.min(...found.map(({ lastOpenTimeMs }) => lastOpenTimeMs)) + intervalMs,
    stepMs: Math.max(intervalMs, ...steps),
  };
}

/** About how many bars there are after those that a version learned from. */
export function barsSince(trained: Trained, { endMs, stepMs }: NewestBars): number {
  return Math.max(0, Math.floor((endMs - trainedUntilMs(trained)) / stepMs));
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
  { endMs, stepMs }: NewestBars,
): { readonly window: TimeWindow; readonly wasSeen: boolean } {
  const untilMs = trainedUntilMs(trained);
  const newest = (bars: number) => Math.max(0, Math.floor(endMs - bars * stepMs));
  const startMs = choice === "since" ? Math.max(untilMs, newest(DRIFT_BARS_MAX)) : newest(choice);
  return { window: { startMs, endMs }, wasSeen: startMs < untilMs };
}

/** The span of a card ends with the time at which its last bar opens. */
function trainedUntilMs({ span, intervalMs }: Trained): number {
  return span.endMs + intervalMs;
}

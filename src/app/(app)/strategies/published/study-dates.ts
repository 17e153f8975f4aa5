import type { TimeWindow } from "#contracts/interval.ts";

const YEAR_MS = 365 * 86_400_000;
const DAY_MS = 86_400_000;

type Draft = { readonly startMs: number | null; readonly endMs: number | null };

/** The year after the formation period, or less where the data ends before. */
export function tradingAfter(
  formation: TimeWindow,
  instruments: readonly { readonly lastOpenTimeMs: number | null }[],
): Draft {
  const lastMs = Math.max(...instruments.map(({ lastOpenTimeMs }) => lastOpenTimeMs ?? 0), 0);
  const endMs = Math.min(formation.endMs + YEAR_MS, (Math.floor(lastMs / DAY_MS) + 1) * DAY_MS);
  return { startMs: formation.endMs, endMs: Math.max(endMs, formation.endMs) };
}

/** Why a study cannot be started, or null. */
export function studyProblem(study: {
  readonly formation: TimeWindow;
  readonly trading: Draft;
  readonly pairs: number;
  readonly traditionalPairs: number;
}): string | null {
  const { formation, trading, pairs, traditionalPairs } = study;
  if (pairs === 0) return "The scan left no pair. Choose another scan.";
  if (trading.startMs === null || trading.endMs === null) return "Both dates are needed.";
  if (trading.startMs < formation.endMs) {
    return "Trading must start after the formation period has ended.";
  }
  if (trading.endMs <= trading.startMs) {
    return "Nothing is left to trade after the formation period: scan an earlier period, or add newer prices.";
  }
  const isCount = Number.isInteger(traditionalPairs);
  if (!isCount || traditionalPairs < 1 || traditionalPairs > 100) {
    return "The traditional strategy takes 1 to 100 pairs.";
  }
  return null;
}

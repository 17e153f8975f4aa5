import type { MetricName } from "#contracts/backtest.ts";
import type { ReportResult } from "#contracts/report-view.ts";

/** Figures that a handful of trades cannot support. */
const NEEDS_TRADES: ReadonlySet<MetricName> = new Set([
  "sharpeRatio",
  "sortinoRatio",
  "winRate",
  "profitFactor",
  "expectancy",
  "tradeCount",
]);

/** Figures of a year, which a shorter run extrapolates by compounding. */
const NEEDS_A_YEAR: ReadonlySet<MetricName> = new Set(["annualisedReturn", "calmarRatio"]);

/** The usual rule of thumb for a sample whose mean means something. */
const TRADES_MIN = 30;

const DAY_MS = 86_400_000;
/** A year of trading that starts on a Monday and ends on a Friday is a few days short. */
const YEAR_DAYS_MIN = 360;

/** What a reader must know before believing a figure; undefined: nothing. */
export function metricCaution(
  name: MetricName,
  report: Pick<ReportResult, "trades" | "trading">,
): string | undefined {
  const count = report.trades.length;
  const trades = `${count} ${count === 1 ? "trade" : "trades"}`;
  if (NEEDS_TRADES.has(name)) {
    return count < TRADES_MIN ? `${trades}: not enough to judge` : undefined;
  }
  if (!NEEDS_A_YEAR.has(name)) return undefined;
  const days = (report.trading.endMs - report.trading.startMs) / DAY_MS;
  if (days < YEAR_DAYS_MIN) return `${spanWords(days)}: annualising multiplies luck`;
  return count < TRADES_MIN ? `${trades}: not enough to judge` : undefined;
}

function spanWords(days: number): string {
  const [count, unit] =
    days < 14
      ? [Math.max(1, Math.round(days)), "day"]
      : days < 90
        ? [Math.round(days / 7), "week"]
        : [Math.round(days / 30.44), "month"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

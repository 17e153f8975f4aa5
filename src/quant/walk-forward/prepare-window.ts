import type { Book, ResumableStep } from "../backtest/backtest-book.ts";
import { runEventEngine } from "../backtest/event-engine.ts";
import { type MarketBars, marketBarsBetween } from "../backtest/market-bars.ts";
import type { PositionSizing } from "../backtest/position-sizing.ts";
import type { ProtectionRule } from "../backtest/protection-rule.ts";
import { stepFrom } from "../backtest/step-from.ts";
import type { BacktestHooks } from "../backtest/trading-loop.ts";
import type { PerformanceSummary } from "../performance/performance-summary.ts";
import { seenPeriodsPerYear } from "../performance/seen-periods-per-year.ts";
import { firstSeenBar } from "../strategies/first-seen-bar.ts";
import type { ChosenBook } from "./pair-selection.ts";
import { periodPerformance } from "./period-performance.ts";
import type { PreparedBook, PreparedWindow, UnfittedBook } from "./prepared-window.ts";
import { selectBooks } from "./select-books.ts";
import type { WalkForwardSettings, WalkForwardTools } from "./walk-forward-settings.ts";
import type { WalkForwardWindow } from "./walk-forward-windows.ts";

/** Share of the work of a window that the selection is, about. */
const SELECTED_SHARE = 0.6;

/**
 * Prepares a window: selects its books, chooses their configurations, fits them, and runs them in sample.
 *
 * Windows are independent of each other: any number may be prepared at a time, in any order, in threads.
 *
 * @param bars the market, of which the formation of the window is looked at and nothing else
 * @param window which
 * @param settings of the walk-forward
 * @param tools functions
 * @param hooks progress in [0, 1] and cancellation
 * @returns what is traded afterwards, plain data; null when it was cancelled
 * @throws {InvalidInputError} for settings that cannot be
 *
 * Cost: that of a scan and a backtest of the formation bars.
 */
export function prepareWindow(
  bars: MarketBars,
  window: WalkForwardWindow,
  settings: WalkForwardSettings,
  tools: WalkForwardTools,
  hooks: BacktestHooks = {},
): PreparedWindow | null {
  const formation = marketBarsBetween(bars, window.formationFrom, window.formationTo);
  return prepareFormation(formation, window, settings, tools, hooks);
}

/**
 * The same on the bars of the formation alone, so that it is plain that nothing else can be looked at.
 *
 * @param formation bars of the formation
 */
export function prepareFormation(
  formation: MarketBars,
  window: WalkForwardWindow,
  settings: WalkForwardSettings,
  tools: WalkForwardTools,
  hooks: BacktestHooks = {},
): PreparedWindow | null {
  const isCancelled = hooks.isCancelled ?? (() => false);
  const selected = selectBooks(formation, settings.selection, tools.kernel, isCancelled);
  if (selected === null) return null;
  hooks.onProgress?.(SELECTED_SHARE);
  const { sizing, periodsPerYear } = knownTerms(settings, formation.openTimeMs);
  const books: PreparedBook[] = [];
  const unfitted: UnfittedBook[] = [];
  for (const chosen of selected.books) {
    if (isCancelled()) return null;
    const fitted = fitBook(formation, chosen, { ...settings, sizing, periodsPerYear }, tools);
    if ("snapshot" in fitted) books.push(fitted);
    else unfitted.push(fitted);
  }
  const inSample = tradedInSample(formation, books, { ...settings, sizing }, tools, isCancelled);
  if (inSample === "cancelled") return null;
  hooks.onProgress?.(1);
  const { counts, refusal } = selected;
  return { window, books, sizing, unfitted, counts, refusal, inSample };
}

/**
 * A prepared book as the engine runs it: every run begins with what was learned and nothing more, and with
 * the bar that a single run would begin with.
 *
 * @param book prepared
 * @param terms its sizing and protection, the first traded bar, and whether its figures are kept
 * @param open of the strategy
 */
export function engineBook(
  { instruments, values, snapshot }: PreparedBook,
  terms: {
    readonly sizing: PositionSizing;
    readonly protection: ProtectionRule | null;
    readonly tradingStartBar: number;
    readonly isRecordingFigures?: boolean;
  },
  open: WalkForwardTools["open"],
): Book {
  const strategy = open(values);
  const fromBar = firstSeenBar(strategy, terms.tradingStartBar);
  const resume = (later: string | null): ResumableStep => {
    const run = strategy.resume(later ?? snapshot);
    return { step: stepFrom(run.step, fromBar, false), snapshot: run.snapshot };
  };
  const { sizing, protection, isRecordingFigures = false } = terms;
  const figureNames = isRecordingFigures ? Object.keys(strategy.figures) : [];
  const start = (): ResumableStep["step"] => resume(null).step;
  return { instruments, sizing, protection, figureNames, start, resume };
}

/** What decides trades and depends on how many bars a year has, by the bars of the formation. */
function knownTerms(
  { sizing, sessions, periodsPerYear }: WalkForwardSettings,
  openTimeMs: Float64Array,
): Pick<WalkForwardSettings, "sizing" | "periodsPerYear"> {
  if (sessions === null) return { sizing, periodsPerYear };
  const barsPerYear = seenPeriodsPerYear(openTimeMs, sessions);
  const { rule, pricedAt } = sizing;
  return {
    sizing:
      rule.kind === "volatility-target" ? { rule: { ...rule, barsPerYear }, pricedAt } : sizing,
    periodsPerYear: barsPerYear,
  };
}

function fitBook(
  formation: MarketBars,
  chosen: ChosenBook,
  settings: WalkForwardSettings,
  { open, chooseConfig }: WalkForwardTools,
): PreparedBook | UnfittedBook {
  const { values, trials } =
    chooseConfig === null
      ? { values: settings.values, trials: 1 }
      : chooseConfig(formation, chosen, settings);
  const { openTimeMs } = formation;
  const instruments = chosen.instruments.map((place) => formation.instruments[place]!);
  const outcome = open(values).start({ openTimeMs, instruments }, instruments.length);
  if (outcome.kind === "refused") {
    const tried = chooseConfig === null ? 0 : trials;
    return { ...chosen, trials: tried, code: outcome.code, message: outcome.message };
  }
  return { ...chosen, values, trials, snapshot: outcome.fit.snapshot() };
}

function tradedInSample(
  formation: MarketBars,
  books: readonly PreparedBook[],
  settings: WalkForwardSettings,
  { open }: WalkForwardTools,
  isCancelled: () => boolean,
): PerformanceSummary | null | "cancelled" {
  if (books.length === 0) return null;
  const { costs, rules, sizing, protection, finer, periodsPerYear, riskFreeRateAnnual } = settings;
  const run = runEventEngine(
    {
      bars: formation,
      finer,
      costs,
      books: books.map((book) =>
        engineBook(book, { sizing, protection, tradingStartBar: 0 }, open),
      ),
      rules,
      tradingStartBar: 0,
      isClosedAtEnd: true,
    },
    { isCancelled },
  );
  if (run === null) return "cancelled";
  return periodPerformance({
    equity: run.equity,
    grossExposure: run.grossExposure,
    equityBefore: rules.initialCash,
    trades: run.trades,
    periodsPerYear,
    riskFreeRateAnnual,
  });
}

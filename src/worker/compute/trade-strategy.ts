import type { BacktestReport, ReportBook } from "#contracts/backtest.ts";
import { runEventEngine } from "#quant/backtest/event-engine.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import { firstSeenBar } from "#quant/strategies/first-seen-bar.ts";
import { measureRun } from "./measure-run.ts";
import type { MeasuredRun } from "./measured-run.ts";
import {
  type FittedBook,
  figureNames,
  fitBooks,
  openStrategyOf,
  tradedBooks,
} from "./strategy-books.ts";
import type { MeasuringInput, StrategyInput } from "./strategy-input.ts";
import {
  requireTradingPrices,
  type StrategyMarket,
  sizingOf,
  strategyMarket,
  type TradedSessions,
} from "./strategy-market.ts";
import { engineSettings } from "./strategy-pipeline.ts";

export type TradeStrategyInput = { readonly strategy: StrategyInput } & MeasuringInput;

/** A run of a strategy over its trading period, measured. */
export type TradedStrategy = MeasuredRun & {
  readonly formation: BacktestReport["formation"];
  readonly sessions: TradedSessions;
};

/**
 * Trades a strategy over its trading period with what its formation period taught.
 *
 * @throws {InvalidInputError} data, costs or sizes that cannot be; no book could be fitted
 */
export function tradeStrategy(
  { strategy: input, ...measuring }: TradeStrategyInput,
  onProgress: (fraction: number) => void,
): TradedStrategy {
  const market = strategyMarket(input);
  requireTradingPrices(market, input.symbols);
  const { bars, tradingFrom, formationFrom, formationTo, sessions, periodsPerYear } = market;
  const fitted = fitBooks(input, bars, market);
  requireFitted(fitted, input.symbols);
  const fromBar = firstSeenBar(openStrategyOf(input), tradingFrom);
  const run = runEventEngine(
    {
      ...engineSettings(input, market),
      bars,
      books: tradedBooks(fitted, {
        sizing: sizingOf(input, bars.openTimeMs.subarray(0, tradingFrom)),
        protection: input.protection,
        fromBar,
        beginsWithGap: false,
      }),
      tradingStartBar: tradingFrom,
      isClosedAtEnd: true,
    },
    { onProgress: (fraction) => onProgress(0.5 * fraction) },
  );
  if (run === null) throw new Error("Invariant: a run is stopped by its thread");
  const measured = measureRun({
    ...measuring,
    ownTrials: 1,
    reported: {
      run,
      bars,
      initialCash: input.rules.initialCash,
      tradingStartBar: tradingFrom,
      intervalMs: input.intervalMs,
      calendar: input.calendar,
      periodsPerYear,
      riskFreeRateAnnual: input.riskFreeRateAnnual,
    },
    symbols: input.symbols,
    books: fitted.map(reportBook),
    bookOf: fitted.flatMap(({ outcome }, book) => (outcome.kind === "fitted" ? [book] : [])),
  });
  const times = bars.openTimeMs.subarray(formationFrom, formationTo);
  return {
    ...measured,
    warnings: [...warmUpWarnings(input, market), ...measured.warnings],
    formation: {
      startMs: times[0] ?? input.formation.startMs,
      endMs: times.at(-1) ?? input.formation.endMs,
      bars: times.length,
    },
    sessions,
  };
}

/** A book that learned nothing stays in cash; a run of such books alone says nothing. */
function requireFitted(fitted: readonly FittedBook[], symbols: readonly string[]): void {
  if (fitted.some(({ outcome }) => outcome.kind === "fitted")) return;
  const reasons = fitted.flatMap(({ instruments, outcome }) =>
    outcome.kind === "refused"
      ? [`${instruments.map((place) => symbols[place]).join(" / ")}: ${outcome.message}`]
      : [],
  );
  throw new InvalidInputError("too-short", `Nothing can be traded. ${reasons.join("; ")}`);
}

function reportBook({ instruments, strategy, outcome }: FittedBook): ReportBook {
  const hasLearned = outcome.kind === "fitted" && Object.keys(outcome.learned).length > 0;
  return {
    instruments: [...instruments],
    fit: hasLearned ? { ...outcome.learned } : null,
    refusal: outcome.kind === "refused" ? outcome.message : null,
    figures:
      outcome.kind === "refused"
        ? []
        : figureNames(strategy.figures).map((name) => ({
            name,
            label: strategy.figures[name]?.label ?? name,
            axis: strategy.figures[name]?.axis ?? "",
          })),
  };
}

function warmUpWarnings(input: StrategyInput, { tradingFrom }: StrategyMarket): string[] {
  const { kind, warmUpBars } = openStrategyOf(input);
  if (kind === "rlrt" || warmUpBars <= tradingFrom) return [];
  const missing = warmUpBars - tradingFrom;
  return [
    `The strategy needs ${warmUpBars} bars to warm up and there ${tradingFrom === 1 ? "is 1" : `are ${tradingFrom}`} before the trading period: it cannot trade on the first ${missing === 1 ? "bar" : `${missing} bars`} of it.`,
  ];
}

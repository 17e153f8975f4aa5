import type { PreviewSignal } from "#contracts/strategy-preview.ts";
import type { MarketBars } from "#quant/backtest/market-bars.ts";
import { firstSeenBar } from "#quant/strategies/first-seen-bar.ts";
import type { BarColumn, BarEvent, FormationBars } from "#quant/strategies/strategy.ts";
import type { OpenStrategy, RunStep } from "#quant/strategies/strategy-run.ts";

/** What a strategy asks for on bars that it sees one after the other, or why it asks for nothing. */
export type StrategySignals =
  | { readonly kind: "refused"; readonly message: string }
  | {
      readonly kind: "signals";
      readonly signals: readonly PreviewSignal[];
      /** By name, one value a bar from `tradingFrom` on. */
      readonly figures: Readonly<Record<string, Float64Array>>;
    };

const COLUMNS = ["open", "high", "low", "close", "volume"] as const satisfies readonly BarColumn[];

/**
 * Runs a strategy over bars by its own step, without an account: signals, no orders and no fills.
 *
 * @param bars of one book, in its order
 * @param tradingFrom first bar whose signals count; those before it warm the strategy up
 */
export function strategySignals(
  strategy: OpenStrategy,
  formation: FormationBars,
  bars: MarketBars,
  tradingFrom: number,
): StrategySignals {
  const outcome = strategy.start(formation, bars.instruments.length);
  if (outcome.kind === "refused") {
    return { kind: "refused", message: outcome.message.replace(/\.$/, "") };
  }
  const { step } = outcome.fit;
  const count = bars.openTimeMs.length;
  const figures = Object.fromEntries(
    Object.keys(strategy.figures).map((name) => [
      name,
      new Float64Array(count - tradingFrom).fill(Number.NaN),
    ]),
  );
  const signals: PreviewSignal[] = [];
  const from = firstSeenBar(strategy, tradingFrom);
  for (let bar = from; bar < count; bar++) {
    const answer = step(eventOf(bars, bar, from));
    if (bar < tradingFrom) continue;
    for (const [name, values] of Object.entries(figures)) {
      values[bar - tradingFrom] = answer.figures[name] ?? Number.NaN;
    }
    const { reason } = answer;
    if (reason === null) continue;
    signals.push({ timeMs: bars.openTimeMs[bar] ?? 0, reason, side: sideOf(answer) });
  }
  return { kind: "signals", signals, figures };
}

function eventOf(bars: MarketBars, bar: number, from: number): BarEvent {
  const [open, high, low, close, volume] = COLUMNS.map((column) =>
    Float64Array.from(bars.instruments, (one) => one[column][bar] ?? Number.NaN),
  );
  if (!(open && high && low && close && volume)) throw new Error("Invariant: five columns");
  const openTimeMs = bars.openTimeMs[bar] ?? Number.NaN;
  return { bar: bar - from, openTimeMs, open, high, low, close, volume };
}

function sideOf({ target }: RunStep): PreviewSignal["side"] {
  return target.kind === "spread" ? target.side : null;
}

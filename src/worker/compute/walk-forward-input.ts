import type { WalkForward } from "#contracts/backtest-plan.ts";
import { SCAN_PRESETS } from "#contracts/scan-presets.ts";
import { type MarketBars, marketBarsBetween } from "#quant/backtest/market-bars.ts";
import type { PairSelection } from "#quant/walk-forward/pair-selection.ts";
import { requireWalkForward } from "#quant/walk-forward/require-walk-forward.ts";
import {
  openerOfKind,
  type WalkForwardSettings,
  type WalkForwardTools,
} from "#quant/walk-forward/walk-forward-settings.ts";
import { chooseParameters } from "./choose-parameters.ts";
import { keptValue } from "./kept-value.ts";
import { loadPairKernel } from "./load-pair-kernel.ts";
import { gateOfBook } from "./strategy-books.ts";
import type { StrategyInput } from "./strategy-input.ts";
import { sizingOf, strategyMarket, type TradedSessions } from "./strategy-market.ts";

/** What the tasks of one walk-forward share. */
export type WalkForwardInput = {
  /** Names the walk-forward: what a thread has made ready for it serves its next task. */
  readonly key: string;
  /** Its trading period is that of the whole walk-forward: all of its bars are divided. */
  readonly strategy: StrategyInput;
  readonly walkForward: WalkForward;
};

/** A walk-forward in a thread. */
export type ReadyWalkForward = {
  readonly bars: MarketBars;
  readonly settings: WalkForwardSettings;
  readonly tools: WalkForwardTools;
  readonly tradedSessions: TradedSessions;
};

const ready = keptValue<ReadyWalkForward>();

/**
 * Lays the bars of a walk-forward out, with everything that decides it.
 *
 * @throws {InvalidInputError} data, windows, selection or parameters that cannot be
 */
export function readyWalkForward({
  key,
  strategy,
  walkForward,
}: WalkForwardInput): ReadyWalkForward {
  return ready(key, () => {
    const market = strategyMarket(strategy);
    const { periodsPerYear, sessions, formationFrom } = market;
    const bars = marketBarsBetween(market.bars, formationFrom, market.bars.openTimeMs.length);
    const { formationBars, tradingBars, window, purgeBars, embargoBars, optimise } = walkForward;
    const settings: WalkForwardSettings = {
      plan: {
        formationBars,
        tradingBars,
        stepBars: tradingBars,
        isAnchored: window === "anchored",
        purgeBars,
        embargoBars,
      },
      selection: selectionOf(walkForward, strategy),
      values: strategy.parameters,
      costs: strategy.costs,
      rules: strategy.rules,
      sizing: sizingOf(strategy, bars.openTimeMs.subarray(0, formationBars)),
      sessions: { intervalMs: strategy.intervalMs, calendar: strategy.calendar },
      protection: strategy.protection,
      finer: market.finer,
      periodsPerYear,
      riskFreeRateAnnual: strategy.riskFreeRateAnnual,
    };
    const tools: WalkForwardTools = {
      open: openerOfKind(
        strategy.kind,
        // Which pairs are traded is known later; the gate is trained on whichever they are.
        strategy.gate === null
          ? null
          : gateOfBook(strategy.gate, 0, strategy.books[0]?.length ?? 2),
      ),
      kernel: loadPairKernel(),
      chooseConfig: optimise === null ? null : chooseParameters(strategy, optimise),
    };
    requireWalkForward(bars, settings, tools.open);
    return { bars, settings, tools, tradedSessions: sessions };
  });
}

function selectionOf({ selection }: WalkForward, { books }: StrategyInput): PairSelection {
  if (selection.kind === "fixed") return { kind: "fixed", books };
  const { funnel, lags } = SCAN_PRESETS.honest;
  const { falseDiscoveryRate, halfLifeMaxBars, pairsMax } = selection;
  return {
    kind: "funnel",
    funnel: {
      ...funnel,
      clustering: { kind: "none" },
      lags,
      significance: falseDiscoveryRate,
      filters: { ...funnel.filters, halfLifeBarsMax: halfLifeMaxBars },
    },
    rankBy: "p-value",
    count: pairsMax,
  };
}

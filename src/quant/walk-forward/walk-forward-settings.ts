import type { EventBacktest } from "../backtest/event-engine.ts";
import type { InstrumentCosts } from "../backtest/instrument-costs.ts";
import type { MarketBars } from "../backtest/market-bars.ts";
import type { AccountRules } from "../backtest/portfolio-rules.ts";
import type { PositionSizing } from "../backtest/position-sizing.ts";
import type { ProtectionRule } from "../backtest/protection-rule.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import type { PairKernel } from "../kernels/pair-kernel.ts";
import type { SessionTerms } from "../performance/seen-periods-per-year.ts";
import type { Gate } from "../strategies/gated-strategy.ts";
import { openStrategyOfKind, type StrategyKind } from "../strategies/strategy-kinds.ts";
import type { ParameterValue } from "../strategies/strategy-parameters.ts";
import type { OpenStrategy } from "../strategies/strategy-run.ts";
import type { ChosenBook, PairSelection } from "./pair-selection.ts";
import type { WindowPlan } from "./walk-forward-windows.ts";

/** The configuration of a strategy, one value a parameter. */
export type StrategyValues = Readonly<Record<string, ParameterValue>>;

/** A configuration, and how many were tried to find it. */
export type ChosenValues = { readonly values: StrategyValues; readonly trials: number };

/**
 * Chooses the configuration of a book from its formation bars alone.
 *
 * @param formation bars of all instruments, the formation's and no others
 * @param book its instruments are places in `formation.instruments`
 * @param context what the backtest of a configuration takes besides
 */
export type ChooseConfig = (
  formation: MarketBars,
  book: ChosenBook,
  context: Pick<
    WalkForwardSettings,
    "costs" | "rules" | "sizing" | "protection" | "finer" | "periodsPerYear"
  >,
) => ChosenValues;

/** Everything that decides a walk-forward but the bars and the functions; plain data. */
export type WalkForwardSettings = {
  readonly plan: WindowPlan;
  readonly selection: PairSelection;
  /** Of the strategy; in every window unless it is chosen there. */
  readonly values: StrategyValues;
  /** One an instrument. */
  readonly costs: readonly InstrumentCosts[];
  /** Of the one account that trades all pairs of all windows. */
  readonly rules: AccountRules;
  /** Its bars a year are those of the sessions of each formation where `sessions` is told. */
  readonly sizing: PositionSizing;
  readonly sessions: SessionTerms | null;
  /** Of every leg, inside bars; null: none. */
  readonly protection: ProtectionRule | null;
  readonly finer: EventBacktest["finer"];
  /** Bars of a year, for the figures. */
  readonly periodsPerYear: number;
  /** Fraction a year, for the figures. */
  readonly riskFreeRateAnnual: number;
};

/** The functions that a walk-forward works with; a thread makes its own. */
export type WalkForwardTools = {
  /** @throws {InvalidInputError} for values that are no configuration */
  readonly open: (values: StrategyValues) => OpenStrategy;
  /** Of the scan; both kinds have the same bits. */
  readonly kernel: PairKernel;
  /** Null keeps the configuration of the settings. */
  readonly chooseConfig: ChooseConfig | null;
};

/**
 * What opens strategies of a kind, refusing values that are no configuration.
 *
 * @param kind which
 * @param gate what approves or sizes its entries, trained anew on each formation; null: nothing does
 * @returns a function that throws InvalidInputError "out-of-range", naming field and reason
 */
export function openerOfKind<GateFit = null, GateState = null>(
  kind: StrategyKind,
  gate: Gate<GateFit, GateState> | null = null,
): WalkForwardTools["open"] {
  return (values) => {
    const opening = openStrategyOfKind(kind, values, gate);
    if (opening.kind === "valid") return opening.open;
    const issues = opening.issues.map(({ field, message }) => `${field}: ${message}`);
    throw new InvalidInputError("out-of-range", issues.join("; "));
  };
}

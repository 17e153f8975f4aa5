import { bollingerStrategy } from "./bollinger-strategy.ts";
import { type Gate, gatedStrategy } from "./gated-strategy.ts";
import { indicatorVoteStrategy } from "./indicator-vote-strategy.ts";
import { momentumStrategy } from "./momentum-strategy.ts";
import { ornsteinUhlenbeckStrategy } from "./ornstein-uhlenbeck-strategy.ts";
import { type ParameterIssue, readConfig } from "./parameter-values.ts";
import { rlrtStrategy } from "./rlrt-strategy.ts";
import type { Strategy } from "./strategy.ts";
import { type OpenStrategy, openStrategy } from "./strategy-run.ts";
import { traditionalStrategy } from "./traditional-strategy.ts";
import { zScoreStrategy } from "./z-score-strategy.ts";

/** Every built-in strategy by its kind; the model-gated one is made of any of them by gatedStrategy. */
export const STRATEGIES = {
  "z-score-reversion": zScoreStrategy,
  "bollinger-spread": bollingerStrategy,
  "traditional-sigma": traditionalStrategy,
  rlrt: rlrtStrategy,
  "ou-thresholds": ornsteinUhlenbeckStrategy,
  "momentum-ranking": momentumStrategy,
  "indicator-vote": indicatorVoteStrategy,
} as const;

export type StrategyKind = keyof typeof STRATEGIES;

/** The configuration of a kind. */
export type ConfigOfKind<Kind extends StrategyKind> =
  (typeof STRATEGIES)[Kind] extends Strategy<infer Config, infer _Fit, infer _State, infer _Name>
    ? Config
    : never;

/** An open strategy, or everything that is wrong with its values. */
export type Opening =
  | { readonly kind: "valid"; readonly open: OpenStrategy }
  | { readonly kind: "refused"; readonly issues: readonly ParameterIssue[] };

type Opener = <GateFit, GateState>(
  values: Readonly<Record<string, unknown>>,
  gate: Gate<GateFit, GateState> | null,
) => Opening;

const OPENERS: Readonly<Record<StrategyKind, Opener>> = {
  "z-score-reversion": openerOf(zScoreStrategy),
  "bollinger-spread": openerOf(bollingerStrategy),
  "traditional-sigma": openerOf(traditionalStrategy),
  rlrt: openerOf(rlrtStrategy),
  "ou-thresholds": openerOf(ornsteinUhlenbeckStrategy),
  "momentum-ranking": openerOf(momentumStrategy),
  "indicator-vote": openerOf(indicatorVoteStrategy),
};

/**
 * Opens a strategy of a kind that is known only when the program runs.
 *
 * @param kind which
 * @param values its configuration from outside, one value a parameter
 * @param gate what approves or sizes its entries; null: nothing does
 * @returns the strategy ready to start, or what is wrong with the values
 */
export function openStrategyOfKind<GateFit = null, GateState = null>(
  kind: StrategyKind,
  values: Readonly<Record<string, unknown>>,
  gate: Gate<GateFit, GateState> | null = null,
): Opening {
  return OPENERS[kind](values, gate);
}

function openerOf<Config, Fit, State>(strategy: Strategy<Config, Fit, State>): Opener {
  return (values, gate) => {
    const reading = readConfig(strategy, values);
    if (reading.kind === "refused") return reading;
    const { config } = reading;
    const open =
      gate === null
        ? openStrategy(strategy, config)
        : openStrategy(gatedStrategy(strategy, gate), config);
    return { kind: "valid", open };
  };
}

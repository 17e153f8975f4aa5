import { bollingerStrategy } from "../strategies/bollinger-strategy.ts";
import { indicatorVoteStrategy } from "../strategies/indicator-vote-strategy.ts";
import { momentumStrategy } from "../strategies/momentum-strategy.ts";
import { ornsteinUhlenbeckStrategy } from "../strategies/ornstein-uhlenbeck-strategy.ts";
import type { Configurable } from "../strategies/parameter-values.ts";
import { rlrtStrategy } from "../strategies/rlrt-strategy.ts";
import type { StrategyKind } from "../strategies/strategy-kinds.ts";
import { traditionalStrategy } from "../strategies/traditional-strategy.ts";
import { zScoreStrategy } from "../strategies/z-score-strategy.ts";
import { readParameterSpace, type SpaceReading, type SpaceRequest } from "./parameter-space.ts";

type Reader = (request: SpaceRequest) => SpaceReading;

const READERS: Readonly<Record<StrategyKind, Reader>> = {
  "z-score-reversion": readerOf(zScoreStrategy),
  "bollinger-spread": readerOf(bollingerStrategy),
  "traditional-sigma": readerOf(traditionalStrategy),
  rlrt: readerOf(rlrtStrategy),
  "ou-thresholds": readerOf(ornsteinUhlenbeckStrategy),
  "momentum-ranking": readerOf(momentumStrategy),
  "indicator-vote": readerOf(indicatorVoteStrategy),
};

/**
 * Space of parameters of a strategy whose kind is known only when the program runs.
 *
 * @param kind which
 * @param request see readParameterSpace
 */
export function parameterSpaceOfKind(kind: StrategyKind, request: SpaceRequest): SpaceReading {
  return READERS[kind](request);
}

function readerOf<Config>(strategy: Configurable<Config>): Reader {
  return (request) => readParameterSpace(strategy, request);
}

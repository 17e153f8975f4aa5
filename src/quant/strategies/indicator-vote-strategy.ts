import {
  countVotes,
  createVotes,
  type VoteConfig,
  type VoteState,
  voterCount,
  voteWarmUpBars,
} from "./indicator-votes.ts";
import type { BarEvent, StepReason, Strategy, StrategyStep } from "./strategy.ts";
import type { IntegerParameter } from "./strategy-parameters.ts";
import { HOLD } from "./targets.ts";

export type IndicatorVoteConfig = VoteConfig & {
  /** Votes for, less votes against, at which an instrument is bought (or, mirrored, sold short). */
  readonly votesToEnter: number;
  /** Fewer than this, and the position is left. */
  readonly votesToStay: number;
  readonly sides: "long-only" | "both";
  /** Of equity, over all instruments. */
  readonly grossExposureMax: number;
};

export type IndicatorVoteState = {
  readonly votes: readonly VoteState[];
  /** 1 long, −1 short, 0 flat, one an instrument. */
  readonly sides: Float64Array;
};

type FigureName = "votesHighest" | "votesLowest" | "positions";

/**
 * Indicator vote: an instrument is bought when enough of its indicators have crossed upwards, and left when
 * too few still say so. Each instrument is judged on its own and has the same share of equity.
 *
 * Cost a bar: O(instruments · longest window).
 */
export const indicatorVoteStrategy: Strategy<
  IndicatorVoteConfig,
  null,
  IndicatorVoteState,
  FigureName
> = {
  kind: "indicator-vote",
  label: "Indicator vote",
  summary:
    "Lets moving averages, MACD, RSI and Bollinger bands of each instrument vote with the direction of their last cross, and holds what enough of them favour. It loses in markets without direction, where crosses follow each other quickly.",
  instruments: { min: 1, max: 1000 },
  parameters: {
    usesSma: {
      kind: "boolean",
      label: "Moving averages vote",
      help: "The fast simple average through the slow one.",
      default: true,
    },
    smaFastBars: bars("Fast average", "Bars of the fast moving average.", 20),
    smaSlowBars: bars("Slow average", "Bars of the slow moving average.", 50),
    usesMacd: {
      kind: "boolean",
      label: "MACD votes",
      help: "MACD through its signal line.",
      default: true,
    },
    macdFastBars: bars("MACD fast", "Bars of the fast exponential average.", 12),
    macdSlowBars: bars("MACD slow", "Bars of the slow exponential average.", 26),
    macdSignalBars: bars("MACD signal", "Bars of the average of MACD itself.", 9),
    usesRsi: {
      kind: "boolean",
      label: "RSI votes",
      help: "RSI up out of its low zone or down out of its high one.",
      default: true,
    },
    rsiBars: bars("RSI period", "Bars of the averages of gains and losses.", 14),
    rsiLow: {
      kind: "number",
      label: "RSI low",
      help: "At or below this the instrument counts as sold out; lower votes rarer.",
      unit: "index points",
      min: 1,
      max: 99,
      step: 5,
      optional: false,
      default: 30,
    },
    rsiHigh: {
      kind: "number",
      label: "RSI high",
      help: "At or above this the instrument counts as bought up; higher votes rarer.",
      unit: "index points",
      min: 1,
      max: 99,
      step: 5,
      optional: false,
      default: 70,
    },
    usesBollinger: {
      kind: "boolean",
      label: "Bollinger bands vote",
      help: "The close back in through a band.",
      default: true,
    },
    bollingerBars: bars("Bollinger window", "Bars of the bands' mean and deviation.", 20),
    bollingerDeviations: {
      kind: "number",
      label: "Bollinger width",
      help: "Distance of the bands from their mean; wider votes rarer.",
      unit: "standard deviations",
      min: 0.1,
      max: 10,
      step: 0.25,
      optional: false,
      default: 2,
    },
    votesToEnter: {
      kind: "integer",
      label: "Votes to enter",
      help: "Votes for less votes against that open a position; more trades rarer.",
      unit: "votes",
      min: 1,
      max: 4,
      step: 1,
      optional: false,
      default: 2,
    },
    votesToStay: {
      kind: "integer",
      label: "Votes to stay",
      help: "Fewer votes than this close a position; fewer holds longer.",
      unit: "votes",
      min: -3,
      max: 4,
      step: 1,
      optional: false,
      default: 1,
    },
    sides: {
      kind: "choice",
      label: "Sides",
      help: "Whether votes against open short positions.",
      choices: { "long-only": "Long only", both: "Long and short" },
      default: "long-only",
    },
    grossExposureMax: {
      kind: "number",
      label: "Largest exposure",
      help: "Share of equity that is held when every instrument has a position; larger risks more.",
      unit: "fraction",
      min: 0.01,
      max: 5,
      step: 0.1,
      optional: false,
      default: 1,
    },
  },
  rules: [
    {
      field: "smaSlowBars",
      message: "The slow average must be longer than the fast one",
      holds: ({ smaFastBars, smaSlowBars }) => smaFastBars < smaSlowBars,
    },
    {
      field: "macdSlowBars",
      message: "The slow average must be longer than the fast one",
      holds: ({ macdFastBars, macdSlowBars }) => macdFastBars < macdSlowBars,
    },
    {
      field: "rsiHigh",
      message: "The high level must be above the low one",
      holds: ({ rsiLow, rsiHigh }) => rsiLow < rsiHigh,
    },
    {
      field: "votesToEnter",
      message: "More votes are asked for than indicators vote",
      holds: (config) => config.votesToEnter <= voterCount(config),
    },
    {
      field: "votesToStay",
      message: "Staying cannot need more votes than entering",
      holds: ({ votesToStay, votesToEnter }) => votesToStay <= votesToEnter,
    },
  ],
  figures: {
    votesHighest: { label: "Most votes for", axis: "count" },
    votesLowest: { label: "Most votes against", axis: "count" },
    positions: { label: "Positions", axis: "count" },
  },
  reads: ["close"],
  formationBarsMin: () => 0,
  warmUpBars: voteWarmUpBars,
  fit: () => ({ kind: "fitted", fit: null }),
  start: (config, _fit, instrumentCount) => ({
    votes: Array.from({ length: instrumentCount }, () => createVotes(config)),
    sides: new Float64Array(instrumentCount),
  }),
  step,
};

function bars(label: string, help: string, usual: number): IntegerParameter {
  const range = { unit: "bars", min: 2, max: 5000, step: 1, optional: false } as const;
  return { kind: "integer", label, help: `${help} Longer is slower.`, ...range, default: usual };
}

function step(
  config: IndicatorVoteConfig,
  state: IndicatorVoteState,
  event: BarEvent,
): StrategyStep<IndicatorVoteState, FigureName> {
  const { votes, sides } = state;
  const isWarm = event.bar >= voteWarmUpBars(config);
  let weights: Float64Array | null = null;
  let reason: StepReason | null = null;
  let votesHighest = Number.NaN;
  let votesLowest = Number.NaN;
  for (let i = 0; i < votes.length; i++) {
    const close = event.close[i]!;
    if (!Number.isFinite(close)) continue;
    const count = countVotes(config, votes[i]!, close);
    if (!(count <= votesHighest)) votesHighest = count;
    if (!(count >= votesLowest)) votesLowest = count;
    const side = isWarm ? nextSide(config, sides[i]!, count) : 0;
    if (side === sides[i]) continue;
    sides[i] = side;
    weights ??= new Float64Array(votes.length).fill(Number.NaN);
    weights[i] = (side * config.grossExposureMax) / votes.length;
    // A bar that opens anything is an entry, whatever else it closes.
    reason = side !== 0 ? "entry" : (reason ?? "exit");
  }
  return {
    state,
    target: weights === null ? HOLD : { kind: "weights", weights, stops: null },
    figures: { votesHighest, votesLowest, positions: heldCount(sides) },
    reason,
  };
}

/** The side after a count of votes: stays with enough votes, turns round with enough against. */
function nextSide(config: IndicatorVoteConfig, side: number, count: number): number {
  if (side !== 0 && side * count >= config.votesToStay) return side;
  if (count >= config.votesToEnter) return 1;
  return count <= -config.votesToEnter && config.sides === "both" ? -1 : 0;
}

function heldCount(sides: Float64Array): number {
  let held = 0;
  for (const side of sides) if (side !== 0) held++;
  return held;
}

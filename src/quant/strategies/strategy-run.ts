import { stateFromJson, stateToJson } from "./state-json.ts";
import type {
  BarEvent,
  FitOutcome,
  FormationBars,
  Strategy,
  StrategyFigure,
  StrategyStep,
} from "./strategy.ts";

/** What one bar led to, of whatever strategy. */
export type RunStep = Omit<StrategyStep<unknown>, "state">;

/** A strategy that is under way. */
export type StrategyRun = {
  readonly step: (event: BarEvent) => RunStep;
  /** Its state as JSON, from which `resume` goes on to the bit. */
  readonly snapshot: () => string;
};

/** A strategy that has just learned, with the numbers of what it learned by name; empty: nothing. */
export type StartedRun = StrategyRun & { readonly learned: Readonly<Record<string, number>> };

/**
 * A strategy with its configuration, the types of both forgotten: what runs strategies of all kinds holds
 * these.
 */
export type OpenStrategy = {
  readonly kind: string;
  readonly figures: Readonly<Record<string, StrategyFigure>>;
  readonly instruments: { readonly min: number; readonly max: number };
  readonly formationBarsMin: number;
  readonly warmUpBars: number;
  /** Learns from the formation bars and starts, or says why there is nothing to learn. */
  readonly start: (formation: FormationBars, instrumentCount: number) => FitOutcome<StartedRun>;
  /** Goes on from the snapshot of a run of the same strategy and configuration. */
  readonly resume: (snapshot: string) => StrategyRun;
};

/**
 * Opens a strategy with a configuration.
 *
 * @param strategy of any kind
 * @param config valid, see readConfig
 */
export function openStrategy<Config, Fit, State>(
  strategy: Strategy<Config, Fit, State>,
  config: Config,
): OpenStrategy {
  return {
    kind: strategy.kind,
    figures: strategy.figures,
    instruments: strategy.instruments,
    formationBarsMin: strategy.formationBarsMin(config),
    warmUpBars: strategy.warmUpBars(config),
    start: (formation, instrumentCount) => {
      const outcome = strategy.fit(config, formation);
      if (outcome.kind === "refused") return outcome;
      const state = strategy.start(config, outcome.fit, instrumentCount);
      const fit = { ...runOf(strategy, config, state), learned: numbersOf(outcome.fit) };
      return { kind: "fitted", fit };
    },
    // A snapshot is ours; whoever stores it keeps it beside the hash of its configuration.
    resume: (snapshot) => runOf(strategy, config, stateFromJson(snapshot) as State),
  };
}

function runOf<Config, Fit, State>(
  strategy: Strategy<Config, Fit, State>,
  config: Config,
  start: State,
): StrategyRun {
  let state = start;
  return {
    step: (event) => {
      const { state: next, target, figures, reason } = strategy.step(config, state, event);
      state = next;
      return { target, figures, reason };
    },
    snapshot: () => stateToJson(state),
  };
}

function numbersOf(fit: unknown): Record<string, number> {
  if (typeof fit !== "object" || fit === null) return {};
  // Behind a gate there are two that learn: what is told is what the strategy learned.
  if ("inner" in fit) return numbersOf(fit.inner);
  const numbers = Object.entries(fit).filter(([, value]) => typeof value === "number");
  return Object.fromEntries(numbers);
}

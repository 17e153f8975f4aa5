import { createRandom } from "../synthetic/random.ts";
import type { BarEvent, FormationBars, Strategy, StrategyStep } from "./strategy.ts";

/** 2024-01-01, a Monday. */
const FIRST_OPEN_MS = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** Closes of several instruments, one array an instrument; NaN is a gap. */
export type Closes = readonly (readonly number[])[];

/** Daily bars of closes only. */
export function eventsOf(closes: Closes): readonly BarEvent[] {
  const nothing = new Float64Array(closes.length).fill(Number.NaN);
  const bars = closes[0]?.length ?? 0;
  return Array.from({ length: bars }, (_, bar) => ({
    bar,
    openTimeMs: FIRST_OPEN_MS + bar * DAY_MS,
    open: nothing,
    high: nothing,
    low: nothing,
    close: Float64Array.from(closes, (column) => column[bar] ?? Number.NaN),
    volume: nothing,
  }));
}

/** Formation bars of closes only. */
export function formationOf(closes: Closes): FormationBars {
  const bars = closes[0]?.length ?? 0;
  const nothing = new Float64Array(bars).fill(Number.NaN);
  return {
    openTimeMs: Float64Array.from({ length: bars }, (_, i) => FIRST_OPEN_MS + (i - bars) * DAY_MS),
    instruments: closes.map((column) => ({
      open: nothing,
      high: nothing,
      low: nothing,
      close: Float64Array.from(column),
      volume: nothing,
    })),
  };
}

/** Every step of a strategy over closes, from a given fit. */
export function stepsOver<Config, Fit, State, Name extends string>(
  strategy: Strategy<Config, Fit, State, Name>,
  config: Config,
  fit: Fit,
  closes: Closes,
): readonly Omit<StrategyStep<State, Name>, "state">[] {
  let state = strategy.start(config, fit, closes.length);
  return eventsOf(closes).map((event) => {
    const { state: next, ...step } = strategy.step(config, state, event);
    state = next;
    return step;
  });
}

/** One letter a bar: L long, S short, dot flat, of spread targets; = where a target says hold. */
export function sidesOf(steps: readonly Pick<StrategyStep<unknown>, "target">[]): string {
  const letters = { long: "L", short: "S", flat: "." };
  return steps
    .map(({ target }) => (target.kind === "spread" ? letters[target.side] : "="))
    .join("");
}

/** Prices of legs that share a random walk, their log spread an autoregression. */
export function cointegratedCloses(seed: number, bars: number): Closes {
  const random = createRandom(seed);
  const legY: number[] = [];
  const legX: number[] = [];
  let walk = Math.log(50);
  let spread = 0;
  for (let i = 0; i < bars; i++) {
    walk += 0.01 * random.gaussian();
    spread = 0.8 * spread + 0.01 * random.gaussian();
    legX.push(Math.exp(walk));
    legY.push(Math.exp(0.3 + 0.9 * walk + spread));
  }
  return [legY, legX];
}

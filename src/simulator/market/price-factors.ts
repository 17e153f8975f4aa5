import { createRandom } from "#quant/synthetic/random.ts";
import { seedOf } from "./block-random.ts";
import { HourlyProcess } from "./hourly-process.ts";
import type { InstrumentPlan } from "./instrument-plan.ts";

/**
 * Log price at every full hour: market, group and own part of an instrument.
 *
 * The market has GARCH(1,1) volatility under two regimes (Bollerslev 1986, Hamilton 1989) and a daily
 * rhythm; all parts share its volatility. Market and groups return to their base over months, so
 * that prices stay of the order of the real ones for ever. What ties a pair is an Ornstein–Uhlenbeck
 * process with the half-life of the plan.
 */
export type PriceFactors = {
  /** How nervous an hour is; 1 on average in calm times. */
  readonly stress: (hour: number) => number;
  /** The parts of an instrument's log price, with their deviation per hour in calm times. */
  readonly partsOf: (plan: InstrumentPlan) => readonly PricePart[];
};

export type PricePart = {
  /** Names the noise inside the hours; parts shared by instruments have one name. */
  readonly seed: number;
  readonly weight: number;
  readonly stdPerHour: number;
  readonly at: (hour: number) => number;
};

/** 0.45 % an hour is 42 % a year. */
const MARKET_STD = 0.0045;
const GROUP_STD = 0.0025;
const BASIS_STD = 0.0006;
const BASIS_HALF_LIFE_HOURS = 6;
const YEAR_HOURS = 8_766;
const MARKET_HALF_LIFE_HOURS = YEAR_HOURS / 2;
const GROUP_HALF_LIFE_HOURS = YEAR_HOURS / 4;
const WALK_HALF_LIFE_HOURS = YEAR_HOURS / 4;

const SHOCK_WEIGHT = 0.08;
const MEMORY_WEIGHT = 0.9;
/** Turbulent times come about once a month and last about a day and a half. */
const STRESS_BEGINS = 1 / 700;
const STRESS_ENDS = 1 / 36;
const STRESS_LEVEL = 2.2;
/** A single hour never trembles more than this, whatever GARCH says. */
const STRESS_MAX = 6;

export function createPriceFactors(seed: number): PriceFactors {
  const { market, stress } = marketProcesses(seed);
  const groups = new Map<string, PricePart>();
  const owns = new Map<string, PricePart>();

  const remembered = (parts: Map<string, PricePart>, name: string, make: () => PricePart) => {
    const known = parts.get(name);
    if (known !== undefined) return known;
    const made = make();
    parts.set(name, made);
    return made;
  };

  const returning = (name: string, halfLifeHours: number, stdPerHour: number): PricePart => {
    const { gaussian } = createRandom(seedOf(seed, name));
    const persistence = 2 ** (-1 / halfLifeHours);
    const process = new HourlyProcess(
      (hour, previous) =>
        persistence * previous + stdPerHour * stress(hour) * dailyRhythm(hour) * gaussian(),
    );
    return {
      seed: seedOf(seed, `${name} inside`),
      weight: 1,
      stdPerHour,
      at: (hour) => process.at(hour),
    };
  };

  const groupPart = (group: string) =>
    remembered(groups, group, () => returning(`group ${group}`, GROUP_HALF_LIFE_HOURS, GROUP_STD));
  const ownPart = (plan: InstrumentPlan) =>
    remembered(owns, plan.symbol, () => {
      const { halfLifeHours, ownStd, symbol } = plan;
      const isTied = halfLifeHours > 0;
      // Stationary deviation s of an AR(1) with persistence φ has shocks of s·√(1 − φ²).
      const std = isTied ? ownStd * Math.sqrt(1 - 2 ** (-2 / halfLifeHours)) : ownStd;
      return returning(`own ${symbol}`, isTied ? halfLifeHours : WALK_HALF_LIFE_HOURS, std);
    });
  const basisPart = (plan: InstrumentPlan) =>
    remembered(owns, `basis ${plan.symbol}`, () =>
      returning(`basis ${plan.symbol}`, BASIS_HALF_LIFE_HOURS, BASIS_STD / 3),
    );

  return {
    stress,
    partsOf: (plan) => {
      const parts = [
        { ...market, weight: plan.marketLoading },
        { ...groupPart(plan.group), weight: plan.groupLoading },
        ownPart(plan),
      ];
      return plan.market === "spot" ? parts : [...parts, basisPart(plan)];
    },
  };
}

function marketProcesses(seed: number): { market: PricePart; stress: (hour: number) => number } {
  const { gaussian, uniform } = createRandom(seedOf(seed, "market"));
  const constantWeight = 1 - SHOCK_WEIGHT - MEMORY_WEIGHT;
  const persistence = 2 ** (-1 / MARKET_HALF_LIFE_HOURS);
  let variance = 1;
  let isStressed = false;
  let lastShock = 0;
  const stress = new HourlyProcess(() => {
    if (uniform() < (isStressed ? STRESS_ENDS : STRESS_BEGINS)) isStressed = !isStressed;
    variance = constantWeight + SHOCK_WEIGHT * lastShock ** 2 + MEMORY_WEIGHT * variance;
    lastShock = Math.sqrt(variance) * gaussian();
    return Math.min(STRESS_MAX, Math.sqrt(variance) * (isStressed ? STRESS_LEVEL : 1));
  });
  const shocks = createRandom(seedOf(seed, "market shocks"));
  const market = new HourlyProcess(
    (hour, previous) =>
      persistence * previous + MARKET_STD * stress.at(hour) * dailyRhythm(hour) * shocks.gaussian(),
  );
  return {
    market: {
      seed: seedOf(seed, "market inside"),
      weight: 1,
      stdPerHour: MARKET_STD,
      at: (hour) => market.at(hour),
    },
    stress: (hour) => stress.at(hour),
  };
}

/** Trading is liveliest when Europe and America overlap, about 15:00 UTC; 1 on average over a day. */
export function dailyRhythm(hour: number): number {
  return 1 + 0.3 * Math.cos(((hour - 15) / 24) * 2 * Math.PI);
}

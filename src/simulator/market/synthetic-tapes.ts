import type { SimulatorSettings } from "../simulator-options.ts";
import { INSTRUMENT_PLANS, type InstrumentPlan } from "./instrument-plan.ts";
import { createPriceFactors } from "./price-factors.ts";
import { SyntheticTape } from "./synthetic-tape.ts";
import type { Tape } from "./tape.ts";

const TRADES_PER_SECOND = 60;

/** The tapes of the market model as the settings want them. */
export function createSyntheticTapes(settings: SimulatorSettings): readonly Tape[] {
  const { seed, symbols } = settings;
  const factors = createPriceFactors(seed);
  const plans = INSTRUMENT_PLANS.filter(
    ({ symbol }) => symbols === undefined || symbols.includes(symbol),
  );
  const unknown = symbols?.filter((symbol) => !plans.some((plan) => plan.symbol === symbol)) ?? [];
  if (unknown.length > 0) throw new Error(`Unknown symbols: ${unknown.join(", ")}`);
  const tapes = plans.map((plan) => {
    const tradesPerSecond = rateOf(plan, settings.tradesPerSecond);
    return new SyntheticTape(plan, { seed, factors, tradesPerSecond });
  });
  for (const { market, symbol, ...change } of settings.activity) {
    tapes
      .find(({ plan }) => plan.market === market && plan.symbol === symbol)
      ?.activity.change(change);
  }
  return tapes;
}

/** Shares stay what they are when only some symbols are listed, so their trades do too. */
function rateOf(plan: InstrumentPlan, rate: SimulatorSettings["tradesPerSecond"]): number {
  const all = INSTRUMENT_PLANS.filter(({ market }) => market === plan.market);
  const share = plan.activity / all.reduce((sum, { activity }) => sum + activity, 0);
  if (typeof rate === "number") return rate * share;
  return rate[plan.symbol] ?? TRADES_PER_SECOND * share;
}

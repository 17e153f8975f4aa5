import { CASH_CAUSE } from "../backtest/cash-ledger.ts";
import { heldAfterFill } from "./held-after-fill.ts";
import type { ReportedRun } from "./reported-run.ts";

/**
 * Where the money of a leg came from and went, quote currency. `grossProfit` is what the fills would have
 * made at their decision prices, with what is still open at the last close; `slippage` is what the worse
 * prices took of it. Funding and dividends are what came in, negative when paid; the others are costs.
 * `net` is grossProfit − slippage − fees + funding − borrow + dividends − liquidationFees.
 */
export type CostParts = {
  readonly grossProfit: number;
  readonly slippage: number;
  readonly fees: number;
  readonly funding: number;
  readonly borrow: number;
  readonly dividends: number;
  readonly liquidationFees: number;
  readonly net: number;
};

/** The same of one leg of a book; `openValue` is what it still holds at its last close, signed. */
export type LegCosts = CostParts & {
  readonly book: number;
  readonly instrument: number;
  readonly openValue: number;
};

/**
 * All legs and their sum. `equityChange` is the last equity less the initial one; `unexplained` is what
 * the sum of the legs misses of it: the rounding of the additions, far below a cent, and nothing else.
 */
export type CostAttribution = {
  readonly legs: readonly LegCosts[];
  readonly total: CostParts;
  readonly equityChange: number;
  readonly unexplained: number;
};

/**
 * Cost attribution: from gross profit to net, leg by leg and in all.
 *
 * @param reported the run
 * @returns see CostAttribution; the legs in the order of the run's costs
 *
 * Cost: O(fills + cash entries + bars without a price at the end).
 */
export function costAttribution(reported: ReportedRun): CostAttribution {
  const { run, bars, initialCash } = reported;
  const { cashEntries, fills } = run;
  const tradeCash = new Float64Array(run.costs.length);
  cashEntries.slot.forEach((slot, i) => {
    if (cashEntries.cause[i] === CASH_CAUSE.trade) tradeCash[slot]! += cashEntries.amount[i]!;
  });
  const held = new Float64Array(run.costs.length);
  fills.slot.forEach((slot, i) => {
    held[slot] = heldAfterFill(held[slot]!, fills.quantity[i]!);
  });
  const legs = run.costs.map((costs, slot): LegCosts => {
    const { book, instrument, slippageCost: slippage } = costs;
    const units = held[slot]!;
    const openValue = units === 0 ? 0 : units * lastClose(bars.instruments[instrument]!.close);
    const { fees, funding, borrow, dividends, liquidationFees } = costs;
    const parts = {
      grossProfit: tradeCash[slot]! + openValue + slippage,
      slippage,
      fees,
      funding,
      borrow,
      dividends,
      liquidationFees,
    };
    return { book, instrument, openValue, ...parts, net: netOf(parts) };
  });
  const total = totalOf(legs);
  const equityChange = (run.equity.at(-1) ?? initialCash) - initialCash;
  return { legs, total, equityChange, unexplained: equityChange - total.net };
}

function lastClose(close: Float64Array): number {
  let bar = close.length - 1;
  while (bar >= 0 && Number.isNaN(close[bar]!)) bar -= 1;
  return close[bar]!;
}

function netOf(parts: Omit<CostParts, "net">): number {
  const { grossProfit, slippage, fees, funding, borrow, dividends, liquidationFees } = parts;
  return grossProfit - slippage - fees + funding - borrow + dividends - liquidationFees;
}

function totalOf(legs: readonly LegCosts[]): CostParts {
  const sum = (part: keyof CostParts): number => legs.reduce((total, leg) => total + leg[part], 0);
  const parts = {
    grossProfit: sum("grossProfit"),
    slippage: sum("slippage"),
    fees: sum("fees"),
    funding: sum("funding"),
    borrow: sum("borrow"),
    dividends: sum("dividends"),
    liquidationFees: sum("liquidationFees"),
  };
  return { ...parts, net: netOf(parts) };
}

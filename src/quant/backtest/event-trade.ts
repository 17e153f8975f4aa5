import type { StepReason } from "../strategies/strategy.ts";
import { type CashLedger, cashSinceFlat } from "./cash-ledger.ts";

/** Why a trade was left: the strategy's reason, or what the engine had to do. */
export type EventExitReason =
  | StepReason
  | "reversal"
  | "protective-stop"
  | "protective-limit"
  | "liquidation"
  | "delisted"
  | "ruin"
  | "end";

/**
 * One leg of a round trip, money in the quote currency. `quantity` is all that was opened, signed;
 * prices are averages of the fills, slippage included, NaN of a leg that was never filled. `grossPnl` is
 * the cash that bought and sold, so `slippageCost` is inside it and stands here as attribution only.
 * Fees, borrow and liquidation fee are costs; funding and dividends are what came in, negative when paid.
 * `netPnl` is grossPnl − fees + funding − borrow + dividends − liquidationFee.
 */
export type EventTradeLeg = {
  readonly instrument: number;
  readonly quantity: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly grossPnl: number;
  readonly fees: number;
  readonly slippageCost: number;
  readonly funding: number;
  readonly borrow: number;
  readonly dividends: number;
  readonly liquidationFee: number;
  readonly netPnl: number;
  readonly tradedNotional: number;
};

/**
 * A round trip: from the first fill to flat, of a pair or of one instrument of a basket. Bars are
 * indexes; a signal is given at the close of its bar, a fill happens in its own. `netPnl` is the sum of
 * the legs' netPnl, exactly.
 */
export type EventTrade = {
  readonly book: number;
  readonly side: "long" | "short";
  readonly hedgeRatio: number | null;
  readonly entrySignalBar: number;
  readonly entryFillBar: number;
  readonly exitSignalBar: number;
  readonly exitFillBar: number;
  readonly entryReason: StepReason | null;
  readonly exitReason: EventExitReason;
  readonly legs: readonly EventTradeLeg[];
  readonly netPnl: number;
};

/** What the fills of a slot add up to since it was flat; one value a slot. */
export type LegTallies = {
  readonly entryQuantity: Float64Array;
  readonly entryNotional: Float64Array;
  readonly exitQuantity: Float64Array;
  readonly exitNotional: Float64Array;
  readonly slippage: Float64Array;
  /** What the units that are still held were bought or sold for: each reduction takes its share of it. */
  readonly heldCost: Float64Array;
};

/** Tallies of slots that have never been held. */
export function createLegTallies(slots: number): LegTallies {
  return {
    entryQuantity: new Float64Array(slots),
    entryNotional: new Float64Array(slots),
    exitQuantity: new Float64Array(slots),
    exitNotional: new Float64Array(slots),
    slippage: new Float64Array(slots),
    heldCost: new Float64Array(slots),
  };
}

/**
 * The finished leg of a slot that has just become flat.
 *
 * @param ledger cash of the slot since it was flat before
 * @param tallies fills of the slot since then
 * @param place slot and instrument
 */
export function finishedLeg(
  ledger: CashLedger,
  tallies: LegTallies,
  { slot, instrument }: { readonly slot: number; readonly instrument: number },
): EventTradeLeg {
  const grossPnl = cashSinceFlat(ledger, slot, "trade");
  const fees = 0 - cashSinceFlat(ledger, slot, "fee");
  const funding = cashSinceFlat(ledger, slot, "funding");
  const borrow = 0 - cashSinceFlat(ledger, slot, "borrow");
  const dividends = cashSinceFlat(ledger, slot, "dividend");
  const liquidationFee = 0 - cashSinceFlat(ledger, slot, "liquidation");
  const entryNotional = tallies.entryNotional[slot]!;
  const exitNotional = tallies.exitNotional[slot]!;
  return {
    instrument,
    quantity: tallies.entryQuantity[slot]!,
    entryPrice: entryNotional / Math.abs(tallies.entryQuantity[slot]!),
    exitPrice: exitNotional / Math.abs(tallies.exitQuantity[slot]!),
    grossPnl,
    fees,
    slippageCost: tallies.slippage[slot]!,
    funding,
    borrow,
    dividends,
    liquidationFee,
    netPnl: grossPnl - fees + funding - borrow + dividends - liquidationFee,
    tradedNotional: entryNotional + exitNotional,
  };
}

/** Begins the next trade of a slot. */
export function forgetLeg(tallies: LegTallies, slot: number): void {
  tallies.entryQuantity[slot] = 0;
  tallies.entryNotional[slot] = 0;
  tallies.exitQuantity[slot] = 0;
  tallies.exitNotional[slot] = 0;
  tallies.slippage[slot] = 0;
  tallies.heldCost[slot] = 0;
}

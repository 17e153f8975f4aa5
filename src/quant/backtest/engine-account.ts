import { CASH_CAUSE, type CashLedger, cashOf, createCashLedger, enterCash } from "./cash-ledger.ts";
import { createLegTallies, type LegTallies } from "./event-trade.ts";
import { createFillLog, type FillLog, logFill } from "./fill-log.ts";
import { borrowDue, dividendsDue, type FundingTerms, fundingDue } from "./holding-costs.ts";
import type { InstrumentCosts } from "./instrument-costs.ts";
import { roundToTick } from "./lot-rule.ts";
import type { MarketBars } from "./market-bars.ts";
import { slippageRate } from "./slippage-model.ts";
import { type FillRole, fillFee } from "./venue-fees.ts";

/** What is due at each open for holding one instrument; null where nothing ever is, or nobody trades it. */
type HoldingDue = {
  readonly funding: Float64Array | null;
  readonly dividends: Float64Array | null;
  readonly borrow: Float64Array | null;
};

/**
 * Cash and positions of all books while a backtest runs. A slot is a leg of a book: positions are kept
 * by slot, marks and volumes by instrument.
 */
export type EngineAccount = {
  bars: MarketBars;
  readonly costs: readonly InstrumentCosts[];
  due: readonly HoldingDue[];
  readonly slotInstrument: Int32Array;
  /** The instruments of all slots, each once. */
  readonly tradedInstruments: Int32Array;
  /** Signed units a slot. */
  readonly quantity: Float64Array;
  /** Last close an instrument, NaN before the first, and where nobody trades it. */
  readonly mark: Float64Array;
  /** Volume of the last closed bar an instrument. */
  readonly lastVolume: Float64Array;
  /** Units an instrument that all fills of the bar have taken so far, bought or sold. */
  readonly filledUnits: Float64Array;
  readonly ledger: CashLedger;
  readonly fills: FillLog;
  readonly tallies: LegTallies;
  readonly slippageTotal: Float64Array;
  equity: number;
  grossExposure: number;
  netExposure: number;
};

/** A fill to be made: signed units at a decision price; a resting limit does not slip. */
export type FillRequest = {
  readonly bar: number;
  readonly slot: number;
  readonly quantity: number;
  readonly price: number;
  readonly role: FillRole;
};

/**
 * An account with cash and nothing else.
 *
 * @param bars the market
 * @param costs checked costs, one an instrument
 * @param slotInstrument the instrument of every slot
 * @param initialCash quote currency
 */
export function createEngineAccount(
  bars: MarketBars,
  costs: readonly InstrumentCosts[],
  slotInstrument: Int32Array,
  initialCash: number,
): EngineAccount {
  const slots = slotInstrument.length;
  const { openTimeMs, instruments } = bars;
  const tradedInstruments = Int32Array.from(new Set(slotInstrument));
  return {
    bars,
    costs,
    due: dueOn(openTimeMs, costs, tradedInstruments),
    slotInstrument,
    tradedInstruments,
    quantity: new Float64Array(slots),
    mark: new Float64Array(instruments.length).fill(Number.NaN),
    lastVolume: new Float64Array(instruments.length).fill(Number.NaN),
    filledUnits: new Float64Array(instruments.length),
    ledger: createCashLedger(initialCash, slots),
    fills: createFillLog(),
    tallies: createLegTallies(slots),
    slippageTotal: new Float64Array(slots),
    equity: initialCash,
    grossExposure: 0,
    netExposure: 0,
  };
}

/**
 * Goes on with an account on bars that begin like those before them and end later.
 *
 * @param account changed
 * @param bars a longer part of the same market
 */
export function lengthenBars(account: EngineAccount, bars: MarketBars): void {
  account.bars = bars;
  account.due = dueOn(bars.openTimeMs, account.costs, account.tradedInstruments);
}

function dueOn(
  openTimeMs: Float64Array,
  costs: readonly InstrumentCosts[],
  tradedInstruments: Int32Array,
): readonly HoldingDue[] {
  const holdingDue = holdingDueOn(openTimeMs);
  return costs.map((one, instrument) =>
    tradedInstruments.includes(instrument) ? holdingDue(one) : NOTHING_DUE,
  );
}

const NOTHING_DUE: HoldingDue = { funding: null, dividends: null, borrow: null };

/** Instruments of one venue mostly have the same terms, which are worked out once. */
function holdingDueOn(openTimeMs: Float64Array): (costs: InstrumentCosts) => HoldingDue {
  const fundingOf = remembered((terms: FundingTerms) => fundingDue(openTimeMs, terms));
  const borrowOf = remembered((rateAnnual: number) => borrowDue(openTimeMs, rateAnnual));
  return ({ funding, dividends, borrowRateAnnual }) => ({
    funding: funding === null ? null : fundingOf(funding),
    dividends: dividends === null ? null : dividendsDue(openTimeMs, dividends),
    borrow: borrowRateAnnual === 0 ? null : borrowOf(borrowRateAnnual),
  });
}

function remembered<Terms>(dueOf: (terms: Terms) => Float64Array): (terms: Terms) => Float64Array {
  const known = new Map<Terms, Float64Array>();
  return (terms) => {
    const due = known.get(terms) ?? dueOf(terms);
    known.set(terms, due);
    return due;
  };
}

/**
 * Charges what is due at the open of a bar for what has been held until then, at the open, or at the
 * last close of an instrument that has no open there.
 */
export function chargeHoldings(account: EngineAccount, bar: number): void {
  const { quantity, slotInstrument, ledger } = account;
  for (let slot = 0; slot < quantity.length; slot++) {
    const units = quantity[slot]!;
    if (units === 0) continue;
    const instrument = slotInstrument[slot]!;
    const { funding, dividends, borrow } = account.due[instrument]!;
    const open = account.bars.instruments[instrument]!.open[bar]!;
    const worth = units * (Number.isNaN(open) ? account.mark[instrument]! : open);
    if (funding !== null) {
      enterCash(ledger, bar, slot, CASH_CAUSE.funding, -worth * funding[bar]!);
    }
    if (dividends !== null) {
      enterCash(ledger, bar, slot, CASH_CAUSE.dividend, units * dividends[bar]!);
    }
    if (borrow !== null && units < 0) {
      enterCash(ledger, bar, slot, CASH_CAUSE.borrow, worth * borrow[bar]!);
    }
  }
}

/**
 * The price that a market order gets: the decision price, slipped, on the tick, both against us.
 */
export function slippedPrice(account: EngineAccount, request: FillRequest): number {
  const instrument = account.slotInstrument[request.slot]!;
  const { slippage, lots } = account.costs[instrument]!;
  const { price, quantity } = request;
  const direction = Math.sign(quantity);
  const rate = slippageRate(slippage, {
    price,
    priceTick: lots.priceTick,
    quantityAbs: Math.abs(quantity),
    takenAbs: account.filledUnits[instrument]!,
    volume: account.lastVolume[instrument]!,
  });
  return roundToTick(price * (1 + direction * rate), direction, lots.priceTick);
}

/**
 * The price by which an order in money is turned into units: the fill's, but for the impact of a size
 * that is not known yet.
 */
export function orderPrice(
  account: EngineAccount,
  slot: number,
  order: { readonly price: number; readonly direction: number },
): number {
  const { slippage, lots } = account.costs[account.slotInstrument[slot]!]!;
  const { price, direction } = order;
  const { priceTick } = lots;
  const noShare = { quantityAbs: 0, takenAbs: 0, volume: Number.POSITIVE_INFINITY };
  const rate = slippageRate(slippage, { price, priceTick, ...noShare });
  return roundToTick(price * (1 + direction * rate), direction, priceTick);
}

/**
 * Fills: cash pays for units and fee, and the fill is written down.
 *
 * @param account changed
 * @param request what is filled
 * @returns the notional, quote currency, not negative
 */
export function fillSlot(account: EngineAccount, request: FillRequest): number {
  const { bar, slot, quantity, role } = request;
  const { tallies, ledger } = account;
  const instrument = account.slotInstrument[slot]!;
  const price = role === "maker" ? request.price : slippedPrice(account, request);
  const units = Math.abs(quantity);
  const notional = units * price;
  const fee = fillFee(account.costs[instrument]!.fees, notional, role);
  const slippageCost = units * Math.abs(price - request.price);
  const held = account.quantity[slot]!;
  if (held * quantity >= 0) {
    tallies.entryQuantity[slot]! += quantity;
    tallies.entryNotional[slot]! += notional;
    tallies.heldCost[slot]! += notional;
  } else {
    // What is left has cost what it did; a property of the average, whichever units were sold.
    tallies.heldCost[slot]! *= Math.max(0, 1 + quantity / held);
    tallies.exitQuantity[slot]! += quantity;
    tallies.exitNotional[slot]! += notional;
  }
  tallies.slippage[slot]! += slippageCost;
  account.slippageTotal[slot]! += slippageCost;
  account.filledUnits[instrument]! += units;
  account.quantity[slot] = held + quantity;
  enterCash(ledger, bar, slot, CASH_CAUSE.trade, -quantity * price);
  enterCash(ledger, bar, slot, CASH_CAUSE.fee, -fee);
  const isMaker = role === "maker" ? 1 : 0;
  logFill(account.fills, { bar, slot, quantity, price, fee, slippageCost, isMaker });
  return notional;
}

/** Remembers the closes and volumes of a bar. */
export function noteBar(account: EngineAccount, bar: number): void {
  const { mark, lastVolume, tradedInstruments } = account;
  const { instruments } = account.bars;
  for (let i = 0; i < tradedInstruments.length; i++) {
    const instrument = tradedInstruments[i]!;
    const { close, volume } = instruments[instrument]!;
    if (Number.isNaN(close[bar]!)) continue;
    mark[instrument] = close[bar]!;
    lastVolume[instrument] = volume[bar]!;
  }
}

/** Values the account at the marks. */
export function valueAccount(account: EngineAccount): void {
  const { quantity, slotInstrument, mark } = account;
  let gross = 0;
  let net = 0;
  for (let slot = 0; slot < quantity.length; slot++) {
    const units = quantity[slot]!;
    if (units === 0) continue;
    const worth = units * mark[slotInstrument[slot]!]!;
    gross += Math.abs(worth);
    net += worth;
  }
  account.grossExposure = gross;
  account.netExposure = net;
  account.equity = cashOf(account.ledger) + net;
}

/** Why cash changed. Slippage is inside `trade`: it is a worse price, not a payment of its own. */
export const CASH_CAUSES = [
  "trade",
  "fee",
  "funding",
  "borrow",
  "dividend",
  "liquidation",
] as const;

/** One of {@link CASH_CAUSES}. */
export type CashCause = (typeof CASH_CAUSES)[number];

/** The codes of the causes in the column of a ledger: their places in {@link CASH_CAUSES}. */
export const CASH_CAUSE: Readonly<Record<CashCause, number>> = {
  trade: 0,
  fee: 1,
  funding: 2,
  borrow: 3,
  dividend: 4,
  liquidation: 5,
};

/**
 * Every change of cash with its bar, its slot (a leg of a book) and its cause; amounts in the quote
 * currency, positive came in.
 */
export type CashEntries = {
  readonly bar: Int32Array;
  readonly slot: Int32Array;
  readonly cause: Uint8Array;
  readonly amount: Float64Array;
};

/**
 * A ledger being written: columns that double when they are full, and `sinceFlat` and `total`, which
 * hold amounts by slot and cause (row-major, one row a slot).
 */
export type CashLedger = {
  bar: Int32Array;
  slot: Int32Array;
  cause: Uint8Array;
  amount: Float64Array;
  length: number;
  sum: number;
  compensation: number;
  readonly sinceFlat: Float64Array;
  readonly total: Float64Array;
};

const FIRST_CAPACITY = 256;

/**
 * An empty ledger.
 *
 * @param initialCash quote currency
 * @param slots legs of all books
 */
export function createCashLedger(initialCash: number, slots: number): CashLedger {
  return {
    bar: new Int32Array(FIRST_CAPACITY),
    slot: new Int32Array(FIRST_CAPACITY),
    cause: new Uint8Array(FIRST_CAPACITY),
    amount: new Float64Array(FIRST_CAPACITY),
    length: 0,
    sum: initialCash,
    compensation: 0,
    sinceFlat: new Float64Array(slots * CASH_CAUSES.length),
    total: new Float64Array(slots * CASH_CAUSES.length),
  };
}

/**
 * One change of cash.
 *
 * @param ledger written to; its cash is a compensated sum (Neumaier 1974), so that a million small
 *   payments do not wear a cent away
 * @param bar index of the bar
 * @param slot the leg it belongs to
 * @param cause code of {@link CASH_CAUSE}
 * @param amount quote currency, positive comes in; zero is not entered
 *
 * Cost: O(1) amortised.
 */
export function enterCash(
  ledger: CashLedger,
  bar: number,
  slot: number,
  cause: number,
  amount: number,
): void {
  if (amount === 0) return;
  if (ledger.length === ledger.bar.length) widen(ledger);
  const at = ledger.length++;
  ledger.bar[at] = bar;
  ledger.slot[at] = slot;
  ledger.cause[at] = cause;
  ledger.amount[at] = amount;
  const cell = slot * CASH_CAUSES.length + cause;
  ledger.sinceFlat[cell]! += amount;
  ledger.total[cell]! += amount;
  const sum = ledger.sum + amount;
  ledger.compensation +=
    Math.abs(ledger.sum) >= Math.abs(amount)
      ? ledger.sum - sum + amount
      : amount - sum + ledger.sum;
  ledger.sum = sum;
}

/** Cash after all entries. */
export function cashOf(ledger: CashLedger): number {
  return ledger.sum + ledger.compensation;
}

/** What was entered for a slot and a cause since its last trade ended. */
export function cashSinceFlat(ledger: CashLedger, slot: number, cause: CashCause): number {
  return ledger.sinceFlat[slot * CASH_CAUSES.length + CASH_CAUSE[cause]]!;
}

/** What was entered for a slot and a cause in all. */
export function cashTotal(ledger: CashLedger, slot: number, cause: CashCause): number {
  return ledger.total[slot * CASH_CAUSES.length + CASH_CAUSE[cause]]!;
}

/** Begins the account of the next trade of a slot. */
export function forgetTrade(ledger: CashLedger, slot: number): void {
  const from = slot * CASH_CAUSES.length;
  ledger.sinceFlat.fill(0, from, from + CASH_CAUSES.length);
}

/** A copy of the entries, in the order in which they were made. */
export function cashEntries(ledger: CashLedger): CashEntries {
  const { length } = ledger;
  return {
    bar: ledger.bar.slice(0, length),
    slot: ledger.slot.slice(0, length),
    cause: ledger.cause.slice(0, length),
    amount: ledger.amount.slice(0, length),
  };
}

function widen(ledger: CashLedger): void {
  const { bar, slot, cause, amount } = ledger;
  const capacity = 2 * bar.length;
  ledger.bar = new Int32Array(capacity);
  ledger.slot = new Int32Array(capacity);
  ledger.cause = new Uint8Array(capacity);
  ledger.amount = new Float64Array(capacity);
  ledger.bar.set(bar);
  ledger.slot.set(slot);
  ledger.cause.set(cause);
  ledger.amount.set(amount);
}

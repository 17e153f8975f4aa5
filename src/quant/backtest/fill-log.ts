import { type GrowableColumn, growableColumn, pushValue, usedPart } from "./growable-column.ts";

/**
 * Every fill, in order: signed units, the price that was paid (slippage and tick included), what it
 * cost; `isMaker` is 1 for a resting limit. Slot and bar are indexes.
 */
export type FillColumns = {
  readonly bar: Float64Array;
  readonly slot: Float64Array;
  readonly quantity: Float64Array;
  readonly price: Float64Array;
  readonly fee: Float64Array;
  readonly slippageCost: Float64Array;
  readonly isMaker: Float64Array;
};

/** Fills being written. */
export type FillLog = { readonly [Column in keyof FillColumns]: GrowableColumn };

/** One row of {@link FillColumns}. */
export type FillRow = { readonly [Column in keyof FillColumns]: number };

/** An empty log. */
export function createFillLog(): FillLog {
  return {
    bar: growableColumn(),
    slot: growableColumn(),
    quantity: growableColumn(),
    price: growableColumn(),
    fee: growableColumn(),
    slippageCost: growableColumn(),
    isMaker: growableColumn(),
  };
}

/** Appends a fill. */
export function logFill(log: FillLog, row: FillRow): void {
  pushValue(log.bar, row.bar);
  pushValue(log.slot, row.slot);
  pushValue(log.quantity, row.quantity);
  pushValue(log.price, row.price);
  pushValue(log.fee, row.fee);
  pushValue(log.slippageCost, row.slippageCost);
  pushValue(log.isMaker, row.isMaker);
}

/** A copy of the fills. */
export function fillColumns(log: FillLog): FillColumns {
  return {
    bar: usedPart(log.bar),
    slot: usedPart(log.slot),
    quantity: usedPart(log.quantity),
    price: usedPart(log.price),
    fee: usedPart(log.fee),
    slippageCost: usedPart(log.slippageCost),
    isMaker: usedPart(log.isMaker),
  };
}

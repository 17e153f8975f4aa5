import { expect, test } from "vitest";
import {
  CASH_CAUSE,
  CASH_CAUSES,
  cashEntries,
  cashOf,
  cashSinceFlat,
  cashTotal,
  createCashLedger,
  enterCash,
  forgetTrade,
} from "./cash-ledger.ts";

test("cash is what was there and what was entered, by slot and cause", () => {
  const ledger = createCashLedger(1_000, 2);
  enterCash(ledger, 3, 1, CASH_CAUSE.trade, -250);
  enterCash(ledger, 3, 1, CASH_CAUSE.fee, -0.25);
  enterCash(ledger, 4, 0, CASH_CAUSE.dividend, 0);
  expect(cashOf(ledger)).toBe(749.75);
  expect(cashSinceFlat(ledger, 1, "trade")).toBe(-250);
  forgetTrade(ledger, 1);
  expect(cashSinceFlat(ledger, 1, "trade")).toBe(0);
  expect(cashTotal(ledger, 1, "fee")).toBe(-0.25);
  expect([...cashEntries(ledger).amount]).toEqual([-250, -0.25]);
});

test("a million payments of a tenth of a cent wear nothing away", () => {
  const ledger = createCashLedger(1e9, 1);
  for (let bar = 0; bar < 1_000_000; bar++) enterCash(ledger, bar, 0, CASH_CAUSE.borrow, -0.001);
  expect(cashOf(ledger)).toBeCloseTo(1e9 - 1_000, 6);
  expect(cashEntries(ledger).bar.length).toBe(1_000_000);
});

test("the code of a cause is its place", () => {
  expect(CASH_CAUSES.map((cause) => CASH_CAUSE[cause])).toEqual([0, 1, 2, 3, 4, 5]);
});

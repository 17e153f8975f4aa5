import { expect, test } from "vitest";
import {
  DIVIDEND_BOUNDS,
  FUNDING_BOUNDS,
  paymentRows,
  problemsText,
  readPaymentRows,
} from "./payment-rows.ts";

test("dates, moments and milliseconds are times; a header and empty rows are skipped", () => {
  const text =
    "time, amount\n2024-01-02, 0.5\n\n2024-01-03 08:00, 0.25\n2024-01-04T00:00+01:00;1\n1704412800000\t2";
  expect(readPaymentRows(text, DIVIDEND_BOUNDS)).toEqual({
    payments: [
      { timeMs: Date.UTC(2024, 0, 2), value: 0.5 },
      { timeMs: Date.UTC(2024, 0, 3, 8), value: 0.25 },
      { timeMs: Date.UTC(2024, 0, 3, 23), value: 1 },
      { timeMs: Date.UTC(2024, 0, 5), value: 2 },
    ],
    problems: [],
  });
});

test.each([
  { name: "no amount", row: "2024-01-03", says: "write a time and an amount, with a comma" },
  { name: "words for a time", row: "yesterday, 1", says: "“yesterday” is no time" },
  { name: "a day that is none", row: "2024-13-03, 1", says: "“2024-13-03” is no time" },
  { name: "words for an amount", row: "2024-01-03, much", says: "“much” is no amount" },
  { name: "nothing for an amount", row: "2024-01-03,", says: "“” is no amount" },
  { name: "a dividend of nothing", row: "2024-01-03, 0", says: "must be above 0" },
  { name: "too much", row: "2024-01-03, 1e10", says: "at most 1,000,000,000" },
  { name: "a time again", row: "2024-01-02, 1", says: "times must ascend" },
])("a row with $name is named by its number", ({ row, says }) => {
  const { payments, problems } = readPaymentRows(`2024-01-02, 1\n${row}`, DIVIDEND_BOUNDS);
  expect(problems).toEqual([`Row 2: ${says}`]);
  expect(payments).toHaveLength(1);
});

test("funding may be paid and received", () => {
  expect(readPaymentRows("2024-01-02, -0.0001", FUNDING_BOUNDS).problems).toEqual([]);
  expect(readPaymentRows("2024-01-02, -2", FUNDING_BOUNDS).problems).toEqual([
    "Row 1: at least -1",
  ]);
});

test("payments come back from their rows", () => {
  const payments = [
    { timeMs: Date.UTC(2024, 0, 2), value: 0.1 },
    { timeMs: Date.UTC(2024, 5, 2, 3, 4, 5), value: 1e-7 },
  ];
  expect(readPaymentRows(paymentRows(payments), DIVIDEND_BOUNDS).payments).toEqual(payments);
});

test("many problems are told by the first three", () => {
  expect(problemsText(["a", "b", "c", "d", "e"])).toBe("a. b. c. And 2 more");
});

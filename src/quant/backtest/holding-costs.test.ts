import { expect, test } from "vitest";
import { borrowDue, dividendsDue, fundingDue } from "./holding-costs.ts";

const HOUR = 3_600_000;

test("constant funding is due at the open of the bar that its moment reaches", () => {
  const times = Float64Array.from([7, 8, 9, 15, 25].map((hour) => hour * HOUR));
  const due = fundingDue(times, { kind: "constant", rate: 0.001, everyMs: 8 * HOUR });
  expect([...due]).toEqual([0, 0.001, 0, 0, 0.002]);
});

test("rates and dividends of a series are summed since the bar before, none before the first", () => {
  const timeMs = Float64Array.of(1, 5, 11, 12, 20, 99);
  const values = Float64Array.of(1, 2, 4, 8, 16, 32);
  const times = Float64Array.of(5, 10, 20);
  const rates = fundingDue(times, { kind: "series", timeMs, rate: values });
  expect([...rates]).toEqual([0, 0, 28]);
  expect([...dividendsDue(times, { timeMs, perUnit: values })]).toEqual([0, 0, 28]);
});

test("borrow runs on the calendar", () => {
  const times = Float64Array.from([0, 24, 96].map((hour) => hour * HOUR));
  expect([...borrowDue(times, 0.365)]).toEqual([0, 0.001, 0.003]);
});

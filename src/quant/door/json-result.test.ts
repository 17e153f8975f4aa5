import { expect, test } from "vitest";
import { jsonResult } from "./json-result.ts";

test("numbers keep every digit", () => {
  const result = jsonResult({ value: 0.1 + 0.2, series: Float64Array.of(1 / 3, 2 ** -1074) });
  expect(JSON.parse(JSON.stringify(result))).toEqual({
    value: 0.1 + 0.2,
    series: [1 / 3, 2 ** -1074],
  });
});

test.each([
  { name: "infinity", value: 1 / 0, reason: "value: infinity" },
  { name: "minus infinity", value: -1 / 0, reason: "value: minus infinity" },
  { name: "no number", value: Number.NaN, reason: "value: no value" },
  {
    name: "an array with gaps",
    value: Float64Array.of(Number.NaN, 1, 1 / 0),
    reason: "value: null is no value or infinity",
  },
])("$name is null with a reason beside it", ({ value, reason }) => {
  expect(jsonResult({ value, other: 1 })).toMatchObject({ other: 1, reason });
});

test("a reason that is given stands", () => {
  const result = jsonResult({ value: Number.NaN, reason: "no-mean-reversion" });
  expect(result).toEqual({ value: null, reason: "no-mean-reversion" });
});

test("the reason stands in the object that lost the value", () => {
  expect(jsonResult({ trace: { statistic: 1 / 0 }, rank: 1 })).toEqual({
    trace: { statistic: null, reason: "statistic: infinity" },
    rank: 1,
  });
});

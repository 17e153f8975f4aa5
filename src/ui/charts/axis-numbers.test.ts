import { expect, test } from "vitest";
import { axisNumbers } from "./axis-numbers.ts";

const written = (values: readonly number[], ticks: readonly number[]) => {
  const { format, unit } = axisNumbers(values);
  return [ticks.map(format).join(" "), unit];
};

test.each([
  { name: "of usual size", values: [-3, 3], ticks: [-2, 0, 2.5], text: "−2 0 2.5", unit: "" },
  {
    name: "that hardly differ",
    values: [0.4991, 0.5012],
    ticks: [0.499, 0.4995, 0.5, 0.5005],
    text: "0.499 0.4995 0.5 0.5005",
    unit: "",
  },
  {
    name: "that are tiny",
    values: [-0.00012, 0.00034],
    ticks: [-0.0001, 0, 0.00025],
    text: "−1 0 2.5",
    unit: "×10⁻⁴",
  },
  {
    name: "that are large",
    values: [1_000_000, 3_000_000],
    ticks: [1_500_000],
    text: "1.5",
    unit: "×10⁶",
  },
  { name: "that are one", values: [5, 5], ticks: [5], text: "5", unit: "" },
  { name: "that are none", values: [Number.NaN], ticks: [0], text: "0", unit: "" },
])("numbers $name can be told apart and are short", ({ values, ticks, text, unit }) => {
  expect(written(values, ticks)).toEqual([text, unit]);
});

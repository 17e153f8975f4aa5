import { expect, test } from "vitest";
import { parseTime } from "./parse-time.ts";

const JAN_2022 = Date.UTC(2022, 0, 1);

test.each([
  { text: "1640995200", unit: "s", utcMs: JAN_2022 },
  { text: "1640995200.123", unit: "s", utcMs: JAN_2022 + 123 },
  { text: "1640995200000", unit: "ms", utcMs: JAN_2022 },
  { text: "1640995200000000", unit: "us", utcMs: JAN_2022 },
  { text: "1640995200000999", unit: "us", utcMs: JAN_2022 },
  { text: "2022-01-01", unit: "date", utcMs: JAN_2022 },
  { text: "2022/01/01", unit: "date", utcMs: JAN_2022 },
  { text: "20220101", unit: "date", utcMs: JAN_2022 },
  { text: "2022-01-01T00:00:00Z", unit: "iso", utcMs: JAN_2022 },
  { text: "2022-01-01 00:00", unit: "iso", utcMs: JAN_2022 },
  { text: "2022-01-01", unit: "iso", utcMs: JAN_2022 },
  { text: "2022-01-01 01:30:00.250+01:30", unit: "iso", utcMs: JAN_2022 + 250 },
  { text: "2021-12-31T19:00:00-0500", unit: "iso", utcMs: JAN_2022 },
] as const)("$text in $unit is a time", ({ text, unit, utcMs }) => {
  expect(parseTime(text, unit)?.utcMs).toBe(utcMs);
});

test("the offset of the clock that wrote a time is kept", () => {
  expect(parseTime("2023-01-03 00:00:00-05:00", "iso")?.offsetMin).toBe(-300);
});

test.each([
  { name: "an empty cell", text: "", unit: "ms" },
  { name: "a word", text: "yesterday", unit: "iso" },
  { name: "30 February", text: "2023-02-30", unit: "date" },
  { name: "an hour 24", text: "2023-01-01T24:00:00Z", unit: "iso" },
  { name: "milliseconds read as seconds", text: "1640995200000", unit: "s" },
  { name: "a time before 1970", text: "-5", unit: "s" },
  { name: "hexadecimal", text: "0x10", unit: "ms" },
] as const)("$name is no time", ({ text, unit }) => {
  expect(parseTime(text, unit)).toBeNull();
});

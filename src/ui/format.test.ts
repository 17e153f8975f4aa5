import { expect, test } from "vitest";
import {
  formatAligned,
  formatBars,
  formatBytes,
  formatDuration,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPValue,
  formatSigned,
  formatSpanUtc,
  formatTime,
  formatTimeUtc,
  formatZScore,
} from "./format.ts";

test.each([
  { name: "four significant digits", value: 1.234567, text: "1.235" },
  { name: "whole parts are kept", value: 1_234_567.8, text: "1,234,568" },
  { name: "small values", value: 0.00012345, text: "0.0001235" },
  { name: "tiny values in powers of ten", value: 1.2345e-9, text: "1.235e−9" },
  { name: "a true minus", value: -2.5, text: "−2.5" },
  { name: "zero", value: 0, text: "0" },
  { name: "nothing", value: null, text: "–" },
  { name: "not a number", value: Number.NaN, text: "–" },
])("formatNumber writes $name", ({ value, text }) => {
  expect(formatNumber(value)).toBe(text);
});

test.each([
  { value: 0.0123, text: "0.012" },
  { value: 0.5, text: "0.5" },
  { value: 0.000123, text: "0.00012" },
  { value: 0.00001, text: "< 0.0001" },
  { value: null, text: "–" },
])("formatPValue writes $value as $text", ({ value, text }) => {
  expect(formatPValue(value)).toBe(text);
});

test.each([
  { value: -11, text: "−11.00" },
  { value: 42.2, text: "42.20" },
  { value: 0.97, text: "0.9700" },
  { value: 0, text: "0" },
  { value: 123_456.7, text: "123,457" },
  { value: null, text: "–" },
])("formatAligned writes $value as $text", ({ value, text }) => {
  expect(formatAligned(value)).toBe(text);
});

test("profit and loss carry their sign", () => {
  expect(formatMoney(1234.5, { signed: true })).toBe("+1,234.50");
  expect(formatMoney(-1234.5, { signed: true })).toBe("−1,234.50");
  expect(formatPercent(0.0512, { signed: true })).toBe("+5.12 %");
  expect(formatSigned(0)).toBe("0");
});

test("a z-score keeps two decimals and its sign", () => {
  expect([1.5, -0.00981, 0.00677, -12.345, null].map(formatZScore)).toEqual([
    "+1.50",
    "−0.01",
    "+0.01",
    "−12.35",
    "–",
  ]);
});

test.each([
  { ms: 12.4, text: "12 ms" },
  { ms: 59_700, text: "1 min" },
  { ms: 125_000, text: "2 min 5 s" },
  { ms: 3_600_000 * 38, text: "1 d 14 h" },
  { ms: 3_599_999, text: "1 h" },
  { ms: null, text: "–" },
])("formatDuration writes $ms ms as $text", ({ ms, text }) => {
  expect(formatDuration(ms)).toBe(text);
});

test("formatBars turns bars into time", () => {
  expect(formatBars(38, 3_600_000)).toBe("1 d 14 h");
});

test("a daily bar is a date in every zone", () => {
  expect(formatTime(Date.UTC(2023, 5, 30), 86_400_000)).toBe("2023-06-30");
});

test("regression: the dates of a span named the day after its last bar", () => {
  const span = { startMs: Date.UTC(2024, 0, 1), endMs: Date.UTC(2025, 0, 1) };
  expect(formatSpanUtc(span)).toBe("2024-01-01 to 2024-12-31");
});

test("formatTimeUtc names its zone", () => {
  expect(formatTimeUtc(Date.UTC(2023, 5, 30, 14, 5))).toBe("2023-06-30 14:05:00 UTC");
});

test.each([
  { bytes: 0, text: "0 B" },
  { bytes: 999, text: "999 B" },
  { bytes: 1_500_000, text: "1.5 MB" },
])("formatBytes writes $bytes as $text", ({ bytes, text }) => {
  expect(formatBytes(bytes)).toBe(text);
});

import { expect, test } from "vitest";
import { dateText, parseDateText } from "./date-text.ts";

test.each([
  { text: "2023-01-01", ms: Date.UTC(2023, 0, 1) },
  { text: "2023-01-01T14:30", ms: Date.UTC(2023, 0, 1, 14, 30) },
])("parseDateText reads $text as UTC", ({ text, ms }) => {
  expect(parseDateText(text)).toBe(ms);
  expect(dateText(ms, text.includes("T"))).toBe(text);
});

test.each(["", "2023", "2023-13-01", "01/02/2023"])(
  "parseDateText has no answer for %j",
  (text) => {
    expect(parseDateText(text)).toBeNull();
  },
);

test("dateText of nothing is empty", () => {
  expect(dateText(null, false)).toBe("");
});

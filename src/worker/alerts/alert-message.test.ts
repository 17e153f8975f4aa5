import { expect, test } from "vitest";
import { alertMessage, type ToldRule } from "./alert-message.ts";

test.each([
  ["z-score", "absolute-above", 2, -2.314159, "A / B (1m): |z-score| 2.31 is above 2"],
  ["z-score", "below", -2, -2.0000004, "A / B (1m): z-score -2.0000004 is below -2"],
  ["correlation", "below", 0.5, 0.4567891, "A / B (1m): correlation 0.457 is below 0.5"],
  ["half-life", "above", 1000, 1234.56, "A / B (1m): half-life in bars 1235 is above 1000"],
  ["price", "above", 2000, 2345.678, "A / B (1m): price 2345.68 is above 2000"],
  ["feed-gap", "above", 10, 1234567, "A / B (1m): number of missing trades 1234567 is above 10"],
] as const)(
  "%s %s %d at %d reads as a person would say it",
  (metric, operator, threshold, value, text) => {
    const rule: ToldRule = {
      subject: { metric },
      subjectTitle: "A / B (1m)",
      synthetic: false,
      condition: { operator, threshold, hysteresis: 0, cooldownMs: 0 },
    };
    expect(alertMessage(rule, value)).toBe(text);
  },
);

test("regression: alerts on simulated prices did not say so", () => {
  const rule: ToldRule = {
    subject: { metric: "z-score" },
    subjectTitle: "A / B (1m)",
    synthetic: true,
    condition: { operator: "above", threshold: 2, hysteresis: 0, cooldownMs: 0 },
  };
  expect(alertMessage(rule, 2.5)).toBe("A / B (1m): z-score 2.5 is above 2 (simulated)");
});

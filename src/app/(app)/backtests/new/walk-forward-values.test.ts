import { expect, test } from "vitest";
import { walkForwardDefaults, walkForwardOf, windowCount } from "./walk-forward-values.ts";

const HOUR_MS = 3_600_000;
const VALUES = walkForwardDefaults(HOUR_MS);

test("the defaults are three months learned and one traded, and valid", () => {
  expect(VALUES).toMatchObject({ formationBars: "2160", tradingBars: "720" });
  expect(walkForwardOf(VALUES, []).kind).toBe("valid");
  expect(walkForwardDefaults(24 * HOUR_MS)).toMatchObject({
    formationBars: "90",
    tradingBars: "30",
  });
});

test("a scan takes the instruments of its universe, and its rate is typed in percent", () => {
  const form = walkForwardOf({ ...VALUES, selection: "scan" }, [1, 2, 3]);
  expect(form).toMatchObject({
    walkForward: {
      selection: {
        kind: "scan",
        instruments: [1, 2, 3],
        falseDiscoveryRate: 0.05,
        halfLifeMaxBars: null,
      },
    },
  });
});

test("what is wrong is said at its own field", () => {
  const form = walkForwardOf(
    { ...VALUES, formationBars: "", tradingBars: "1", selection: "scan", pairsMax: "0" },
    [1],
  );
  expect(form.kind === "refused" ? Object.keys(form.problems).sort() : []).toEqual([
    "formationBars",
    "pairsMax",
    "tradingBars",
    "universeId",
  ]);
});

test("a purge must leave bars to learn from", () => {
  const form = walkForwardOf({ ...VALUES, purgeBars: "2160" }, []);
  expect(form).toEqual({
    kind: "refused",
    problems: { purgeBars: "Must leave bars to learn from" },
  });
});

test("windows are as many as trading periods begin before the end", () => {
  const plan = { formationBars: 100, tradingBars: 50, embargoBars: 0 };
  expect(windowCount(100, plan)).toBe(0);
  expect(windowCount(150, plan)).toBe(1);
  expect(windowCount(160, plan)).toBe(2);
});

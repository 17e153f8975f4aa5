import { describe, expect, test } from "vitest";
import {
  type AccountRules,
  entryRefusal,
  grossMax,
  isLiquidated,
  requireAccountRules,
} from "./portfolio-rules.ts";

const FREE: AccountRules = {
  initialCash: 1_000,
  margin: null,
  pairsMax: null,
  grossExposureMax: null,
};
const MARGIN = { initialRate: 0.1, maintenanceRate: 0.05, liquidationFeeRate: 0.01 };

describe("entryRefusal", () => {
  const proposal = { otherPairs: 2, grossAfter: 3_000, equity: 1_000 };
  const rows = [
    { name: "nothing where there are no rules", rules: FREE, proposal, is: null },
    { name: "one pair too many", rules: { ...FREE, pairsMax: 2 }, proposal, is: "pairs-max" },
    { name: "the last pair that fits", rules: { ...FREE, pairsMax: 3 }, proposal, is: null },
    {
      name: "too much exposure",
      rules: { ...FREE, grossExposureMax: 2.9 },
      proposal,
      is: "gross-exposure",
    },
    { name: "exactly the exposure", rules: { ...FREE, grossExposureMax: 3 }, proposal, is: null },
    {
      name: "too little margin",
      rules: { ...FREE, margin: { ...MARGIN, initialRate: 0.5 } },
      proposal,
      is: "initial-margin",
    },
    { name: "no money", rules: FREE, proposal: { ...proposal, equity: 0 }, is: "no-equity" },
  ];
  test.each(rows)("$name", ({ rules, proposal: asked, is }) => {
    expect(entryRefusal(rules, asked)).toBe(is);
  });
});

test("the tighter of exposure limit and margin bounds the gross exposure", () => {
  expect(grossMax({ ...FREE, grossExposureMax: 4, margin: MARGIN }, 100)).toBe(400);
  expect(grossMax({ ...FREE, grossExposureMax: 40, margin: MARGIN }, 100)).toBe(1_000);
  expect(grossMax(FREE, 100)).toBe(Infinity);
});

test("a position is liquidated below the maintenance margin, not at it", () => {
  const rules = { ...FREE, margin: MARGIN };
  expect(isLiquidated(rules, 50, 1_000)).toBe(false);
  expect(isLiquidated(rules, 49.99, 1_000)).toBe(true);
  expect(isLiquidated(FREE, -1, 1_000)).toBe(false);
});

test("rules that cannot be are refused by name", () => {
  expect(() => requireAccountRules({ ...FREE, initialCash: 0 })).toThrow("initialCash");
  expect(() => requireAccountRules({ ...FREE, pairsMax: 0.5 })).toThrow("pairsMax");
  const margin = { ...MARGIN, maintenanceRate: 0.2 };
  expect(() => requireAccountRules({ ...FREE, margin })).toThrow("margin.maintenanceRate");
});

import { expect, test } from "vitest";
import { STRATEGIES } from "#quant/strategies/strategy-kinds.ts";
import { STRATEGY_KIND_LABELS } from "./strategy-kind-labels.ts";

test("lists call the kinds what the strategies call themselves", () => {
  const labels = Object.entries(STRATEGIES).map(([kind, { label }]) => [kind, label]);
  expect(Object.entries(STRATEGY_KIND_LABELS)).toEqual(labels);
});

import { expect, test } from "vitest";
import type { LabelSpec } from "#quant/learning/labels/label-spec.ts";
import { labelWords } from "./label-words.ts";

const MEASURED = {
  of: "spread",
  hedge: "held",
  unit: "level-deviations",
  windowBars: 60,
} as const;
const SMA_10 = { kind: "sma", of: "close", periodBars: 10 } as const;
const SMA_30 = { kind: "sma", of: "close", periodBars: 30 } as const;
const RULE = { kind: "rule", rule: "crossover", of: SMA_10, over: SMA_30 } as const;

test.each<{ label: LabelSpec; words: string }>([
  {
    label: { kind: "direction", horizonBars: 1, deadZone: 0, ...MEASURED },
    words: "Direction of spread over 1 bar",
  },
  {
    label: { kind: "change", horizonBars: 5, form: "difference", ...MEASURED },
    words: "Change of spread over 5 bars",
  },
  {
    label: {
      ...{ kind: "triple-barrier", side: "reversion", profit: 1, stop: 2, limitBars: 50 },
      ...{ timeOut: "by-result", ...MEASURED },
    },
    words: "Barriers of spread within 50 bars",
  },
  { label: { ...RULE, aheadBars: 0 }, words: "sma(close, 10) crosses sma(close, 30)" },
  { label: { ...RULE, aheadBars: 2 }, words: "sma(close, 10) crosses sma(close, 30) in 2 bars" },
])("a label is called: $words", ({ label, words }) => {
  expect(labelWords(label)).toBe(words);
});

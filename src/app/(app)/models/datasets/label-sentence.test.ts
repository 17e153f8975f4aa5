import { expect, test } from "vitest";
import type { LabelSpec } from "#quant/learning/labels/label-spec.ts";
import { labelSentence } from "./label-sentence.ts";

const HELD = { of: "spread", hedge: "held", unit: "level-deviations", windowBars: 60 } as const;
const CLOSE = { of: "close", hedge: "held", unit: "absolute", windowBars: 60 } as const;
const SMA_10 = { kind: "sma", of: "close", periodBars: 10 } as const;
const SMA_30 = { kind: "sma", of: "close", periodBars: 30 } as const;

test.each<{ label: LabelSpec; says: string }>([
  {
    label: { kind: "direction", horizonBars: 1, deadZone: 0, ...CLOSE },
    says: "Whether the close is higher 1 bar later. The answer is one of 2: down or unchanged, up.",
  },
  {
    label: { kind: "direction", horizonBars: 5, deadZone: 0.5, ...HELD },
    says: "Whether the spread is higher 5 bars later, where a change of at most 0.5 standard deviations of the values of the last 60 bars is neither, with the hedge ratio held as it is now. The answer is one of 3: down, hardly any, up.",
  },
  {
    label: { kind: "change", horizonBars: 5, form: "log", ...CLOSE },
    says: "By how much the close has changed 5 bars later, as the logarithm of its growth. The answer is a number.",
  },
  {
    label: {
      ...{ kind: "triple-barrier", side: "reversion", profit: 1, stop: null, limitBars: 50 },
      ...{ timeOut: "by-result", ...HELD, hedge: "refitted" },
    },
    says: "How a position against the deviation of the spread from its mean of 60 bars ends: it is closed once it has earned 1 standard deviation of the values of the last 60 bars, or is 50 bars old, with the hedge ratio of each bar. The answer is one of 2: loss, profit.",
  },
  {
    label: { kind: "rule", rule: "above", of: SMA_10, over: SMA_30, aheadBars: 0 },
    says: "Whether sma(close, 10) stands above sma(close, 30) at this very bar. The answer is one of 2: not above, above.",
  },
])("$label.kind: $says", ({ label, says }) => {
  expect(labelSentence(label)).toBe(says);
});

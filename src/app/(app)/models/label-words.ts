import { sourceName } from "#quant/learning/features/feature-name.ts";
import type { LabelSpec } from "#quant/learning/labels/label-spec.ts";

const RULES = { crossover: "crosses", above: "above", below: "below" } as const;

/** What is to be predicted, in a few words. */
export function labelWords(label: LabelSpec): string {
  switch (label.kind) {
    case "direction":
      return `Direction of ${sourceName(label.of)} over ${bars(label.horizonBars)}`;
    case "change":
      return `Change of ${sourceName(label.of)} over ${bars(label.horizonBars)}`;
    case "triple-barrier":
      return `Barriers of ${sourceName(label.of)} within ${bars(label.limitBars)}`;
    case "rule": {
      const rule = `${sourceName(label.of)} ${RULES[label.rule]} ${sourceName(label.over)}`;
      return label.aheadBars === 0 ? rule : `${rule} in ${bars(label.aheadBars)}`;
    }
  }
}

function bars(count: number): string {
  return count === 1 ? "1 bar" : `${count} bars`;
}

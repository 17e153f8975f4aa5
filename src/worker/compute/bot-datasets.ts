import type { FeatureSpec } from "#quant/learning/features/feature-spec.ts";
import type { LearningInput } from "./learning-input.ts";

type Whole = { readonly name: string; readonly config: LearningInput["dataset"] };

/**
 * The datasets of the bot of moving averages: averages of 10 and 30 bars, their changes and their difference,
 * labelled by the rule that they already say, and beside it by what the price does next.
 */
export function botDatasets({ dataset, books }: LearningInput): readonly Whole[] {
  const of = books[0]?.length === 2 ? "spread" : "close";
  const fast: FeatureSpec = { kind: "sma", of, periodBars: 10 };
  const slow: FeatureSpec = { kind: "sma", of, periodBars: 30 };
  const features: readonly FeatureSpec[] = [
    fast,
    slow,
    { kind: "delta", of, lagBars: 1 },
    { kind: "delta", of: fast, lagBars: 1 },
    { kind: "delta", of: slow, lagBars: 1 },
    { kind: "difference", of: fast, minus: slow },
  ];
  const shared = { ...dataset, features: [...features] };
  return [
    {
      name: "label: the rule",
      config: {
        ...shared,
        label: { kind: "rule", rule: "above", of: fast, over: slow, aheadBars: 0 },
      },
    },
    {
      name: "label: the next bar",
      config: {
        ...shared,
        label: {
          kind: "direction",
          of,
          horizonBars: 1,
          deadZone: 0,
          hedge: "held",
          unit: "absolute",
          windowBars: 30,
        },
      },
    },
  ];
}

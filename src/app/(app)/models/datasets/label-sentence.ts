import { sourceName } from "#quant/learning/features/feature-name.ts";
import type { FeatureSource } from "#quant/learning/features/feature-spec.ts";
import {
  type ChangeLabel,
  type DirectionLabel,
  type LabelSpec,
  labelClasses,
  type RuleLabel,
  type TripleBarrierLabel,
} from "#quant/learning/labels/label-spec.ts";

/** What is predicted, at the close of every bar, as a plain sentence. */
export function labelSentence(label: LabelSpec): string {
  return `${asked(label)}${hedged(label)}. ${answers(label)}`;
}

function asked(label: LabelSpec): string {
  switch (label.kind) {
    case "direction":
      return `Whether ${subject(label.of)} is higher ${later(label.horizonBars)}${deadZone(label)}`;
    case "change":
      return `By how much ${subject(label.of)} has changed ${later(label.horizonBars)}, ${changeForm(label)}`;
    case "triple-barrier":
      return barriers(label);
    case "rule":
      return ruleWords(label);
  }
}

function subject(source: FeatureSource): string {
  if (source === "spread") return "the spread";
  return typeof source === "string" ? `the ${sourceName(source)}` : sourceName(source);
}

function bars(count: number): string {
  return count === 1 ? "1 bar" : `${count} bars`;
}

function later(count: number): string {
  return `${bars(count)} later`;
}

function deadZone({ deadZone: zone, ...measured }: DirectionLabel): string {
  return zone === 0 ? "" : `, where a change of at most ${distance(zone, measured)} is neither`;
}

type Measured = Pick<DirectionLabel, "unit" | "windowBars">;

function distance(size: number, { unit, windowBars }: Measured): string {
  if (unit === "absolute") return String(size);
  const what = unit === "level-deviations" ? "values" : "changes";
  const name = size === 1 ? "standard deviation" : "standard deviations";
  return `${size} ${name} of the ${what} of the last ${bars(windowBars)}`;
}

function changeForm({ form, unit, windowBars }: ChangeLabel): string {
  switch (form) {
    case "simple":
      return "as a share of it";
    case "log":
      return "as the logarithm of its growth";
    case "difference": {
      if (unit === "absolute") return "in its own unit";
      const what = unit === "level-deviations" ? "values" : "changes";
      return `in standard deviations of the ${what} of the last ${bars(windowBars)}`;
    }
  }
}

function barriers(label: TripleBarrierLabel): string {
  const { of, side, profit, stop, limitBars } = label;
  const position =
    side === "reversion"
      ? `against the deviation of ${subject(of)} from its mean of ${bars(label.windowBars)}`
      : `${side} of ${subject(of)}`;
  const ends = [
    ...(profit === null ? [] : [`has earned ${distance(profit, label)}`]),
    ...(stop === null ? [] : [`has lost ${distance(stop, label)}`]),
    `is ${bars(limitBars)} old`,
  ];
  return `How a position ${position} ends: it is closed once it ${ends.join(", or ")}`;
}

const RULES: Readonly<Record<RuleLabel["rule"], string>> = {
  above: "stands above",
  below: "stands below",
  crossover: "crosses",
};

function ruleWords({ rule, of, over, aheadBars }: RuleLabel): string {
  const when = aheadBars === 0 ? "at this very bar" : later(aheadBars);
  return `Whether ${subject(of)} ${RULES[rule]} ${subject(over)} ${when}`;
}

/** About which line of the pair what comes is measured. */
function hedged(label: LabelSpec): string {
  if (label.kind === "rule" || label.of !== "spread") return "";
  return label.hedge === "held"
    ? ", with the hedge ratio held as it is now"
    : ", with the hedge ratio of each bar";
}

function answers(label: LabelSpec): string {
  const classes = labelClasses(label).map(({ name }) => name);
  if (classes.length === 0) return "The answer is a number.";
  return `The answer is one of ${classes.length}: ${classes.join(", ")}.`;
}

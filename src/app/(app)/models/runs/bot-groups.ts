import type { LearningRunConfig, LearningRunSummary } from "#contracts/learning-run.ts";
import { labelClasses } from "#quant/learning/labels/label-spec.ts";

/** The two labels of the bot on the same rows: its own rule, and what comes next. */
export type BotGroup = {
  readonly label: string;
  /** Keys of the groups in the run. */
  readonly rule: string;
  readonly next: string;
};

/** Groups of a bot's run are named "0:…" of the rule and "1:…" of the next bar by the worker. */
const RULE = "0:";
const NEXT = "1:";

export function botGroups(groups: LearningRunSummary["groups"]): readonly BotGroup[] {
  return groups.flatMap(({ key, label }) => {
    if (!key.startsWith(RULE)) return [];
    const next = `${NEXT}${key.slice(RULE.length)}`;
    if (!groups.some((one) => one.key === next)) return [];
    return [{ label: label.replace(/, label: .*$/, ""), rule: key, next }];
  });
}

export function isRuleGroup(key: string): boolean {
  return key.startsWith(RULE);
}

/** Classes of the rows of a group: the two labels of the bot have classes of their own. */
export function classesOf(
  kind: LearningRunConfig["kind"],
  summary: Pick<LearningRunSummary, "classes">,
  group: string,
): readonly string[] {
  if (kind !== "bot" || isRuleGroup(group)) return summary.classes;
  return labelClasses({
    ...{ kind: "direction", of: "close", horizonBars: 1, deadZone: 0 },
    ...{ hedge: "held", unit: "absolute", windowBars: 30 },
  }).map(({ name }) => name);
}

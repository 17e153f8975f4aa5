import type {
  EarlierRuns,
  LearningRunConfig,
  LearningRunSummary,
  RunResult,
} from "#contracts/learning-run.ts";
import type { Verdict } from "#contracts/model.ts";
import { formatInteger, formatPercent, formatSigned } from "#ui/format.ts";
import type { Tone } from "#ui/tone.ts";
import { differenceText } from "../verdict-words.ts";
import { isRuleGroup } from "./bot-groups.ts";
import { modelNames } from "./model-names.ts";
import { lossScore } from "./run-scores.ts";
import { lossWords } from "./run-words.ts";
import { meanOf } from "./score-matrix.ts";

export type RunHeadline = {
  readonly tone: Tone;
  readonly title: string;
  readonly sentence: string;
};

type Judging = Pick<LearningRunSummary, "models" | "results" | "loss">;

type Judged = RunResult & { readonly verdict: Verdict };

/**
 * What a run came to, in one plain sentence and what it rests on.
 *
 * @param earlierRuns on the same prices: each was another chance to look good, finished or not
 */
export function runHeadline(
  kind: LearningRunConfig["kind"],
  summary: Pick<LearningRunSummary, "models" | "groups" | "results" | "loss">,
  earlierRuns: EarlierRuns = { finished: 0, unfinished: 0 },
): RunHeadline {
  const all = summary.results.filter((result): result is Judged => result.verdict !== null);
  // That the bot finds its own rule again is no success of it.
  const judged = kind === "bot" ? all.filter(({ group }) => !isRuleGroup(group)) : all;
  if (judged.length === 0) {
    return {
      tone: "bad",
      title: "No model could be judged",
      sentence: "None could be trained on every fold, or there was nothing to compare with.",
    };
  }
  const corrected = correctedWords(all.length, earlierRuns);
  const beating = judged.filter(({ verdict }) => verdict.kind === "beats");
  const subject = headlineSubject(kind, summary);
  if (beating.length === 0) return nothingBeats(judged, summary, `${subject}${corrected}`, kind);
  const names = modelNames(summary.models);
  const winners = [...new Set(beating.map(({ model }) => model))];
  const models = new Set(judged.map(({ model }) => model)).size;
  const groups = new Set(judged.map(({ group }) => group)).size;
  // What was published knew the test bars: that it beats something is no good news yet.
  const beaten = kind === "thesis" ? "warn" : "good";
  const [first] = beating;
  if (first !== undefined && beating.length === 1 && groups === 1) {
    const { baseline } = first.verdict;
    return {
      tone: beaten,
      title: `${names.get(first.model)} beats the ${inSentence(baseline)}: ${differenceWords(first.verdict, summary.loss)}`,
      sentence: `${subject}${corrected}`,
    };
  }
  const who =
    models === 1
      ? `${names.get(winners[0] ?? "")} beats its baselines`
      : `${formatInteger(winners.length)} of ${formatInteger(models)} models ${winners.length === 1 ? "beats its" : "beat their"} baselines`;
  const listed = winners.map((model) => names.get(model)).join(", ");
  const where =
    groups === 1
      ? ""
      : ` on ${formatInteger(new Set(beating.map(({ group }) => group)).size)} of ${formatInteger(groups)} groups of rows`;
  return {
    tone: beaten,
    title: `${who}${where}`,
    sentence: `${models === 1 ? "" : `${listed}. `}${subject}${corrected}`,
  };
}

function nothingBeats(
  judged: readonly Judged[],
  summary: Judging,
  evidence: string,
  kind: LearningRunConfig["kind"],
): RunHeadline {
  const models = [...new Set(judged.map(({ model }) => model))];
  const name = modelNames(summary.models).get(models[0] ?? "") ?? "The model";
  const where = kind === "bot" ? " on the next bar" : "";
  const groups = new Set(judged.map(({ group }) => group)).size;
  const best = groups === 1 ? bestOfGroup(judged, summary) : bestOverGroups(judged, summary);
  return {
    tone: "warn",
    title:
      models.length === 1
        ? `${name} does not beat its baselines${where}`
        : `None of ${formatInteger(models.length)} models beats its baselines${where}`,
    sentence: `${best}${evidence}`,
  };
}

function bestOfGroup(judged: readonly Judged[], { models, loss }: Judging): string {
  const [nearest] = judged.toSorted(
    (one, other) => relative(one.verdict) - relative(other.verdict),
  );
  if (nearest === undefined) return "";
  const { model, verdict } = nearest;
  return `The best, ${modelNames(models).get(model)}, against the ${inSentence(verdict.baseline)}: ${differenceWords(verdict, loss)}. `;
}

/** Of many groups some model is far ahead on one by chance: only means over them are the run's. */
function bestOverGroups(judged: readonly Judged[], summary: Judging): string {
  const { models, results, loss } = summary;
  const score = lossScore(summary);
  const lossOf = (label: string, group: string) => {
    const baseline = models.find((model) => model.isBaseline && model.label === label)?.key;
    return results.find((one) => one.model === baseline && one.group === group)?.scores[score];
  };
  const means = models.flatMap(({ key }) => {
    const own = judged.filter(({ model }) => model === key);
    const ownLoss = meanOf(own.map(({ scores }) => scores[score]));
    const baselineLoss = meanOf(own.map(({ group, verdict }) => lossOf(verdict.baseline, group)));
    if (ownLoss === null || baselineLoss === null || baselineLoss === 0) return [];
    const baselines = [...new Set(own.map(({ verdict }) => verdict.baseline))];
    return [{ key, groups: own.length, relative: ownLoss / baselineLoss - 1, baselines }];
  });
  // A model that could be trained on few groups had an easier comparison than the others.
  const most = Math.max(...means.map(({ groups }) => groups));
  const [nearest] = means
    .filter(({ groups }) => groups === most)
    .toSorted((one, other) => one.relative - other.relative);
  if (nearest === undefined) return "";
  const [baseline = "", ...others] = nearest.baselines;
  const against = others.length === 0 ? `the ${inSentence(baseline)}` : "the best baseline of each";
  const by =
    most === 1
      ? "on a single group of rows"
      : `by the mean over ${formatInteger(most)} groups of rows`;
  return `The best ${by}, ${modelNames(models).get(nearest.key)}, against ${against}: ${lossWords(loss)} ${formatPercent(nearest.relative, { signed: true })}. `;
}

function relative({ relativeDifference, difference }: Verdict): number {
  return relativeDifference ?? difference;
}

/** "log loss −1.20 % (−0.008, 90 % interval −0.012 to −0.003)" */
export function differenceWords(verdict: Verdict, loss: string): string {
  const { difference, lower, upper } = verdict;
  const text = (value: number) => formatSigned(value, { significant: 2 });
  const interval =
    lower === null || upper === null
      ? "no interval"
      : `90 % interval ${text(lower)} to ${text(upper)}`;
  return `${lossWords(loss)} ${differenceText(verdict)} (${text(difference)}, ${interval})`;
}

function correctedWords(comparisons: number, { finished, unfinished }: EarlierRuns): string {
  const made =
    comparisons === 1
      ? "One comparison was made"
      : `Corrected for ${formatInteger(comparisons)} comparisons`;
  const earlier = finished + unfinished;
  if (earlier === 0) return `${made}.`;
  const runs = earlier === 1 ? "one earlier run" : `${formatInteger(earlier)} earlier runs`;
  return `${made}; not corrected for ${runs} on the same prices${unfinishedWords(earlier, unfinished)}.`;
}

/** What was seen of a run that did not finish was looked at as well. */
function unfinishedWords(earlier: number, unfinished: number): string {
  if (unfinished === 0) return "";
  if (earlier === 1) return ", which was seen and not finished";
  return unfinished === 1
    ? ", one of them seen and not finished"
    : `, ${formatInteger(unfinished)} of them seen and not finished`;
}

function headlineSubject(
  kind: LearningRunConfig["kind"],
  { groups }: Pick<LearningRunSummary, "groups">,
): string {
  switch (kind) {
    case "bot":
      return "On the label of the rule the forest only learns its own rule again. ";
    case "thesis":
      return `Forecasts of ${formatInteger(groups.length)} ${groups.length === 1 ? "pair" : "pairs"}, one bar ahead, by squared error. Residual and scale are the published ones, made with the test bars too. `;
    case "models":
      return "";
  }
}

/** A label in the middle of a sentence: names that are no words keep their letters. */
function inSentence(label: string): string {
  const [first = "", second = ""] = label;
  return second === second.toUpperCase() ? label : `${first.toLowerCase()}${label.slice(1)}`;
}

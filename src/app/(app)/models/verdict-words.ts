import type { Verdict } from "#contracts/model.ts";
import {
  formatInteger,
  formatNumber,
  formatPercent,
  formatPValue,
  formatSigned,
} from "#ui/format.ts";
import type { Tone } from "#ui/tone.ts";

/** A verdict for a badge, for the head of a notice, and in whole sentences. */
export type VerdictWords = {
  readonly tone: Tone;
  readonly short: string;
  readonly title: string;
  readonly sentences: readonly string[];
};

const KINDS: Readonly<
  Record<Verdict["kind"], { readonly tone: Tone; readonly short: string; readonly verb: string }>
> = {
  beats: { tone: "good", short: "Beats the baselines", verb: "Beats" },
  "does-not-beat": {
    ...{ tone: "warn", short: "Does not beat the baselines", verb: "Does not beat" },
  },
  worse: { tone: "bad", short: "Worse than a baseline", verb: "Is worse than" },
  undecided: { tone: "warn", short: "Undecided", verb: "Cannot be told from" },
};

const OWN_RULE: (typeof KINDS)["beats"] = {
  ...{ tone: "warn", short: "Finds its own rule", verb: "Finds the rule of its label, unlike" },
};

const BASELINE: VerdictWords = {
  tone: "neutral",
  short: "Baseline",
  title: "This is a baseline",
  sentences: ["It is what other models must beat to be of any use."],
};

const NOT_JUDGED: VerdictWords = {
  tone: "warn",
  short: "Not judged",
  title: "This model was not judged",
  sentences: [
    "There was no row that it and a baseline both answered out of sample: nothing is known of how it does.",
  ],
};

/**
 * Whether a model beats the best of its baselines, in plain words.
 *
 * @param verdict null of a baseline, and of a model that could not be held against one
 * @param isBaseline a baseline itself, which no registry keeps
 */
export function verdictWords(verdict: Verdict | null, isBaseline = false): VerdictWords {
  if (isBaseline) return BASELINE;
  if (verdict === null) return NOT_JUDGED;
  const { tone, short, verb } = verdict.reason === "own-rule" ? OWN_RULE : KINDS[verdict.kind];
  return {
    ...{ tone, short },
    title: `${verb} “${verdict.baseline}”`,
    sentences: [`${differenceSentence(verdict)} ${evidenceSentence(verdict)}`, meaningOf(verdict)],
  };
}

/** The difference of the losses: as a share of the baseline's where that has one. */
export function differenceText({
  difference,
  relativeDifference,
}: Pick<Verdict, "difference" | "relativeDifference">): string {
  return relativeDifference === null
    ? formatSigned(difference)
    : formatPercent(relativeDifference, { signed: true });
}

function differenceSentence({ difference, relativeDifference }: Verdict): string {
  if (difference === 0) return "Out of sample its loss is the same as the baseline's:";
  const side = difference < 0 ? "lower" : "higher";
  const size =
    relativeDifference === null
      ? formatNumber(Math.abs(difference))
      : formatPercent(Math.abs(relativeDifference));
  return `Out of sample its loss is ${size} ${side} than the baseline's:`;
}

/** Rows of several pairs at one time are one bar: its loss is their mean, and that is what is tested. */
function evidenceSentence({ difference, lower, upper, pAdjusted, rows }: Verdict): string {
  const interval =
    lower === null || upper === null
      ? "without an interval"
      : `90 % interval ${formatSigned(lower)} to ${formatSigned(upper)}`;
  return `difference ${formatSigned(difference)}, ${interval}, one-sided p ${formatPValue(pAdjusted)} corrected for the models compared, over ${formatInteger(rows)} bars.`;
}

function meaningOf({ kind, reason }: Verdict): string {
  switch (reason) {
    case "shown":
      return kind === "worse"
        ? "The baseline is the better choice."
        : "That is more than chance explains, also after correction for the models of this run.";
    case "not-shown":
      return "That is no more than chance explains: the baseline does as well and is simpler.";
    case "corrected":
      return "By itself that would be shown; but of so many models one looks as good by chance.";
    case "equal":
      return "It says the same as the baseline, which is simpler.";
    case "tests-disagree":
      return "Test and interval say different things, so that neither is to be trusted.";
    case "constant-difference":
      return "The losses differ by the same on every row, so that there is nothing to test.";
    case "own-rule":
      return "Its label is a rule of its own features: it finds the rule again, which says nothing of what comes next.";
    case "too-few-rows":
      return "There are too few rows to say anything.";
  }
}

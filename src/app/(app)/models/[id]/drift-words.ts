import type { ModelDrift } from "#contracts/model.ts";
import { formatInteger, formatNumber } from "#ui/format.ts";
import type { Tone } from "#ui/tone.ts";
import { scoreDefinition } from "../score-definitions.ts";

type Measured = Extract<ModelDrift, { kind: "measured" }>;

/** What is said of a loss: one line, and what it means. */
export type LossWords = {
  readonly tone: Tone;
  readonly title: string;
  readonly sentences: readonly string[];
};

const STATUSES: Readonly<
  Record<
    Measured["loss"]["status"],
    { readonly tone: Tone; readonly title: string; readonly meaning: string }
  >
> = {
  stable: {
    tone: "good",
    title: "It does as it was judged",
    meaning: "What difference there is, luck explains.",
  },
  warning: {
    tone: "warn",
    title: "It may do worse now than it was judged",
    meaning:
      "Luck hardly explains that; but who looks every day sees it in one of twenty looks without a cause.",
  },
  worse: {
    tone: "bad",
    title: "It does worse now than it was judged",
    meaning:
      "Luck does not explain that. What it learned may no longer hold: train it anew, or retire it.",
  },
  unknown: {
    tone: "neutral",
    title: "Whether it does as it was judged cannot be said",
    meaning: "There are too few rows whose labels are known by now, or nothing to compare with.",
  },
};

const BETTER: (typeof STATUSES)["stable"] = {
  tone: "good",
  title: "It does better now than it was judged",
  meaning:
    "These may be easier bars: a loss says how hard they are as well as how good the model is.",
};

/** How a version loses now beside how it was judged, in plain words. */
export function lossWords(loss: Measured["loss"]): LossWords {
  const { tone, title, meaning } =
    loss.status === "stable" && (loss.zScore ?? 0) <= -2 ? BETTER : STATUSES[loss.status];
  return { tone, title, sentences: [figuresSentence(loss), meaning] };
}

function figuresSentence({ name, rows, now, before, zScore }: Measured["loss"]): string {
  const loss = scoreDefinition(name).label.toLowerCase();
  const judged =
    before === null
      ? "it was not judged out of sample"
      : `when it was judged it was ${formatNumber(before)}`;
  if (now === null) {
    return `Of no row here has the future come that its label is about, so that there is no ${loss} of now; ${judged}.`;
  }
  const known = formatInteger(rows);
  const figures = `Over ${known} ${rows === 1 ? "row whose label is" : "rows whose labels are"} known by now its ${loss} is ${formatNumber(now)}; ${judged}.`;
  if (zScore === null) return figures;
  const size = formatNumber(Math.abs(zScore), { significant: 2 });
  const errors = size === "1" ? "standard error" : "standard errors";
  return `${figures} That is ${size} ${errors} ${zScore > 0 ? "worse" : "better"}.`;
}

/** How many features have changed, in a sentence. */
export function featureDriftSentence(features: Measured["features"]): string {
  const count = (wanted: Measured["features"][number]["status"]) =>
    features.filter(({ status }) => status === wanted).length;
  const [major, moderate, unknown] = [count("major"), count("moderate"), count("unknown")];
  if (features.length === 0) return "It reads no features.";
  if (unknown === features.length)
    return "There are too few rows to say how features have changed.";
  if (major + moderate === 0) return "No feature has changed worth a look.";
  const parts = [
    ...(major === 0 ? [] : [`${formatInteger(major)} changed much`]),
    ...(moderate === 0 ? [] : [`${formatInteger(moderate)} somewhat`]),
  ];
  return `Of ${formatInteger(features.length)} features ${parts.join(", ")}.`;
}

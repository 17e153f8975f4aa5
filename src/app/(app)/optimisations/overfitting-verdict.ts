import type { OptimisationSummary } from "#contracts/optimisation.ts";
import { formatInteger, formatNumber, formatPercent } from "#ui/format.ts";
import type { Tone } from "#ui/tone.ts";

type Overfitting = OptimisationSummary["overfitting"];

export type Verdict = {
  readonly tone: Tone;
  readonly title: string;
  readonly sentences: readonly string[];
};

/** Probability above which so many trials do not explain the Sharpe ratio away. */
const PROVEN_FROM = 0.95;
/** Below an even chance, luck is the better explanation. */
const EVEN = 0.5;
/** Probability of overfitting that is still small. */
const OVERFITTING_SMALL = 0.2;

/**
 * What the over-fitting figures say together, in plain words.
 *
 * @param overfitting the figures
 * @param trials of this search
 */
export function overfittingVerdict(overfitting: Overfitting, trials: number): Verdict {
  const { deflatedSharpe, backtestOverfitting } = overfitting;
  const deflated = deflatedSharpe.value;
  const pbo = backtestOverfitting.value;
  const sentences = [
    ...chanceSentence(overfitting, trials),
    ...deflatedSentence(deflated),
    ...pboSentence(pbo),
  ];
  if (deflated === null) {
    return {
      tone: "warn",
      title: "Whether it is luck cannot be told",
      sentences: [deflatedSharpe.reason ?? "There is no deflated Sharpe ratio.", ...sentences],
    };
  }
  if (deflated < EVEN || (pbo !== null && pbo > EVEN)) {
    return { tone: "bad", title: "Looks like luck", sentences };
  }
  if (deflated >= PROVEN_FROM && (pbo === null || pbo <= OVERFITTING_SMALL)) {
    return {
      tone: "good",
      title: "More than luck explains, on this data",
      sentences: [...sentences, "The next test is data that no trial has seen: walk it forward."],
    };
  }
  return { tone: "warn", title: "Not proven", sentences };
}

function chanceSentence(
  { expectedMaximumSharpe, earlierTrials }: Overfitting,
  trials: number,
): string[] {
  const { value } = expectedMaximumSharpe;
  if (value === null) return [];
  const count = trials + earlierTrials;
  const earlier =
    earlierTrials === 0
      ? " "
      : `, ${formatInteger(earlierTrials)} of them ${earlierTrials === 1 ? "an earlier one" : "earlier ones"} on this data, `;
  return [
    `The best of ${formatInteger(count)} trials without any skill${earlier}would be expected to show a Sharpe ratio of ${formatNumber(value, { significant: 3 })}.`,
  ];
}

function deflatedSentence(deflated: number | null): string[] {
  if (deflated === null) return [];
  return [
    `That the true one is above that has a probability of ${formatPercent(deflated, { digits: 1 })}; 95 % would be proof.`,
  ];
}

function pboSentence(pbo: number | null): string[] {
  if (pbo === null) return [];
  return [
    `In ${formatPercent(pbo, { digits: 0 })} of the ways to split the time in two, the best of one half was worse than the median in the other.`,
  ];
}

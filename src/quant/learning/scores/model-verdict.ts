import { InvalidInputError } from "../../invalid-input-error.ts";
import {
  adjustedPValues,
  type PValueAdjustment,
} from "../../multiple-testing/adjusted-p-values.ts";
import { mean } from "../../stats/mean.ts";
import { requireAlignedSeries } from "../../stats/require-series.ts";
import {
  type EvidenceOptions,
  type LossEvidence,
  lossEvidence,
  type NamedLosses,
} from "./loss-evidence.ts";

/** What is to be said of a model. */
export type VerdictKind = "beats" | "does-not-beat" | "worse" | "undecided";

/**
 * Why it is said: "shown" by test and interval; "not-shown" by either; "corrected": it would be shown were it
 * the only model; "equal": the same losses; "tests-disagree": one of both shows that it beats the baseline;
 * "constant-difference": nothing varies that could be tested; "too-few-rows"; "own-rule": the label is a rule
 * of the features themselves, which a model finds again without knowing anything of what comes.
 */
export type VerdictReason =
  | "shown"
  | "not-shown"
  | "corrected"
  | "equal"
  | "tests-disagree"
  | "constant-difference"
  | "too-few-rows"
  | "own-rule";

/** A model against a baseline on the same rows. */
export type ModelVerdict = Omit<LossEvidence, "test"> & {
  readonly kind: VerdictKind;
  readonly reason: VerdictReason;
  /** One-sided, against "the model loses less"; 1 where there was no test. */
  readonly p: number;
  /** The same, corrected for the number of models. */
  readonly pAdjusted: number;
  /** One-sided, against "the model loses more"; 1 where there was no test. */
  readonly pWorse: number;
};

/** How several models are judged. */
export type VerdictsOptions = EvidenceOptions & {
  /** How p-values are corrected for the number of models; "holm" unless told. */
  readonly adjustment?: PValueAdjustment;
};

/**
 * Model verdict: whether a model beats a baseline, in one word.
 *
 * "beats": the one-sided p is at most the level, and the interval lies below 0; "worse": the other way
 * round, both; "undecided": too few rows, differences that do not vary, or only one of p and interval says
 * that it beats; "does-not-beat": the rest, also where the losses are equal. So no model beats a baseline to
 * which it is equal more often than the level allows: at 5 %, 4 % of simulated ones do over 60 bars, 5 % over
 * 250 with labels that overlap over 5 or 20 of them, 6 % where losses remember (autoregression of 0.8).
 *
 * @param input.modelLosses one a bar, oldest first, on rows that the model was not trained on
 * @param input.baselineLosses of the same rows; of several pairs see meanLossesByTime
 * @param input.baselineName as it is to be called
 * @param input.horizonBars bars ahead that were forecast
 * @returns see ModelVerdict; p is not corrected
 * @throws {InvalidInputError} as lossEvidence
 *
 * Cost: O(replications · n).
 */
export function modelVerdict(
  input: EvidenceOptions & {
    readonly modelLosses: Float64Array;
    readonly baselineLosses: Float64Array;
    readonly baselineName: string;
  },
): ModelVerdict {
  const { modelLosses, baselineLosses, baselineName } = input;
  const baseline = { name: baselineName, losses: baselineLosses };
  return judgedEvidence([lossEvidence(modelLosses, baseline, input)], "holm")[0]!;
}

/**
 * Model verdicts: each of several models against the baseline that did best, corrected for their number.
 *
 * The baseline is the one with the smallest mean loss ON THE SAME ROWS, known only afterwards: it has luck on
 * its side that the models have not, so that the test is harder for them than its level says, never easier.
 *
 * @param models one or more, losses of the same rows, one a bar, oldest first
 * @param baselines one or more, losses of the same rows; the first among equals is taken
 * @param options horizon, seed, level, correction; of models of several pairs gather the evidence of all and
 *   judge it together with judgedEvidence
 * @returns one a model, in their order
 * @throws {InvalidInputError} as lossEvidence; "too-short": no baseline
 *
 * Cost: O(models · replications · n).
 */
export function modelVerdicts(
  models: readonly NamedLosses[],
  baselines: readonly NamedLosses[],
  options: VerdictsOptions,
): readonly (ModelVerdict & { readonly modelName: string })[] {
  const baseline = bestBaseline(baselines);
  const { onProgress } = options;
  const evidence = models.map(({ losses }, m) =>
    lossEvidence(losses, baseline, {
      ...options,
      onProgress: (share) => onProgress?.((m + share) / models.length),
    }),
  );
  return judgedEvidence(evidence, options.adjustment ?? "holm").map((verdict, m) => ({
    modelName: models[m]!.name,
    ...verdict,
  }));
}

/**
 * Best baseline: the one with the smallest mean loss.
 *
 * @param baselines losses of the same rows
 * @returns one of them, the first among equals
 * @throws {InvalidInputError} "too-short": none; "length-mismatch", "not-finite"
 */
export function bestBaseline(baselines: readonly NamedLosses[]): NamedLosses {
  const [first] = baselines;
  if (first === undefined) throw new InvalidInputError("too-short", "there is no baseline");
  let best = { baseline: first, loss: Number.POSITIVE_INFINITY };
  for (const baseline of baselines) {
    requireAlignedSeries(baseline.losses, first.losses, 1, [baseline.name, first.name]);
    const loss = mean(baseline.losses);
    if (loss < best.loss) best = { baseline, loss };
  }
  return best.baseline;
}

/**
 * Verdicts on evidence, corrected for how much of it there is.
 *
 * @param evidence of all models, and of all pairs, that are looked at together
 * @param adjustment of both one-sided p-values
 * @returns one verdict each, by the rule of modelVerdict on corrected p-values
 *
 * Cost: O(m log m).
 */
export function judgedEvidence(
  evidence: readonly LossEvidence[],
  adjustment: PValueAdjustment,
): readonly ModelVerdict[] {
  const pBetter = Float64Array.from(evidence, ({ test }) =>
    test?.kind === "tested" ? test.pFirstBetter : 1,
  );
  const pWorse = Float64Array.from(evidence, ({ test }) =>
    test?.kind === "tested" ? test.pSecondBetter : 1,
  );
  const betterAdjusted = adjustedPValues(pBetter, adjustment);
  const worseAdjusted = adjustedPValues(pWorse, adjustment);
  return evidence.map((one, m) => {
    const { test, ...rest } = one;
    const [p, pAdjusted] = [pBetter[m]!, betterAdjusted[m]!];
    const verdict = judged(one, { p, pAdjusted, worseAdjusted: worseAdjusted[m]! });
    return { ...verdict, ...rest, p, pAdjusted, pWorse: pWorse[m]! };
  });
}

type Verdict = { readonly kind: VerdictKind; readonly reason: VerdictReason };

function judged(
  { test, interval, level }: LossEvidence,
  values: { readonly p: number; readonly pAdjusted: number; readonly worseAdjusted: number },
): Verdict {
  if (test === null) return { kind: "undecided", reason: "too-few-rows" };
  if (test.kind === "no-difference") {
    return test.reason === "equal"
      ? { kind: "does-not-beat", reason: "equal" }
      : { kind: "undecided", reason: "constant-difference" };
  }
  const isBelow = interval !== null && interval.upper < 0;
  const isAbove = interval !== null && interval.lower > 0;
  const isBetter = values.p <= level;
  if (isBetter !== isBelow) return { kind: "undecided", reason: "tests-disagree" };
  if (isBetter) {
    return values.pAdjusted <= level
      ? { kind: "beats", reason: "shown" }
      : { kind: "does-not-beat", reason: "corrected" };
  }
  if (isAbove && values.worseAdjusted <= level) return { kind: "worse", reason: "shown" };
  return { kind: "does-not-beat", reason: "not-shown" };
}

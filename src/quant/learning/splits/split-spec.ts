import type { StrategyParameters } from "../../strategies/strategy-parameters.ts";
import { type SpecForm, specForm } from "../features/spec-form.ts";
import type { Separation } from "./fold.ts";

/** The first rows are learned from, the rest is predicted. */
export type ChronologicalSplit = {
  readonly kind: "chronological";
  /** Share of the rows that is learned from, in (0, 1). */
  readonly trainingShare: number;
} & Separation;

/** Run after run is predicted, each by what is learned from the rows before it. */
export type WalkForwardSplit = {
  readonly kind: "walk-forward";
  readonly foldCount: number;
  /** Share of the rows before the first run, in (0, 1). */
  readonly trainingShare: number;
  /** Expanding learns from all rows before, rolling from as many as before the first run. */
  readonly window: "expanding" | "rolling";
} & Separation;

/** Every run is predicted once, by what is learned from all other rows but those next to it. */
export type PurgedKFoldSplit = {
  readonly kind: "purged-k-fold";
  readonly foldCount: number;
} & Separation;

/** How rows are divided, as plain data; never at random. Every kind is described in SPLIT_KINDS. */
export type SplitSpec = ChronologicalSplit | WalkForwardSplit | PurgedKFoldSplit;

type ValuesOf<Split extends SplitSpec> = Omit<Split, "kind">;

const SEPARATION: StrategyParameters<Separation> = {
  purge: {
    kind: "choice",
    label: "Purge",
    help: "Which rows are left out between training and test.",
    choices: {
      "features-and-labels": "No label touches what features of the other side read",
      labels: "No label reaches a row of the other side",
    },
    default: "features-and-labels",
  },
  embargoBars: {
    kind: "integer",
    label: "Embargo",
    help: "Bars after the labels of test rows that nothing is learned from; more is safer.",
    unit: "bars",
    min: 0,
    max: 100_000,
    step: 1,
    optional: false,
    default: 0,
  },
};

/** Fields of a form for every kind of split. */
export const SPLIT_KINDS: Readonly<Record<SplitSpec["kind"], SpecForm>> = {
  chronological: specForm<ValuesOf<ChronologicalSplit>>({
    label: "Chronological",
    summary: "The first rows are learned from, the rest is predicted.",
    parameters: { trainingShare: share(0.8), ...SEPARATION },
  }),
  "walk-forward": specForm<ValuesOf<WalkForwardSplit>>({
    label: "Walk-forward",
    summary: "Run after run is predicted, each by a model that has seen what was before it only.",
    parameters: {
      foldCount: folds(5),
      trainingShare: share(0.5),
      window: {
        kind: "choice",
        label: "Training",
        help: "Expanding learns from everything before, rolling forgets the oldest.",
        choices: { expanding: "Expanding", rolling: "Rolling" },
        default: "expanding",
      },
      ...SEPARATION,
    },
  }),
  "purged-k-fold": specForm<ValuesOf<PurgedKFoldSplit>>({
    label: "Purged k-fold",
    summary:
      "Every row is predicted once, by models that have learned from what was before and after it. It uses the data best and is no record of what could have been done at the time.",
    parameters: { foldCount: folds(5), ...SEPARATION },
  }),
};

function share(usual: number) {
  return {
    kind: "number",
    label: "Training share",
    help: "Share of the rows that is learned from at first; more leaves less to be judged on.",
    unit: "fraction",
    min: 0.05,
    max: 0.95,
    step: 0.05,
    optional: false,
    default: usual,
  } as const;
}

function folds(usual: number) {
  return {
    kind: "integer",
    label: "Folds",
    help: "How many runs are predicted; more take longer.",
    unit: "none",
    min: 2,
    max: 100,
    step: 1,
    optional: false,
    default: usual,
  } as const;
}

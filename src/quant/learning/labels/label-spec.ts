import type { FeatureSource } from "../features/feature-spec.ts";

/** What a distance is measured in: the unit of the source, or a standard deviation of its last bars. */
export type LabelUnit =
  | "absolute"
  /** Of its values: for a spread, which returns to a mean. */
  | "level-deviations"
  /** Of its changes from bar to bar: for a price, which wanders. */
  | "change-deviations";

type Measured = {
  readonly unit: LabelUnit;
  /** Bars of the deviation, the present one the last of them; not read where the unit is absolute. */
  readonly windowBars: number;
};

type About = {
  readonly of: FeatureSource;
  /**
   * Whether what comes is measured about the line of the row, as a position that is held would be, or about
   * the line of each bar, which moves towards the prices by itself. Of anything but "spread" not read.
   */
  readonly hedge: "held" | "refitted";
};

/** Which way the source goes over the next bars: down, up, or neither within a dead zone. */
export type DirectionLabel = {
  readonly kind: "direction";
  readonly horizonBars: number;
  /** ≥ 0; a change of at most this is neither. 0 makes two classes, and no change counts as down. */
  readonly deadZone: number;
} & About &
  Measured;

/** By how much the source changes over the next bars. */
export type ChangeLabel = {
  readonly kind: "change";
  readonly horizonBars: number;
  /** Of a price also its share or logarithm, which the unit then leaves alone. */
  readonly form: "difference" | "simple" | "log";
} & About &
  Measured;

/** What ends a position first: its profit, its stop or its time. */
export type TripleBarrierLabel = {
  readonly kind: "triple-barrier";
  /** "reversion" is short above the mean of windowBars and long below it. */
  readonly side: "long" | "short" | "reversion";
  /** Distances > 0; null leaves the barrier out, but not both. */
  readonly profit: number | null;
  readonly stop: number | null;
  readonly limitBars: number;
  /** What a position is called that ends by time: a class of its own, or by whether it has earned. */
  readonly timeOut: "own-class" | "by-result";
} & About &
  Measured;

/** A rule about two columns, read at the bar itself or some bars later. */
export type RuleLabel = {
  readonly kind: "rule";
  readonly rule: "crossover" | "above" | "below";
  readonly of: FeatureSource;
  readonly over: FeatureSource;
  /** 0 reads the present bar: a function of what features may hold. */
  readonly aheadBars: number;
};

/** What is to be predicted, as plain data. Every kind is described in LABEL_KINDS. */
export type LabelSpec = DirectionLabel | ChangeLabel | TripleBarrierLabel | RuleLabel;

/**
 * Whether a label is a rule of the features themselves: it reads its own bar and nothing after it, so that
 * a model can only learn the rule again.
 *
 * @param label any
 */
export function readsPresentOnly(label: LabelSpec): boolean {
  return label.kind === "rule" && label.aheadBars === 0;
}

/**
 * Bars from a row to the last one that its label may read.
 *
 * @param label any
 * @returns ≥ 0, 0 of a rule of the present
 */
export function labelHorizonBars(label: LabelSpec): number {
  switch (label.kind) {
    case "direction":
    case "change":
      return label.horizonBars;
    case "triple-barrier":
      return label.limitBars;
    case "rule":
      return label.aheadBars;
  }
}

/** One class of a label: its name, and the way that it says the source goes. */
export type LabelClass = { readonly name: string; readonly direction: -1 | 0 | 1 };

const DOWN: LabelClass = { name: "down", direction: -1 };
const UP: LabelClass = { name: "up", direction: 1 };

/**
 * Classes of a label, in the order of their numbers.
 *
 * A position of the reverting side goes either way: its classes have no direction.
 *
 * @param label any
 * @returns none of a regression, else two or three
 */
export function labelClasses(label: LabelSpec): readonly LabelClass[] {
  switch (label.kind) {
    case "change":
      return [];
    case "direction":
      return label.deadZone === 0
        ? [{ name: "down or unchanged", direction: -1 }, UP]
        : [DOWN, { name: "hardly any", direction: 0 }, UP];
    case "triple-barrier":
      return barrierClasses(label);
    case "rule":
      return ruleClasses(label);
  }
}

function barrierClasses({ side, timeOut }: TripleBarrierLabel): readonly LabelClass[] {
  const gain = side === "long" ? 1 : side === "short" ? -1 : 0;
  const loss = side === "long" ? -1 : side === "short" ? 1 : 0;
  if (timeOut === "by-result") {
    return [
      { name: "loss", direction: loss },
      { name: "profit", direction: gain },
    ];
  }
  return [
    { name: "stop", direction: loss },
    { name: "time", direction: 0 },
    { name: "profit", direction: gain },
  ];
}

function ruleClasses({ rule }: RuleLabel): readonly LabelClass[] {
  switch (rule) {
    case "crossover":
      return [
        { name: "crossed down", direction: -1 },
        { name: "no crossing", direction: 0 },
        { name: "crossed up", direction: 1 },
      ];
    case "above":
      return [
        { name: "not above", direction: -1 },
        { name: "above", direction: 1 },
      ];
    case "below":
      return [
        { name: "not below", direction: 1 },
        { name: "below", direction: -1 },
      ];
  }
}

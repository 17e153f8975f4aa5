import type { ParameterIssue } from "../../strategies/parameter-values.ts";
import type {
  ChoiceParameter,
  IntegerParameter,
  NumberParameter,
  OptionalNumberParameter,
  ParameterUnit,
} from "../../strategies/strategy-parameters.ts";
import { specIssues } from "../features/read-feature.ts";
import { type SourceSlot, type SpecForm, specForm } from "../features/spec-form.ts";
import type {
  ChangeLabel,
  DirectionLabel,
  LabelSpec,
  LabelUnit,
  RuleLabel,
  TripleBarrierLabel,
} from "./label-spec.ts";

type ValuesOf<Label extends LabelSpec> = Omit<Label, "kind" | "of" | "over">;

const OF: SourceSlot = { field: "of", label: "Of", help: "What is to be predicted." };

const UNIT: ChoiceParameter<LabelUnit> = {
  kind: "choice",
  label: "Unit",
  help: "Standard deviations can be compared between pairs and over time.",
  choices: {
    "level-deviations": "Standard deviations of the values",
    "change-deviations": "Standard deviations of the changes",
    absolute: "Unit of the column",
  },
  default: "level-deviations",
};

const HEDGE: ChoiceParameter<"held" | "refitted"> = {
  kind: "choice",
  label: "Hedge ratio",
  help: "Held is what a position earns; a line that is fitted anew moves towards the prices by itself, and a model would predict that.",
  choices: { held: "Held from the row on", refitted: "That of each bar" },
  default: "held",
};

const WINDOW = bars("Window", "Bars of the standard deviation; more are slower.", [2, 60]);

/** Every kind of label with its form, in the order of the list that a user picks from. */
export const LABEL_KINDS: Readonly<Record<LabelSpec["kind"], SpecForm>> = {
  direction: specForm<ValuesOf<DirectionLabel>>({
    label: "Direction",
    summary: "Which way the column goes over the next bars.",
    sources: [OF],
    parameters: {
      horizonBars: bars("Over", "Bars ahead; more overlap more with their neighbours.", [1, 1]),
      deadZone: {
        kind: "number",
        label: "Dead zone",
        help: "Changes of at most this are a class of their own; 0 makes two classes.",
        ...range("none", [0, 1e9, 0.1]),
        optional: false,
        default: 0,
      } satisfies NumberParameter,
      unit: UNIT,
      windowBars: WINDOW,
      hedge: HEDGE,
    },
  }),
  change: specForm<ValuesOf<ChangeLabel>>({
    label: "Change",
    summary: "By how much the column changes over the next bars.",
    sources: [OF],
    parameters: {
      horizonBars: bars("Over", "Bars ahead; more overlap more with their neighbours.", [1, 1]),
      form: {
        kind: "choice",
        label: "Form",
        help: "Shares and logarithms are for prices: a spread may be zero.",
        choices: { difference: "Difference", simple: "Share", log: "Logarithm of the growth" },
        default: "difference",
      },
      unit: UNIT,
      windowBars: WINDOW,
      hedge: HEDGE,
    },
  }),
  "triple-barrier": specForm<ValuesOf<TripleBarrierLabel>>({
    label: "Triple barrier",
    summary: "What would end a position first: its profit, its stop or its time, by closes.",
    sources: [OF],
    parameters: {
      side: {
        kind: "choice",
        label: "Side",
        help: "Against the deviation is short above the mean of the window and long below it.",
        choices: { reversion: "Against the deviation", long: "Long", short: "Short" },
        default: "reversion",
      },
      profit: distance("Profit", "Move in favour that ends a position; larger is rarer.", 1),
      stop: distance("Stop", "Move against that ends a position; larger is rarer.", 2),
      limitBars: bars("Time limit", "Bars after which a position ends anyway.", [1, 50]),
      timeOut: {
        kind: "choice",
        label: "At the time limit",
        help: "Whether an end by time is a class of its own.",
        choices: { "by-result": "Profit or loss", "own-class": "A class of its own" },
        default: "by-result",
      },
      unit: UNIT,
      windowBars: WINDOW,
      hedge: HEDGE,
    },
    rules: [
      {
        field: "profit",
        message: "A position must end by profit or by stop, or both",
        holds: ({ profit, stop }) => profit !== null || stop !== null,
      },
    ],
  }),
  rule: specForm<ValuesOf<RuleLabel>>({
    label: "Rule",
    summary:
      "Whether one column stands above another or crosses it. Read at the present bar it is a rule of the features themselves, and a model only learns it again.",
    sources: [OF, { field: "over", label: "Compared with", help: "The other column." }],
    parameters: {
      rule: {
        kind: "choice",
        label: "Rule",
        help: "Above, below, or the bar on which one crosses the other.",
        choices: { above: "Above", below: "Below", crossover: "Crosses" },
        default: "above",
      },
      aheadBars: bars(
        "Read after",
        "Bars ahead at which the rule is read; 0 is the present.",
        [0, 1],
      ),
    },
  }),
};

/** A label, or everything that is wrong with it; fields of sources are written `of.periodBars`. */
export type LabelReading =
  | { readonly kind: "valid"; readonly label: LabelSpec }
  | { readonly kind: "refused"; readonly issues: readonly ParameterIssue[] };

/**
 * Reads a label from outside: kind, values, and what it is about.
 *
 * @param value as a form or a document has it
 * @returns the label, or every issue
 *
 * Cost: O(nodes).
 */
export function readLabel(value: unknown): LabelReading {
  const issues = specIssues(LABEL_KINDS, value);
  if (issues.length > 0) return { kind: "refused", issues };
  // Kind, sources and every value have been looked at, and nothing else is there.
  const label = value as LabelSpec;
  if (label.kind === "change" && label.of === "spread" && label.form !== "difference") {
    const message = "Must be the difference: a spread may be zero, and has no share";
    return { kind: "refused", issues: [{ field: "form", message }] };
  }
  return { kind: "valid", label };
}

/** Range is the least and the usual value. */
function bars(
  label: string,
  help: string,
  [min, usual]: readonly [number, number],
): IntegerParameter {
  const rest = { unit: "bars", max: 5000, step: 1, optional: false, default: usual } as const;
  return { kind: "integer", label, help, min, ...rest };
}

function distance(label: string, help: string, usual: number): OptionalNumberParameter {
  return {
    kind: "number",
    label,
    help,
    ...range("none", [1e-12, 1e9, 0.25]),
    optional: true,
    default: usual,
  };
}

function range(unit: ParameterUnit, [min, max, step]: readonly [number, number, number]) {
  return { unit, min, max, step };
}

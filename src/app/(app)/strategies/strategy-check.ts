import type { GateModelView } from "#contracts/gate-model.ts";
import { gateProblem } from "#contracts/gate-refusal.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { plainText } from "#contracts/plain-text.ts";
import { NewStrategyConfig, type StrategyConfig, StrategyName, Tags } from "#contracts/strategy.ts";
import { openStrategyOfKind } from "#quant/strategies/strategy-kinds.ts";
import { fieldAt, isEmptyAt } from "./field-labels.ts";
import { inputWords } from "./input-words.ts";
import {
  DIVIDEND_BOUNDS,
  FUNDING_BOUNDS,
  type PaymentBounds,
  problemsText,
  readPaymentRows,
} from "./payment-rows.ts";
import {
  isOfPairs,
  type NamedStrategyValues,
  type PaymentFormValues,
  type StrategyFormValues,
  strategyCandidate,
} from "./strategy-form-values.ts";
import { tagsOf } from "./tags-of.ts";
import { windowProblems } from "./window-of-data.ts";

/** What is wrong with a field, whose id is its path in the form. */
export type FieldProblem = {
  readonly path: string;
  readonly message: string;
  /** Nothing is typed there yet: said when saving was tried, not before. */
  readonly isEmpty: boolean;
};

/** A strategy as it is saved. */
export type NamedStrategy = {
  readonly name: string;
  readonly notes: string;
  readonly tags: string[];
  readonly config: StrategyConfig;
};

/** Everything that is wrong with a form, and what it makes when nothing is. */
export type StrategyCheck = {
  readonly problems: readonly FieldProblem[];
  readonly strategy: NamedStrategy | null;
  /** The settings when nothing is wrong with them, whatever the name. */
  readonly config: StrategyConfig | null;
};

const EMPTY_WORDS = "Fill in this field";
const Notes = plainText(10_000);

/**
 * Checks a form whole: the contract, the bounds and rules of the kind, pasted rows, the prices that there are, and
 * what the model of its gate can be asked. Of several faults of a field the first is told.
 *
 * @param gates models to choose from; of one that is not among them nothing is known
 */
export function checkStrategy(
  values: NamedStrategyValues,
  series: readonly SeriesCoverage[],
  gates: readonly GateModelView[] = [],
): StrategyCheck {
  const candidate = strategyCandidate(values.config);
  const problems = new Map<string, FieldProblem>();
  const add = (path: string, message: string) => {
    if (problems.has(path)) return;
    const isEmpty = isEmptyAt(values, path);
    problems.set(path, { path, message: isEmpty ? emptyWords(message) : message, isEmpty });
  };

  const name = StrategyName.safeParse(values.name, { error: inputWords });
  if (!name.success) add("name", name.error.issues[0]?.message ?? EMPTY_WORDS);
  const notes = Notes.safeParse(values.notes, { error: inputWords });
  if (!notes.success) add("notes", notes.error.issues[0]?.message ?? EMPTY_WORDS);
  const tags = Tags.safeParse(tagsOf(values.tags), { error: inputWords });
  if (!tags.success) add("tags", tags.error.issues[0]?.message ?? EMPTY_WORDS);
  const isNamed = problems.size === 0;

  // Before the schema, which hands parameters on only when all else is well.
  const opening = openStrategyOfKind(candidate.kind, candidate.parameters);
  if (opening.kind === "refused") {
    for (const { field, message } of opening.issues) add(`config.parameters.${field}`, message);
  }
  for (const { path, message } of paymentProblems(values.config)) add(path, message);
  const parsed = NewStrategyConfig.safeParse(candidate, { error: inputWords });
  for (const issue of parsed.success ? [] : parsed.error.issues) {
    if (issue.path[0] === "parameters") continue;
    const path = formPath(issue.path.map(String), values.config);
    add(path, scaledWords(path, issue));
  }
  for (const { path, message } of windowProblems(candidate, series)) add(`config.${path}`, message);
  const { gate } = candidate;
  const model = gates.find(({ modelVersionId }) => modelVersionId === gate?.modelVersionId);
  const refused =
    gate === undefined || model === undefined ? null : gateProblem(model, { ...candidate, gate });
  if (refused !== null) add(`config.gate.${refused.field}`, refused.message);

  const configProblems = [...problems.keys()].some((path) => path.startsWith("config"));
  const config = parsed.success && !configProblems ? parsed.data : null;
  const isWhole = isNamed && name.success && notes.success && tags.success && config !== null;
  return {
    problems: [...problems.values()],
    strategy: isWhole ? { name: name.data, notes: notes.data, tags: tags.data, config } : null,
    config,
  };
}

/** The field of the form at a path of the contract. */
function formPath(path: readonly string[], { kind }: StrategyFormValues): string {
  const [head, ...rest] = path;
  if (head === "books") {
    if (!isOfPairs(kind)) return "config.instruments";
    const [pair, leg] = rest;
    if (pair === undefined) return "config.pairs";
    return leg === undefined
      ? `config.pairs.${pair}`
      : `config.pairs.${pair}.${leg === "0" ? "y" : "x"}`;
  }
  // An event of a list is shown at the text that it was read from.
  const events = path.indexOf("events");
  return ["config", ...(events === -1 ? path : [...path.slice(0, events), "text"])].join(".");
}

type BoundIssue = Parameters<typeof inputWords>[0] & { readonly message: string };

/** A bound in the unit of its field: of a fraction that is typed as a percentage. */
function scaledWords(path: string, issue: BoundIssue): string {
  if (fieldAt(path)?.isPercent !== true || issue.message !== inputWords(issue))
    return issue.message;
  const scaled = (bound: unknown) => (typeof bound === "number" ? bound * 100 : bound);
  return (
    inputWords({ ...issue, minimum: scaled(issue.minimum), maximum: scaled(issue.maximum) }) ??
    issue.message
  );
}

function paymentProblems(config: StrategyFormValues): { path: string; message: string }[] {
  const { dividends, funding } = config.costs;
  return [
    ...listProblems("config.costs.dividends", dividends, DIVIDEND_BOUNDS),
    ...(funding.kind === "series"
      ? listProblems("config.costs.funding.rates", funding.rates, FUNDING_BOUNDS)
      : []),
  ];
}

function listProblems(path: string, lists: readonly PaymentFormValues[], bounds: PaymentBounds) {
  return lists.flatMap(({ instrumentId, text }, place) => {
    const { payments, problems } = readPaymentRows(text, bounds);
    const isTwice =
      instrumentId !== "" &&
      lists.slice(0, place).some((other) => other.instrumentId === instrumentId);
    return [
      ...(isTwice
        ? [{ path: `${path}.${place}.instrumentId`, message: "This instrument has a list already" }]
        : []),
      ...(problems.length > 0
        ? [{ path: `${path}.${place}.text`, message: problemsText(problems) }]
        : []),
      ...(problems.length === 0 && payments.length === 0
        ? [{ path: `${path}.${place}.text`, message: "Paste at least one row" }]
        : []),
    ];
  });
}

/** What a number without a value is told is of no use where nothing was typed. */
function emptyWords(message: string): string {
  return message === "Must be a number" ? EMPTY_WORDS : message;
}

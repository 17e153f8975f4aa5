import { type ParameterIssue, readConfig } from "../../strategies/parameter-values.ts";
import type {
  ParameterRule,
  StrategyParameter,
  StrategyParameters,
} from "../../strategies/strategy-parameters.ts";

/** A field that holds a column or a feature rather than a value. */
export type SourceSlot = {
  readonly field: string;
  readonly label: string;
  /** One plain sentence. */
  readonly help: string;
};

/** What a form needs to know of one kind of feature, label or spread. */
export type SpecForm = {
  readonly label: string;
  /** One or two plain sentences: what it is, and what to expect of it. */
  readonly summary: string;
  readonly sources: readonly SourceSlot[];
  /** Fields of values, by name, in the order of the form. */
  readonly parameters: Readonly<Record<string, StrategyParameter>>;
  /** What is wrong with values, one a field: each by itself, then the rules between them. */
  readonly issues: (values: Readonly<Record<string, unknown>>) => readonly ParameterIssue[];
};

/** See specForm; `Values` are the fields that are neither kind nor source. */
export type SpecDescription<Values> = {
  readonly label: string;
  readonly summary: string;
  readonly sources?: readonly SourceSlot[];
  readonly parameters: StrategyParameters<Values>;
  readonly rules?: readonly ParameterRule<Values>[];
};

/**
 * Form of one kind, whose type of values is forgotten once its fields are known to fit it.
 *
 * @param description fields and rules of that type
 * @returns the form
 */
export function specForm<Values>(description: SpecDescription<Values>): SpecForm {
  const { label, summary, sources = [], parameters, rules = [] } = description;
  const fields: [string, StrategyParameter][] = Object.entries(parameters);
  return {
    label,
    summary,
    sources,
    parameters: Object.fromEntries(fields),
    issues: (values) => {
      const reading = readConfig({ parameters, rules }, values);
      return reading.kind === "refused" ? reading.issues : [];
    },
  };
}

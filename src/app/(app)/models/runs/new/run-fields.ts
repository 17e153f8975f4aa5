import type { RunFormValues } from "../run-form-values.ts";

/** What every part of the form is given: what is typed, how to change it, and what is wrong with a field. */
export type RunFieldsProps = {
  readonly values: RunFormValues;
  readonly change: (changes: Partial<RunFormValues>) => void;
  /** By the path in the contract, which is the id of the field as well. */
  readonly problemOf: (path: string) => string | undefined;
};

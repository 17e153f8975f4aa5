"use client";

import { createContext, type ReactNode, useContext } from "react";
import { type UseFormReturn, useWatch } from "react-hook-form";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import type { LearnedValues, NamedDatasetValues } from "./dataset-form-values.ts";
import type { Subject } from "./dataset-presets.ts";

export type DatasetFormState = UseFormReturn<NamedDatasetValues>;

/** What every field of the form needs. */
export type DatasetFormContext = {
  readonly form: DatasetFormState;
  /** All prices that there are. */
  readonly series: readonly SeriesCoverage[];
  /** What is wrong with the field at a path of the form, once that is to be said. */
  readonly problemOf: (path: string) => string | undefined;
  /** The first thing that is wrong with a field or one within it. */
  readonly problemWithin: (path: string) => string | undefined;
};

const Context = createContext<DatasetFormContext | null>(null);

export function DatasetFormProvider(props: { value: DatasetFormContext; children: ReactNode }) {
  return <Context value={props.value}>{props.children}</Context>;
}

export function useDatasetForm(): DatasetFormContext {
  const context = useContext(Context);
  if (context === null) throw new Error("Invariant: a field of a dataset stands in its form");
  return context;
}

type Change = (of: (now: LearnedValues) => Partial<LearnedValues>) => void;

/** What is computed and predicted of the subject that is chosen, and how to change it. */
export function useLearned(): { subject: Subject; learned: LearnedValues; change: Change } {
  const { form } = useDatasetForm();
  const [subject, all] = useWatch({
    control: form.control,
    name: ["config.subject", "config.learned"],
  });
  const change: Change = (of) => {
    // As it stands now, and not as it was drawn: two changes of one moment must not undo each other.
    const now = form.getValues("config.learned");
    const next = { ...now, [subject]: { ...now[subject], ...of(now[subject]) } };
    form.setValue("config.learned", next, { shouldDirty: true });
  };
  return { subject, learned: all[subject], change };
}

"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import type { NamedStrategyValues } from "./strategy-form-values.ts";

export type StrategyFormState = UseFormReturn<NamedStrategyValues>;

/** What every field of the form needs. */
export type StrategyFormContext = {
  readonly form: StrategyFormState;
  /** All prices that there are. */
  readonly series: readonly SeriesCoverage[];
  /** What is wrong with the field at a path of the form, once that is to be said. */
  readonly problemOf: (path: string) => string | undefined;
};

const Context = createContext<StrategyFormContext | null>(null);

export function StrategyFormProvider(props: { value: StrategyFormContext; children: ReactNode }) {
  return <Context value={props.value}>{props.children}</Context>;
}

export function useStrategyForm(): StrategyFormContext {
  const context = useContext(Context);
  if (context === null) throw new Error("Invariant: a field of a strategy stands in its form");
  return context;
}

"use client";

import { startTransition, useCallback, useEffect, useState } from "react";
import type { GateModelView } from "#contracts/gate-model.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { StrategyCheck } from "./strategy-check.ts";
import type { StrategyFormState } from "./strategy-form-context.tsx";
import type { NamedStrategyValues } from "./strategy-form-values.ts";

/** The check, with the contract and the rules of every kind: too much script to wait for before a form is seen. */
export async function loadStrategyCheck() {
  const { checkStrategy } = await import("./strategy-check.ts");
  return checkStrategy;
}

/**
 * The check of the form as it stands, a moment after what is typed, so that typing never waits for it.
 *
 * @param gates models to choose from, the same array until there are others
 * @param saved the settings that the form begins with where they have been saved: these are known to be whole, and
 *   are checked from when somebody turns to the form (`begin`); null: checked as soon as the page is there
 * @returns the check; `isKnown` is false until there has been one
 */
export function useStrategyCheck(
  form: StrategyFormState,
  series: readonly SeriesCoverage[],
  saved: StrategyConfig | null,
  gates: readonly GateModelView[],
) {
  const [check, setCheck] = useState<StrategyCheck & { readonly isKnown: boolean }>({
    ...{ problems: [], strategy: null, config: saved },
    isKnown: saved !== null,
  });
  const [isBegun, setIsBegun] = useState(saved === null);
  // Memoised because the form hands it to its events.
  const begin = useCallback(() => setIsBegun(true), []);
  // Follows the form, which keeps what is typed outside of React.
  useEffect(() => {
    let isOver = false;
    const run = async (values: NamedStrategyValues) => {
      const checkStrategy = await loadStrategyCheck();
      if (isOver) return;
      startTransition(() => setCheck({ ...checkStrategy(values, series, gates), isKnown: true }));
    };
    if (isBegun) void run(form.getValues());
    const unsubscribe = form.subscribe({
      formState: { values: true },
      callback: () => void run(form.getValues()),
    });
    return () => {
      isOver = true;
      unsubscribe();
    };
  }, [form, series, gates, isBegun]);
  return { ...check, begin };
}

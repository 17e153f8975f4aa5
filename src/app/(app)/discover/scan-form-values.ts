import type { UseFormReturn } from "react-hook-form";
import { z } from "zod";
import { type LagChoice, ScanConfig, type TestedDirection } from "#contracts/scan.ts";
import type { UniverseView } from "#contracts/universe.ts";
import { numberOf, type WindowFormValues, windowOf } from "../strategies/strategy-form-values.ts";
import { commonSpan, splitSpan } from "./data-span.ts";

/** The scan form as typed. */
export type ScanFormValues = {
  universeId: string;
  formation: WindowFormValues;
  lags: { kind: LagChoice["kind"]; lags: string };
  direction: TestedDirection;
  significance: string;
};

export type ScanFormState = UseFormReturn<ScanFormValues, unknown, ScanConfig>;

function lagChoice({ kind, lags }: ScanFormValues["lags"]): LagChoice {
  return kind === "fixed" ? { kind, lags: numberOf(lags) } : { kind };
}

/** The contract's schema behind the form's text. */
export const ScanForm = z
  .custom<ScanFormValues>()
  .transform((values) => ({
    universeId: values.universeId,
    formation: windowOf(values.formation),
    lags: lagChoice(values.lags),
    direction: values.direction,
    significance: numberOf(values.significance),
  }))
  .pipe(ScanConfig);

/** The window that a universe suggests: the first two thirds of what all its instruments have. */
export function suggestedFormation(universe: UniverseView | undefined): WindowFormValues {
  const span =
    universe === undefined ? null : commonSpan(universe.instruments, universe.intervalMs);
  return span === null || universe === undefined
    ? { startMs: null, endMs: null }
    : splitSpan(span, universe.intervalMs).formation;
}

export function scanDefaults(universe: UniverseView | undefined): ScanFormValues {
  return {
    universeId: universe?.id ?? "",
    formation: suggestedFormation(universe),
    lags: { kind: "aic", lags: "1" },
    direction: "y-on-x",
    significance: "0.05",
  };
}

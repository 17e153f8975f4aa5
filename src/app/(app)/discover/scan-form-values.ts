import type { UseFormReturn } from "react-hook-form";
import { z } from "zod";
import type { TimeWindow } from "#contracts/interval.ts";
import { type LagChoice, ScanConfig, type TestedDirection } from "#contracts/scan.ts";
import { tooFewBarsMessage } from "#contracts/scan-bars-min.ts";
import type { ScanPresetName } from "#contracts/scan-funnel.ts";
import { SCAN_PRESETS, type ScanPreset } from "#contracts/scan-presets.ts";
import type { UniverseView } from "#contracts/universe.ts";
import { numberOf, type WindowFormValues, windowOf } from "../strategies/form-numbers.ts";
import { commonSpan, splitSpan } from "./data-span.ts";
import { type FunnelFormValues, funnelCandidate, funnelFormValues } from "./funnel-form-values.ts";

/** What a person chooses first: a preset, or to test all pairs without a funnel. */
export type ScanMethod = ScanPresetName | "all-pairs";

/** The scan form as typed. */
export type ScanFormValues = {
  universeId: string;
  formation: WindowFormValues;
  method: ScanMethod;
  lags: { kind: LagChoice["kind"]; lags: string };
  direction: TestedDirection;
  significance: string;
  funnel: FunnelFormValues;
};

export type ScanFormState = UseFormReturn<ScanFormValues, unknown, ScanConfig>;

function lagChoice({ kind, lags }: ScanFormValues["lags"]): LagChoice {
  return kind === "fixed" ? { kind, lags: numberOf(lags) } : { kind };
}

/** All of a scan but universe and period; what a preset sets is not read from its hidden fields. */
function optionsCandidate(values: ScanFormValues) {
  const { method } = values;
  if (method !== "custom" && method !== "all-pairs") return SCAN_PRESETS[method];
  const options = {
    lags: lagChoice(values.lags),
    direction: values.direction,
    significance: numberOf(values.significance),
  };
  return method === "all-pairs" ? options : { ...options, funnel: funnelCandidate(values.funnel) };
}

/** The contract's schema behind the form's text. */
export const ScanForm = z
  .custom<ScanFormValues>()
  .transform((values) => ({
    universeId: values.universeId,
    formation: windowOf(values.formation),
    ...optionsCandidate(values),
  }))
  .pipe(ScanConfig);

/** The same for a person's universes: a window too short for its test is refused beside its end. */
export function scanFormOf(universes: readonly UniverseView[]) {
  return ScanForm.superRefine((config, context) => {
    const universe = universes.find(({ id }) => id === config.universeId);
    if (universe === undefined) return;
    const message = tooFewBarsMessage(windowBars(config.formation, universe), config);
    if (message === undefined) return;
    context.addIssue({ code: "custom", message, path: ["formation", "endMs"] });
  });
}

/** Bars of a window that lie within what the universe's instruments have together. */
function windowBars({ startMs, endMs }: TimeWindow, universe: UniverseView): number {
  const { intervalMs } = universe;
  const span = commonSpan(universe.instruments, intervalMs) ?? { startMs, endMs };
  const lengthMs = Math.min(endMs, span.endMs) - Math.max(startMs, span.startMs);
  return Math.max(0, Math.ceil(lengthMs / intervalMs));
}

/** The window that a universe suggests: the first two thirds of what all its instruments have. */
export function suggestedFormation(universe: UniverseView | undefined): WindowFormValues {
  const span =
    universe === undefined ? null : commonSpan(universe.instruments, universe.intervalMs);
  return span === null || universe === undefined
    ? { startMs: null, endMs: null }
    : splitSpan(span, universe.intervalMs).formation;
}

/** What was the whole scan before there was a funnel. */
const ALL_PAIRS: Pick<ScanPreset, "lags" | "direction" | "significance"> = {
  lags: { kind: "aic" },
  direction: "y-on-x",
  significance: 0.05,
};

/** The fields as a method sets them; "custom" begins with the honest ones. */
export function methodValues(
  method: ScanMethod,
): Pick<ScanFormValues, "lags" | "direction" | "significance" | "funnel"> {
  const preset =
    method === "all-pairs" || method === "custom" ? SCAN_PRESETS.honest : SCAN_PRESETS[method];
  const { lags, direction, significance } = method === "all-pairs" ? ALL_PAIRS : preset;
  return {
    lags: { kind: lags.kind, lags: lags.kind === "fixed" ? String(lags.lags) : "1" },
    direction,
    significance: String(significance),
    funnel: funnelFormValues(preset.funnel),
  };
}

export function scanDefaults(universe: UniverseView | undefined): ScanFormValues {
  return {
    universeId: universe?.id ?? "",
    formation: suggestedFormation(universe),
    method: "honest",
    ...methodValues("honest"),
  };
}

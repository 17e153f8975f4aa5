import type { UseFormReturn } from "react-hook-form";
import { z } from "zod";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { StrategyConfig, StrategyName } from "#contracts/strategy.ts";
import { windowProblems } from "./window-of-data.ts";

/** A span as the date fields hold it: UTC milliseconds, null while nothing is chosen. */
export type WindowFormValues = { startMs: number | null; endMs: number | null };

/** The form as typed: text in every other field, so that nothing typed is lost to a conversion. */
export type StrategyFormValues = {
  instrumentY: string;
  instrumentX: string;
  intervalMs: string;
  formation: WindowFormValues;
  trading: WindowFormValues;
  zScoreWindowBars: string;
  entryZScore: string;
  exitZScore: string;
  stopZScore: string;
  holdingMaxBars: string;
  notional: string;
  initialEquity: string;
  feeBps: string;
  slippageBps: string;
};

/** NaN for an empty or unreadable number: the schema refuses it beside the field. */
export function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

function optionalNumberOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}

export function windowOf({ startMs, endMs }: WindowFormValues) {
  return { startMs: startMs ?? Number.NaN, endMs: endMs ?? Number.NaN };
}

/** What was typed as a candidate for the schema. */
export function strategyCandidate(values: StrategyFormValues) {
  return {
    kind: "z-score-reversion" as const,
    instrumentY: numberOf(values.instrumentY),
    instrumentX: numberOf(values.instrumentX),
    intervalMs: numberOf(values.intervalMs),
    hedgeRatio: "formation" as const,
    formation: windowOf(values.formation),
    trading: windowOf(values.trading),
    zScoreWindowBars: numberOf(values.zScoreWindowBars),
    entryZScore: numberOf(values.entryZScore),
    exitZScore: numberOf(values.exitZScore),
    stopZScore: optionalNumberOf(values.stopZScore),
    holdingMaxBars: optionalNumberOf(values.holdingMaxBars),
    notional: numberOf(values.notional),
    initialEquity: numberOf(values.initialEquity),
    feeBps: numberOf(values.feeBps),
    slippageBps: numberOf(values.slippageBps),
  };
}

/** The whole form: what the strategy is called, and its settings. */
export type NamedStrategyValues = { name: string; notes: string; config: StrategyFormValues };

/** A strategy as it is saved. */
const NamedStrategy = z.object({
  name: StrategyName,
  notes: z.string().trim().max(2_000),
  config: StrategyConfig,
});
export type NamedStrategy = z.infer<typeof NamedStrategy>;

/** The contract's schema behind the form's text: its input is what was typed, its output what is saved. */
export const StrategyForm = z
  .custom<NamedStrategyValues>()
  .transform(({ name, notes, config }) => ({ name, notes, config: strategyCandidate(config) }))
  .pipe(NamedStrategy);

/** The form with the prices that there are: dates without any are refused beside the date. */
export function strategyFormOn(series: readonly SeriesCoverage[]) {
  return StrategyForm.check((ctx) => {
    for (const { path, message } of windowProblems(ctx.value.config, series)) {
      ctx.issues.push({
        code: "custom",
        path: ["config", ...path.split(".")],
        message,
        input: ctx.value,
      });
    }
  });
}

export type StrategyFormState = UseFormReturn<NamedStrategyValues, unknown, NamedStrategy>;

/** A saved configuration as the form shows it. */
export function strategyFormValues(config: StrategyConfig): StrategyFormValues {
  return {
    instrumentY: String(config.instrumentY),
    instrumentX: String(config.instrumentX),
    intervalMs: String(config.intervalMs),
    formation: config.formation,
    trading: config.trading,
    zScoreWindowBars: String(config.zScoreWindowBars),
    entryZScore: String(config.entryZScore),
    exitZScore: String(config.exitZScore),
    stopZScore: config.stopZScore === null ? "" : String(config.stopZScore),
    holdingMaxBars: config.holdingMaxBars === null ? "" : String(config.holdingMaxBars),
    notional: String(config.notional),
    initialEquity: String(config.initialEquity),
    feeBps: String(config.feeBps),
    slippageBps: String(config.slippageBps),
  };
}

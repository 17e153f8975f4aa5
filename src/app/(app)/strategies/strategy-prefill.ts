import { commonSpan, splitSpan } from "#app/(app)/discover/data-span.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";
import type { StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import type { PairSettings } from "../pairs/pair-settings.ts";
import type { WindowFormValues } from "./form-numbers.ts";
import { type StrategyFormValues, settingFormValues } from "./strategy-form-values.ts";
import type { StrategyPreset } from "./strategy-presets.ts";

/** Where a new strategy comes from: a pair of a scan, with what was set on its page. */
export type PrefillSource = {
  readonly instrumentY: number;
  readonly instrumentX: number;
  readonly intervalMs: number;
  readonly formation: TimeWindow;
};

export type Dates = { formation: WindowFormValues; trading: WindowFormValues };

const EMPTY_WINDOW = { startMs: null, endMs: null };

/** The settings that need no instruments, of a kind or as a preset has them. */
export function blankStrategy(
  kind: StrategyKind = "z-score-reversion",
  preset: StrategyPreset | null = null,
): StrategyFormValues {
  return {
    ...settingFormValues({
      parameters: {},
      ...STRATEGY_DEFAULTS,
      costs: { ...STRATEGY_DEFAULTS.costs, dividends: [] },
      ...preset?.settings,
      kind,
    }),
    pairs: [{ y: "", x: "" }],
    instruments: [],
    intervalMs: "",
    formation: EMPTY_WINDOW,
    trading: EMPTY_WINDOW,
  };
}

/** The dates that the data of some instruments suggest: two thirds to fit, the last third to trade. */
export function datesOfInstruments(
  series: readonly SeriesCoverage[],
  instruments: readonly number[],
  intervalMs: number,
): Dates | null {
  const wanted = new Set(instruments);
  const members = series.filter(
    (one) => one.intervalMs === intervalMs && wanted.has(one.instrumentId),
  );
  if (members.length < 2 || members.length < wanted.size) return null;
  const span = commonSpan(members, intervalMs);
  return span === null ? null : splitSpan(span, intervalMs);
}

/**
 * A strategy on a scanned pair: fitted on the window of the scan, traded from its end to the end of
 * the data. A scan over all the data leaves nothing to trade; then the data are split again.
 */
export function strategyOfPair(
  source: PrefillSource,
  series: readonly SeriesCoverage[],
  blank: StrategyFormValues = blankStrategy(),
): StrategyFormValues {
  const { instrumentY, instrumentX, intervalMs, formation } = source;
  const span = legSpan(source, series);
  const legs = {
    pairs: [{ y: String(instrumentY), x: String(instrumentX) }],
    instruments: [instrumentY, instrumentX],
    intervalMs: String(intervalMs),
  };
  if (span !== null && span.endMs <= formation.endMs) {
    const dates = datesOfInstruments(series, [instrumentY, instrumentX], intervalMs);
    return { ...blank, ...legs, ...dates };
  }
  const trading = span === null ? EMPTY_WINDOW : { startMs: formation.endMs, endMs: span.endMs };
  return { ...blank, ...legs, formation, trading };
}

/** The span in which both legs of a pair have prices; null when there is none. */
export function legSpan(
  { instrumentY, instrumentX, intervalMs }: Omit<PrefillSource, "formation">,
  series: readonly SeriesCoverage[],
): TimeWindow | null {
  const legs = series.filter(
    (one) =>
      one.intervalMs === intervalMs &&
      (one.instrumentId === instrumentY || one.instrumentId === instrumentX),
  );
  return legs.length === 2 ? commonSpan(legs, intervalMs) : null;
}

/** The thresholds with which a pair was looked at, put into a strategy. */
export function withSettings(
  values: StrategyFormValues,
  settings: PairSettings,
): StrategyFormValues {
  return {
    ...values,
    parameters: {
      ...values.parameters,
      zScoreWindowBars: String(settings.zScoreWindowBars),
      entryZScore: String(settings.entryZScore),
      exitZScore: String(settings.exitZScore),
      stopZScore: settings.stopZScore === null ? "" : String(settings.stopZScore),
    },
  };
}

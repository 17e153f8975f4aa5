import { commonSpan, splitSpan } from "#app/(app)/discover/data-span.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";
import type { PairSettings } from "../pairs/pair-settings.ts";
import type { StrategyFormValues } from "./strategy-form-values.ts";

/** Where a new strategy comes from: a pair of a scan, with what was set on its page. */
export type PrefillSource = {
  readonly instrumentY: number;
  readonly instrumentX: number;
  readonly intervalMs: number;
  readonly formation: TimeWindow;
};

const EMPTY_WINDOW = { startMs: null, endMs: null };

/** The settings that need no pair. */
export function blankStrategy(): StrategyFormValues {
  return {
    instrumentY: "",
    instrumentX: "",
    intervalMs: "",
    formation: EMPTY_WINDOW,
    trading: EMPTY_WINDOW,
    zScoreWindowBars: String(STRATEGY_DEFAULTS.zScoreWindowBars),
    entryZScore: String(STRATEGY_DEFAULTS.entryZScore),
    exitZScore: String(STRATEGY_DEFAULTS.exitZScore),
    stopZScore: String(STRATEGY_DEFAULTS.stopZScore),
    holdingMaxBars: "",
    notional: String(STRATEGY_DEFAULTS.notional),
    initialEquity: String(STRATEGY_DEFAULTS.initialEquity),
    feeBps: String(STRATEGY_DEFAULTS.feeBps),
    slippageBps: String(STRATEGY_DEFAULTS.slippageBps),
  };
}

/** The dates that the data of two legs suggest: two thirds to fit, the last third to trade. */
export function datesOfLegs(
  series: readonly SeriesCoverage[],
  instrumentY: number,
  instrumentX: number,
  intervalMs: number,
): Pick<StrategyFormValues, "formation" | "trading"> | null {
  const span = legSpan({ instrumentY, instrumentX, intervalMs }, series);
  return span === null ? null : splitSpan(span, intervalMs);
}

/**
 * A strategy on a scanned pair: fitted on the window of the scan, traded from its end to the end of
 * the data. A scan over all the data leaves nothing to trade; then the data are split again.
 */
export function strategyOfPair(
  source: PrefillSource,
  series: readonly SeriesCoverage[],
): StrategyFormValues {
  const { instrumentY, instrumentX, intervalMs, formation } = source;
  const span = legSpan(source, series);
  const legs = {
    instrumentY: String(instrumentY),
    instrumentX: String(instrumentX),
    intervalMs: String(intervalMs),
  };
  if (span !== null && span.endMs <= formation.endMs) {
    const dates = datesOfLegs(series, instrumentY, instrumentX, intervalMs);
    return { ...blankStrategy(), ...legs, ...dates };
  }
  const trading = span === null ? EMPTY_WINDOW : { startMs: formation.endMs, endMs: span.endMs };
  return { ...blankStrategy(), ...legs, formation, trading };
}

/** The span in which both legs of a pair have prices; null when there is none. */
export function legSpan(
  { instrumentY, instrumentX, intervalMs }: Omit<PrefillSource, "formation">,
  series: readonly SeriesCoverage[],
): TimeWindow | null {
  const legs = legSeries(series, instrumentY, instrumentX, intervalMs);
  return legs.length === 2 ? commonSpan(legs, intervalMs) : null;
}

function legSeries(
  series: readonly SeriesCoverage[],
  instrumentY: number,
  instrumentX: number,
  intervalMs: number,
): SeriesCoverage[] {
  return series.filter(
    (one) =>
      one.intervalMs === intervalMs &&
      (one.instrumentId === instrumentY || one.instrumentId === instrumentX),
  );
}

/** The thresholds with which a pair was looked at, put into a strategy. */
export function withSettings(
  values: StrategyFormValues,
  settings: PairSettings,
): StrategyFormValues {
  return {
    ...values,
    zScoreWindowBars: String(settings.zScoreWindowBars),
    entryZScore: String(settings.entryZScore),
    exitZScore: String(settings.exitZScore),
    stopZScore: settings.stopZScore === null ? "" : String(settings.stopZScore),
  };
}

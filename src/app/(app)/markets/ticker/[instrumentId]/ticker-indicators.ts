import type { TickerIndicator } from "#contracts/ticker.ts";

/** What can be drawn, by the name that stands in the address: overlays of the price first. */
export const INDICATORS = {
  sma20: { label: "SMA 20", indicator: { kind: "sma", periodBars: 20 } },
  sma50: { label: "SMA 50", indicator: { kind: "sma", periodBars: 50 } },
  ema20: { label: "EMA 20", indicator: { kind: "ema", periodBars: 20 } },
  bollinger: { label: "Bollinger 20, 2", indicator: { kind: "bollinger" } },
  rsi14: { label: "RSI 14", indicator: { kind: "rsi", periodBars: 14 } },
  macd: { label: "MACD 12, 26, 9", indicator: { kind: "macd" } },
  atr14: { label: "ATR 14", indicator: { kind: "atr", periodBars: 14 } },
} as const satisfies Record<string, { label: string; indicator: TickerIndicator }>;

export type IndicatorName = keyof typeof INDICATORS;

export const INDICATOR_NAMES = Object.keys(INDICATORS).filter(isIndicatorName);

function isIndicatorName(name: string): name is IndicatorName {
  return Object.hasOwn(INDICATORS, name);
}

const DEFAULT: readonly IndicatorName[] = ["sma20", "sma50"];

/** Indicators that an address asks for; names that are none are left out. */
export function indicatorsOfSearch(text: string | null): readonly IndicatorName[] {
  return text === null ? DEFAULT : text.split(".").filter(isIndicatorName);
}

/** The address's words for a choice; "none" keeps an empty choice apart from the default. */
export function searchOfIndicators(names: readonly IndicatorName[]): string {
  return names.length === 0 ? "none" : names.join(".");
}

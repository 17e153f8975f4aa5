import { HOUR_MS } from "../market/calendar.ts";
import type { Market } from "../market/instrument-plan.ts";
import { INTERVALS, type Interval, shifted } from "../market/intervals.ts";

/** What a stream name asks for. Symbols are upper case here and lower case in names. */
export type StreamRequest = SymbolStreamRequest | AllMarketStreamRequest;

export type SymbolStreamRequest =
  | { readonly kind: "aggTrade" | "trade" | "bookTicker"; readonly symbol: string }
  | { readonly kind: "miniTicker" | "ticker" | "avgPrice"; readonly symbol: string }
  | { readonly kind: "windowTicker"; readonly symbol: string; readonly window: TickerWindow }
  | { readonly kind: "kline"; readonly symbol: string; readonly interval: Interval }
  | { readonly kind: "depthDiff"; readonly symbol: string; readonly everyMs: number }
  | {
      readonly kind: "depthTop";
      readonly symbol: string;
      readonly levels: number;
      readonly everyMs: number;
    }
  | { readonly kind: "markPrice"; readonly symbol: string; readonly everyMs: number };

export type AllMarketStreamRequest =
  | { readonly kind: "miniTickers" | "tickers" | "bookTickers" }
  | { readonly kind: "markPrices"; readonly everyMs: number };

export type TickerWindow = "1h" | "4h" | "1d";

/** Which of the three USD-M addresses delivers a stream since 2026-04-23. */
export function futuresRouteOf(request: StreamRequest): "public" | "market" {
  switch (request.kind) {
    case "bookTicker":
    case "bookTickers":
    case "depthDiff":
    case "depthTop":
      return "public";
    default:
      return "market";
  }
}

/** @returns null for names that the venue acknowledges and never delivers */
export function parseStreamName(market: Market, name: string): StreamRequest | null {
  const all = parseAllMarketName(market, name);
  if (all !== null) return all;
  const at = name.indexOf("@");
  if (at <= 0) return null;
  const lower = name.slice(0, at);
  if (lower !== lower.toLowerCase()) return null;
  return parseSymbolStream(market, lower.toUpperCase(), name.slice(at + 1));
}

function parseAllMarketName(market: Market, name: string): StreamRequest | null {
  if (name === "!miniTicker@arr") return { kind: "miniTickers" };
  if (market === "spot") return null;
  // Spot retired !ticker@arr on 2026-03-26; futures kept it.
  if (name === "!ticker@arr") return { kind: "tickers" };
  if (name === "!bookTicker") return { kind: "bookTickers" };
  if (name === "!markPrice@arr") return { kind: "markPrices", everyMs: 3_000 };
  if (name === "!markPrice@arr@1s") return { kind: "markPrices", everyMs: 1_000 };
  return null;
}

function parseSymbolStream(market: Market, symbol: string, rest: string): StreamRequest | null {
  switch (rest) {
    case "aggTrade":
    case "bookTicker":
    case "miniTicker":
    case "ticker":
      return { kind: rest, symbol };
    case "trade":
    case "avgPrice":
      // USD-M has no documented @trade: acknowledged, never delivered.
      return market === "spot" ? { kind: rest, symbol } : null;
    case "ticker_1h":
      return market === "spot" ? { kind: "windowTicker", symbol, window: "1h" } : null;
    case "ticker_4h":
      return market === "spot" ? { kind: "windowTicker", symbol, window: "4h" } : null;
    case "ticker_1d":
      return market === "spot" ? { kind: "windowTicker", symbol, window: "1d" } : null;
    case "markPrice":
      return market === "usdm" ? { kind: "markPrice", symbol, everyMs: 3_000 } : null;
    case "markPrice@1s":
      return market === "usdm" ? { kind: "markPrice", symbol, everyMs: 1_000 } : null;
    default:
      return parseKline(market, symbol, rest) ?? parseDepth(market, symbol, rest);
  }
}

function parseKline(market: Market, symbol: string, rest: string): StreamRequest | null {
  const [, label = "", zone] = /^kline_(\w+)(@\+08:00)?$/.exec(rest) ?? [];
  const interval = INTERVALS.get(label);
  if (interval === undefined || (market === "usdm" && label === "1s")) return null;
  return {
    kind: "kline",
    symbol,
    interval: zone === undefined ? interval : shifted(interval, 8 * HOUR_MS),
  };
}

function parseDepth(market: Market, symbol: string, rest: string): StreamRequest | null {
  const match = /^depth(5|10|20)?(?:@(100|250|500|1000)ms)?$/.exec(rest);
  if (match === null) return null;
  const [, levels, speed] = match;
  if (market === "spot" && (speed === "250" || speed === "500")) return null;
  const everyMs = speed === undefined ? (market === "spot" ? 1_000 : 250) : Number(speed);
  return levels === undefined
    ? { kind: "depthDiff", symbol, everyMs }
    : { kind: "depthTop", symbol, levels: Number(levels), everyMs };
}

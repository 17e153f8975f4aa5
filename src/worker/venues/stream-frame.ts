import {
  isDecimal,
  isJsonObject,
  isPositiveDecimal,
  isVenueTime,
  type JsonObject,
  parseAggTrade,
  type VenueTrade,
} from "./agg-trade.ts";

/** Rolling 24 hours of a symbol. */
export type VenueTicker = {
  readonly symbol: string;
  readonly eventTimeMs: number;
  readonly lastPrice: string;
  readonly openPrice: string;
  readonly highPrice: string;
  readonly lowPrice: string;
  readonly volume: string;
  readonly quoteVolume: string;
};

/** What came over a stream. "bad": not what the protocol allows; "unknown": an event of a kind we do not use. */
export type StreamFrame =
  | {
      readonly kind: "trade";
      readonly symbol: string;
      readonly eventTimeMs: number;
      readonly trade: VenueTrade;
    }
  | {
      readonly kind: "tickers";
      readonly tickers: readonly VenueTicker[];
      readonly badCount: number;
    }
  | { readonly kind: "answer"; readonly id: number | null; readonly error: string | null }
  | { readonly kind: "shutdown" }
  | { readonly kind: "unknown"; readonly event: string }
  | { readonly kind: "bad"; readonly stream: string | null; readonly reason: string };

/** An aggregated trade takes 200 bytes; more than this is something else. Tickers of a whole market take 600 kB. */
const TRADE_FRAME_BYTES_MAX = 4_096;

/** Event time and trade time may differ by a wrong clock, but not by a day. */
const EVENT_LAG_MS_MAX = 86_400_000;

const SHUTDOWN_STREAM = "!serverShutdown";
const TICKER_STREAM = "!miniTicker@arr";

/** Reads a frame of a combined connection (`{"stream": …, "data": …}`) or an answer to a control message. */
export function parseStreamFrame(bytes: Buffer): StreamFrame {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    return { kind: "bad", stream: null, reason: "it is not JSON" };
  }
  if (!isJsonObject(value)) return { kind: "bad", stream: null, reason: "it is not an object" };
  const { stream, data } = value;
  if (typeof stream !== "string") return parseBareFrame(value);
  if (stream === SHUTDOWN_STREAM) return { kind: "shutdown" };
  if (stream === TICKER_STREAM) return parseTickers(data);
  if (!isJsonObject(data)) return { kind: "bad", stream, reason: "data is not an object" };
  if (stream.endsWith("@aggTrade")) {
    if (bytes.length > TRADE_FRAME_BYTES_MAX) {
      return { kind: "bad", stream, reason: `it has ${bytes.length} bytes` };
    }
    return parseTradeEvent(stream, data);
  }
  return { kind: "unknown", event: stream };
}

function parseTradeEvent(stream: string, data: JsonObject): StreamFrame {
  const { e, E, s } = data;
  if (e !== "aggTrade") {
    // A kind of event that is new may come beside the ones we know.
    if (typeof e === "string") return { kind: "unknown", event: e.slice(0, 40) };
    return { kind: "bad", stream, reason: "e is not text" };
  }
  if (typeof s !== "string" || stream !== `${s.toLowerCase()}@aggTrade`) {
    return { kind: "bad", stream, reason: "s is not the stream's symbol" };
  }
  if (!isVenueTime(E)) return { kind: "bad", stream, reason: "E is not a time" };
  const trade = parseAggTrade(data);
  if (typeof trade === "string") return { kind: "bad", stream, reason: trade };
  if (Math.abs(E - trade.timeMs) > EVENT_LAG_MS_MAX) {
    return { kind: "bad", stream, reason: "E and T are days apart" };
  }
  return { kind: "trade", symbol: s, eventTimeMs: E, trade };
}

function parseTickers(data: unknown): StreamFrame {
  if (!Array.isArray(data)) {
    return { kind: "bad", stream: TICKER_STREAM, reason: "data is not a list" };
  }
  const tickers: VenueTicker[] = [];
  let badCount = 0;
  for (const raw of data) {
    // The lists of USD-M and COIN-M are one; `st` 2 is COIN-M.
    if (isJsonObject(raw) && raw["st"] === 2) continue;
    const ticker = parseTicker(raw);
    if (ticker === null) badCount += 1;
    else tickers.push(ticker);
  }
  return { kind: "tickers", tickers, badCount };
}

function parseTicker(raw: unknown): VenueTicker | null {
  if (!isJsonObject(raw)) return null;
  const { e, E, s, c, o, h, l, v, q } = raw;
  if (e !== "24hrMiniTicker" || typeof s !== "string" || s === "" || !isVenueTime(E)) return null;
  if (!isPositiveDecimal(c) || !isPositiveDecimal(o)) return null;
  if (!isPositiveDecimal(h) || !isPositiveDecimal(l)) return null;
  if (!isDecimal(v) || !isDecimal(q)) return null;
  return {
    symbol: s,
    eventTimeMs: E,
    lastPrice: c,
    openPrice: o,
    highPrice: h,
    lowPrice: l,
    volume: v,
    quoteVolume: q,
  };
}

/** Answers to control messages come without an envelope, and so does the shutdown of a raw connection. */
function parseBareFrame(value: JsonObject): StreamFrame {
  if (value["e"] === "serverShutdown") return { kind: "shutdown" };
  const id = typeof value["id"] === "number" ? value["id"] : null;
  const error = isJsonObject(value["error"]) ? value["error"] : value;
  if (typeof error["code"] === "number") {
    return { kind: "answer", id, error: `${error["code"]} ${String(error["msg"] ?? "")}` };
  }
  if ("result" in value) return { kind: "answer", id, error: null };
  return { kind: "bad", stream: null, reason: "it has no stream" };
}

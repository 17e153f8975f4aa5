import { setTimeout as delay } from "node:timers/promises";
import { isJsonObject, parseAggTrade, type VenueTrade } from "./agg-trade.ts";
import { listingsOf, type VenueListing } from "./exchange-info.ts";
import { REST_WEIGHTS } from "./rest-weights.ts";
import { VenueError } from "./venue-error.ts";
import { parseKline, type VenueKline } from "./venue-kline.ts";
import type { VenueMarket } from "./venue-market.ts";
import type { PoolShare, WeightPool } from "./weight-pool.ts";

/** Which trades: from an id on, from a moment on, or (without either) the newest. */
export type TradeRange =
  | { readonly fromId: number; readonly limit: number }
  | { readonly startTimeMs: number; readonly limit: number }
  | { readonly limit: number };

/** How a call may use the pool. It waits for its share of it; the signal ends the wait and the call. */
export type CallOptions = { readonly share: PoolShare; readonly signal: AbortSignal };

/** A market of a venue by REST. Every method throws VenueError. */
export type RestClient = {
  readonly market: VenueMarket;
  readonly pool: WeightPool;
  readonly ping: (options: CallOptions) => Promise<void>;
  /** The venue's clock, UTC ms. */
  readonly serverTimeMs: (options: CallOptions) => Promise<number>;
  /** Every instrument, or those of the given symbols (of which none may be unknown; spot only). */
  readonly listings: (
    symbols: readonly string[] | null,
    options: CallOptions,
  ) => Promise<VenueListing[]>;
  /** Ascending ids. */
  readonly aggTrades: (
    symbol: string,
    range: TradeRange,
    options: CallOptions,
  ) => Promise<VenueTrade[]>;
  /** Ascending open times; the bar of the moment is among them, unfinished. */
  readonly klines: (
    symbol: string,
    range: {
      readonly interval: string;
      readonly startTimeMs: number;
      readonly endTimeMs?: number;
      readonly limit: number;
    },
    options: CallOptions,
  ) => Promise<VenueKline[]>;
};

const PATHS: Readonly<Record<VenueMarket, string>> = { spot: "/api/v3", usdm: "/fapi/v1" };

/** Without the header that says so: the shortest ban of the venue is two minutes. */
const RETRY_AFTER_MS_DEFAULT = 120_000;

export function createRestClient(options: {
  readonly market: VenueMarket;
  readonly restUrl: string;
  readonly pool: WeightPool;
  readonly timeoutMs: number;
}): RestClient {
  const { market, pool } = options;
  const weights = REST_WEIGHTS[market];

  async function call(
    path: string,
    query: Readonly<Record<string, string | number | undefined>>,
    weight: number,
    { share, signal }: CallOptions,
  ): Promise<unknown> {
    for (;;) {
      const waitMs = pool.take(weight, share);
      if (waitMs === 0) break;
      const bannedUntilMs = pool.bannedUntilMs;
      if (bannedUntilMs !== null) {
        throw new VenueError("banned", "the venue wants no calls for a while", {
          retryAtMs: bannedUntilMs,
        });
      }
      await delay(waitMs, undefined, { signal });
    }
    const url = new URL(`${options.restUrl}${PATHS[market]}${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return ask(url, weight, signal);
  }

  async function ask(url: URL, weight: number, signal: AbortSignal): Promise<unknown> {
    let usedOfVenue: number | null = null;
    try {
      const response = await fetch(url, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs)]),
      });
      const used = Number(response.headers.get("x-mbx-used-weight-1m") ?? Number.NaN);
      if (Number.isFinite(used)) usedOfVenue = used;
      if (response.ok) return await response.json();
      throw await refusal(response);
    } catch (error) {
      if (error instanceof VenueError) throw error;
      signal.throwIfAborted();
      throw new VenueError("unavailable", `${url.pathname}: ${reasonOf(error)}`, { cause: error });
    } finally {
      pool.settle(weight, usedOfVenue);
    }
  }

  async function refusal(response: Response): Promise<VenueError> {
    const { code, message } = await errorBody(response);
    const words = `HTTP ${response.status}${message === "" ? "" : `: ${message}`}`;
    if (response.status === 429 || response.status === 418) {
      const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
      pool.ban(Number.isFinite(seconds) ? seconds * 1_000 : RETRY_AFTER_MS_DEFAULT);
      return new VenueError("banned", words, {
        code,
        ...(pool.bannedUntilMs === null ? {} : { retryAtMs: pool.bannedUntilMs }),
      });
    }
    const isOurFault = response.status >= 400 && response.status < 500 && response.status !== 403;
    return new VenueError(isOurFault ? "refused" : "unavailable", words, { code });
  }

  return {
    market,
    pool,
    ping: async (how) => {
      await call("/ping", {}, weights.ping, how);
    },
    serverTimeMs: async (how) => {
      const answer = await call("/time", {}, weights.time, how);
      const time = isJsonObject(answer) ? answer["serverTime"] : undefined;
      if (typeof time !== "number") throw new VenueError("malformed", "/time has no serverTime");
      return time;
    },
    listings: async (symbols, how) => {
      const query = symbols === null ? {} : { symbols: JSON.stringify(symbols) };
      const answer = await call("/exchangeInfo", query, weights.exchangeInfo, how);
      try {
        return listingsOf(market, answer);
      } catch (cause) {
        throw new VenueError("malformed", "/exchangeInfo cannot be read", { cause });
      }
    },
    aggTrades: async (symbol, range, how) => {
      const query = {
        symbol,
        fromId: "fromId" in range ? range.fromId : undefined,
        startTime: "startTimeMs" in range ? range.startTimeMs : undefined,
        limit: range.limit,
      };
      return tradesOf(await call("/aggTrades", query, weights.aggTrades, how));
    },
    klines: async (symbol, range, how) => {
      const query = {
        symbol,
        interval: range.interval,
        startTime: range.startTimeMs,
        endTime: range.endTimeMs,
        limit: range.limit,
      };
      return klinesOf(await call("/klines", query, weights.klines(range.limit), how));
    },
  };
}

function tradesOf(answer: unknown): VenueTrade[] {
  if (!Array.isArray(answer)) throw new VenueError("malformed", "/aggTrades is no list");
  return answer.map((row) => {
    const trade = isJsonObject(row) ? parseAggTrade(row) : "it is no object";
    if (typeof trade === "string") {
      throw new VenueError("malformed", `/aggTrades has a row that cannot be read: ${trade}`);
    }
    return trade;
  });
}

function klinesOf(answer: unknown): VenueKline[] {
  if (!Array.isArray(answer)) throw new VenueError("malformed", "/klines is no list");
  return answer.map((row) => {
    const kline = parseKline(row);
    if (kline === null) {
      throw new VenueError("malformed", "/klines has a row that cannot be read");
    }
    return kline;
  });
}

async function errorBody(response: Response): Promise<{ code: number | null; message: string }> {
  // A gateway answers in HTML; the status alone has to do then.
  const body: unknown = await response.json().catch(() => null);
  if (!isJsonObject(body)) return { code: null, message: "" };
  const { code, msg } = body;
  return {
    code: typeof code === "number" ? code : null,
    message: typeof msg === "string" ? msg.slice(0, 300) : "",
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // fetch says "fetch failed" and keeps the reason to itself.
  return error.cause instanceof Error ? error.cause.message : error.message;
}

// Aggregated trades as Binance sends them, by stream and by REST: consecutive trades of one taker order at
// one price, numbered without a hole (`a`), each with the raw trades that it is made of (`f` to `l`).

/** One aggregated trade. Prices and quantities stay the decimal texts that the venue sent. */
export type VenueTrade = {
  readonly id: number;
  /** Quote asset. */
  readonly price: string;
  /** Base asset. */
  readonly quantity: string;
  readonly firstTradeId: number;
  readonly lastTradeId: number;
  /** UTC ms by the venue's clock. */
  readonly timeMs: number;
  /** The aggressor sold. */
  readonly buyerIsMaker: boolean;
};

const DECIMAL = /^\d{1,15}(?:\.\d{1,15})?$/;

/** 2009-01-03 and 2100-01-01: no trade of a venue is older or newer. */
const TIME_MIN_MS = 1_230_940_800_000;
const TIME_MAX_MS = 4_102_444_800_000;

/** A positive decimal without sign or exponent. */
export function isPositiveDecimal(value: unknown): value is string {
  return typeof value === "string" && DECIMAL.test(value) && Number(value) > 0;
}

/** A decimal that may be zero. */
export function isDecimal(value: unknown): value is string {
  return typeof value === "string" && DECIMAL.test(value);
}

export function isVenueTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= TIME_MIN_MS && Number(value) < TIME_MAX_MS;
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** Any JSON object. */
export type JsonObject = { readonly [key: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads the fields that stream and REST have in common. By hand rather than by a schema: this runs for
 * every trade.
 *
 * @returns the trade, or what is wrong with it
 */
export function parseAggTrade(raw: JsonObject): VenueTrade | string {
  const { a, p, q, f, l, T, m } = raw;
  if (!isId(a)) return "a is not an id";
  if (!isPositiveDecimal(p)) return "p is not a positive decimal";
  if (!isPositiveDecimal(q)) return "q is not a positive decimal";
  if (!isId(f) || !isId(l) || f > l) return "f to l is no range of ids";
  if (!isVenueTime(T)) return "T is not a time";
  if (typeof m !== "boolean") return "m is not true or false";
  return {
    id: a,
    price: p,
    quantity: q,
    firstTradeId: f,
    lastTradeId: l,
    timeMs: T,
    buyerIsMaker: m,
  };
}

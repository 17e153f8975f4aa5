import type { Exchange, Listing } from "../exchange.ts";
import type { Market } from "../market/instrument-plan.ts";
import {
  ApiError,
  INVALID_SYMBOL,
  illegalCharacters,
  invalidParameter,
  missingParameter,
} from "./api-error.ts";

const SYMBOL_RANGE = "^[A-Z0-9-_.]{1,20}$";
const INTEGER_RANGE = "^[0-9]{1,20}$";
/** 10¹⁴ ms is the year 5138. */
const MICROSECONDS_FROM = 1e14;

/** Parameters of a request, read with the venue's own complaints. */
export class Query {
  readonly #params: URLSearchParams;

  constructor(params: URLSearchParams) {
    this.#params = params;
  }

  text(name: string): string | undefined {
    const values = this.#params.getAll(name);
    if (values.length > 1) {
      throw new ApiError(400, -1101, "Duplicate values for a parameter detected.");
    }
    const [value] = values;
    if (value === "") throw new ApiError(400, -1105, `Parameter '${name}' was empty.`);
    return value;
  }

  integer(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!new RegExp(INTEGER_RANGE).test(text)) throw illegalCharacters(name, INTEGER_RANGE);
    return Number(text);
  }

  /** A time in UTC ms; microseconds are recognised by their size. */
  time(name: string): number | undefined {
    const value = this.integer(name);
    return value === undefined || value < MICROSECONDS_FROM ? value : Math.floor(value / 1000);
  }

  requiredInteger(name: string): number {
    const value = this.integer(name);
    if (value === undefined) throw missingParameter(name);
    return value;
  }

  /** More than the most is taken as the most, as the venue does. */
  limit(fallback: number, most: number): number {
    const limit = this.integer("limit") ?? fallback;
    if (limit === 0) throw invalidParameter("limit");
    return Math.min(limit, most);
  }

  listing(exchange: Exchange, market: Market): Listing {
    const symbol = this.#params.get("symbol");
    if (symbol === null || symbol === "") throw missingParameter("symbol");
    const listing = this.listingOf(exchange, market, symbol);
    this.text("symbol");
    return listing;
  }

  listingOf(exchange: Exchange, market: Market, symbol: string): Listing {
    if (!new RegExp(SYMBOL_RANGE).test(symbol)) throw illegalCharacters("symbol", SYMBOL_RANGE);
    const listing = exchange.find(market, symbol);
    if (listing === undefined || listing.status === "DELISTED") throw INVALID_SYMBOL;
    return listing;
  }

  /** Instruments of `symbol=` or `symbols=["A","B"]`; undefined when neither is given. */
  listings(exchange: Exchange, market: Market): readonly Listing[] | undefined {
    const symbol = this.text("symbol");
    const symbols = this.text("symbols");
    if (symbol !== undefined && symbols !== undefined) {
      throw new ApiError(400, -1128, "Combination of optional parameters invalid.");
    }
    if (symbol !== undefined) return [this.listingOf(exchange, market, symbol)];
    if (symbols === undefined) return undefined;
    const names = symbolList(symbols);
    return names.map((name) => this.listingOf(exchange, market, name));
  }
}

function symbolList(text: string): readonly string[] {
  const range = '^\\[("[A-Z0-9-_.]{1,20}"(,"[A-Z0-9-_.]{1,20}"){0,}){0,1}\\]$';
  if (!new RegExp(range).test(text)) throw illegalCharacters("symbols", range);
  return [...text.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name);
}

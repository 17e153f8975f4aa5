import type { Market } from "../market/instrument-plan.ts";
import type { SimulatorSettings } from "../simulator-options.ts";
import { ApiError } from "./api-error.ts";

const RAW_WINDOW_MS = 300_000;

type Address = {
  windowStartMs: number;
  weight: number;
  refused: number;
  bannedUntilMs: number;
  bans: number;
  rawStartMs: number;
  raw: number;
  funding: number;
};

/**
 * Request weights by address and market: windows on the wall clock, 429 with Retry-After above the
 * limit, and for those who do not stop bans (418) that grow.
 */
export class WeightLimiter {
  refusals = 0;
  bans = 0;
  /** Calls of a banned address: the first tells it, each further one is a client that does not listen. */
  callsUnderBan = 0;
  readonly #limits: SimulatorSettings["limits"];
  readonly #addresses = new Map<string, Address>();

  constructor(limits: SimulatorSettings["limits"]) {
    this.#limits = limits;
  }

  /**
   * Charges a request.
   * @returns weight used in the window, for the header
   * @throws {ApiError} 429 or 418
   */
  charge(market: Market, remoteAddress: string, weight: number, nowMs: number): number {
    const address = this.#address(market, remoteAddress, nowMs);
    this.#requireUnbanned(address, nowMs);
    address.weight += weight;
    address.raw += 1;
    const limit = this.limitOf(market);
    const isOverRaw = address.raw > this.#limits.rawRequestsPer5Minutes;
    if (address.weight <= limit && !isOverRaw) return address.weight;
    address.refused += 1;
    this.refusals += 1;
    if (address.refused > this.#limits.violationsUntilBan) {
      const { banMs } = this.#limits;
      this.#banFor(address, banMs[Math.min(address.bans, banMs.length - 1)] ?? 0, nowMs);
      this.#requireUnbanned(address, nowMs);
    }
    const windowEndMs = isOverRaw
      ? address.rawStartMs + RAW_WINDOW_MS
      : address.windowStartMs + this.#limits.weightWindowMs;
    throw tooManyRequests(limit, Math.ceil((windowEndMs - nowMs) / 1000));
  }

  /**
   * Charges a request of the funding history to its own pool.
   * @throws {ApiError} 429 or 418
   */
  chargeFunding(remoteAddress: string, nowMs: number): number {
    const address = this.#address("usdm", remoteAddress, nowMs);
    this.#requireUnbanned(address, nowMs);
    address.funding += 1;
    if (address.funding <= this.#limits.fundingRequestsPer5Minutes) return address.weight;
    this.refusals += 1;
    const waitMs = address.rawStartMs + RAW_WINDOW_MS - nowMs;
    throw tooManyRequests(this.limitOf("usdm"), Math.ceil(waitMs / 1000));
  }

  limitOf(market: Market): number {
    return market === "spot" ? this.#limits.weightPerMinute : this.#limits.futuresWeightPerMinute;
  }

  /** Weight of an address so far, for the header of refused requests. */
  usedBy(market: Market, remoteAddress: string, nowMs: number): number {
    return this.#address(market, remoteAddress, nowMs).weight;
  }

  /** Bans an address at will. */
  ban(market: Market, remoteAddress: string, banMs: number, nowMs: number): void {
    this.#banFor(this.#address(market, remoteAddress, nowMs), banMs, nowMs);
  }

  /** Forgets windows and bans. */
  clear(): void {
    this.#addresses.clear();
  }

  #banFor(address: Address, banMs: number, nowMs: number): void {
    address.bannedUntilMs = nowMs + banMs;
    address.bans += 1;
    this.bans += 1;
  }

  #requireUnbanned(address: Address, nowMs: number): void {
    if (address.bannedUntilMs <= nowMs) return;
    this.callsUnderBan += 1;
    const retryAfter = Math.ceil((address.bannedUntilMs - nowMs) / 1000);
    throw new ApiError(
      418,
      -1003,
      `Way too much request weight used; IP banned until ${address.bannedUntilMs}. Please use WebSocket Streams for live updates to avoid bans.`,
      { "Retry-After": String(retryAfter) },
    );
  }

  #address(market: Market, remoteAddress: string, nowMs: number): Address {
    const key = `${market} ${remoteAddress}`;
    const windowMs = this.#limits.weightWindowMs;
    const windowStartMs = Math.floor(nowMs / windowMs) * windowMs;
    const rawStartMs = Math.floor(nowMs / RAW_WINDOW_MS) * RAW_WINDOW_MS;
    const known = this.#addresses.get(key) ?? {
      windowStartMs,
      weight: 0,
      refused: 0,
      bannedUntilMs: 0,
      bans: 0,
      rawStartMs,
      raw: 0,
      funding: 0,
    };
    this.#addresses.set(key, known);
    if (known.windowStartMs !== windowStartMs) {
      Object.assign(known, { windowStartMs, weight: 0, refused: 0 });
    }
    if (known.rawStartMs !== rawStartMs) Object.assign(known, { rawStartMs, raw: 0, funding: 0 });
    return known;
  }
}

export function tooManyRequests(limit: number, retryAfterSeconds: number): ApiError {
  return new ApiError(
    429,
    -1003,
    `Too much request weight used; current limit is ${limit} request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.`,
    { "Retry-After": String(retryAfterSeconds) },
  );
}

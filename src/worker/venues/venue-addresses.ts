import type { VenueMarket } from "./venue-market.ts";

/** Where a market of a venue answers: REST without a path, streams without "/ws" or "/stream". */
export type MarketAddress = { readonly restUrl: string; readonly streamUrl: string };

/** A venue by address: the simulated exchange is the same venue at another one. */
export type VenueAddresses = Readonly<Record<VenueMarket, MarketAddress>>;

/**
 * Addresses of the simulated exchange.
 *
 * @param url of its REST and streams, "http://127.0.0.1:8790"
 */
export function simulatorAddresses(url: string): VenueAddresses {
  const restUrl = url.replace(/\/+$/, "");
  const streamUrl = restUrl.replace(/^http/, "ws");
  return {
    spot: { restUrl, streamUrl },
    usdm: { restUrl, streamUrl: futuresStreamUrl(`${streamUrl}/futures`) },
  };
}

/**
 * Address of the futures market streams. Since 2026-04-23 the root acknowledges subscriptions to trades
 * and never delivers them: only "/market" does.
 *
 * @param root "wss://fstream.binance.com"
 */
export function futuresStreamUrl(root: string): string {
  return `${root.replace(/\/+$/, "")}/market`;
}

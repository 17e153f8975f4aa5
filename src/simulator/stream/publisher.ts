import type { Exchange, Listing } from "../exchange.ts";
import type { Market } from "../market/instrument-plan.ts";
import { TradeColumns } from "../market/trade-columns.ts";
import type { TimeUnit } from "../wire/event-text.ts";
import { FrameBatch } from "../wire/frame-batch.ts";
import type { Connection } from "./connection.ts";
import { futuresRouteOf, parseStreamName, type StreamRequest } from "./stream-name.ts";
import { createStreamSource, type Moment, type StreamSource } from "./stream-source.ts";

/** A stream that somebody listens to. */
type ActiveStream = {
  readonly name: string;
  readonly symbol: string | undefined;
  readonly source: StreamSource;
  readonly subscribers: Set<Connection>;
};

/** Longest span that is made into events at once; more is cut into slices. */
const SLICE_MS = 1_000;

/** After a longer jump of the clock the events between are not sent: they went to nobody, as in an outage. */
const CATCH_UP_MS_MAX = 600_000;

/** Makes the events of every stream that is listened to, once, and hands them to all listeners. */
export class Publisher {
  /** Events made, by kind of stream; each goes to all its listeners. */
  readonly eventsByKind = new Map<string, number>();
  readonly #exchange: Exchange;
  readonly #streams = new Map<string, ActiveStream>();
  #sentUntilMs: number;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    this.#sentUntilMs = exchange.clock.nowMs();
  }

  subscribe(connection: Connection, name: string): void {
    if (connection.streams.has(name)) return;
    connection.streams.add(name);
    const { market, route, unit } = connection.options;
    const request = parseStreamName(market, name);
    if (request === null || !delivers(route, request)) return;
    const key = keyOf(market, unit, name);
    const known = this.#streams.get(key);
    if (known !== undefined) {
      known.subscribers.add(connection);
      return;
    }
    const source = createStreamSource(this.#exchange, market, request, unit);
    if (source === null) return;
    const symbol = "symbol" in request ? request.symbol : undefined;
    this.#streams.set(key, { name, symbol, source, subscribers: new Set([connection]) });
  }

  unsubscribe(connection: Connection, name: string): void {
    if (!connection.streams.delete(name)) return;
    const { market, unit } = connection.options;
    const key = keyOf(market, unit, name);
    const stream = this.#streams.get(key);
    if (stream === undefined) return;
    stream.subscribers.delete(connection);
    if (stream.subscribers.size === 0) this.#streams.delete(key);
  }

  remove(connection: Connection): void {
    for (const name of [...connection.streams]) this.unsubscribe(connection, name);
  }

  /** Sends what has happened since the last time. */
  publish(): void {
    const nowMs = this.#exchange.clock.nowMs();
    if (nowMs - this.#sentUntilMs > CATCH_UP_MS_MAX) this.#sentUntilMs = nowMs;
    const corked = new Set<Connection>();
    while (this.#sentUntilMs < nowMs) {
      const toMs = Math.min(nowMs, this.#sentUntilMs + SLICE_MS);
      this.#publishMoment(this.#momentOf(this.#sentUntilMs, toMs), corked);
      this.#sentUntilMs = toMs;
    }
    for (const connection of corked) connection.uncork();
  }

  get streamCount(): number {
    return this.#streams.size;
  }

  #publishMoment(moment: Moment, corked: Set<Connection>): void {
    for (const { name, symbol, source, subscribers } of this.#streams.values()) {
      const payloads = source(moment);
      if (payloads.length === 0) continue;
      const batch = new FrameBatch(name, payloads);
      for (const connection of subscribers) {
        if (!corked.has(connection)) {
          corked.add(connection);
          connection.cork();
        }
        connection.deliver(batch, symbol);
      }
      const kind = name.slice(name.indexOf("@") + 1);
      this.eventsByKind.set(kind, (this.eventsByKind.get(kind) ?? 0) + payloads.length);
    }
  }

  #momentOf(fromMs: number, toMs: number): Moment {
    const collected = new Map<Listing, TradeColumns>();
    return {
      fromMs,
      toMs,
      saidMs: this.#exchange.clock.saidMs(),
      tradesOf: (listing) => {
        const known = collected.get(listing);
        if (known !== undefined) return known;
        const trades = new TradeColumns();
        listing.tape.collect(fromMs, toMs, trades);
        collected.set(listing, trades);
        return trades;
      },
    };
  }
}

function keyOf(market: Market, unit: TimeUnit, name: string): string {
  return `${market} ${unit} ${name}`;
}

/** The trap of 2026: the old futures root acknowledges everything and delivers public streams only. */
function delivers(route: Connection["options"]["route"], request: StreamRequest): boolean {
  if (route === "spot") return true;
  const home = futuresRouteOf(request);
  return route === "old" ? home === "public" : route === home;
}

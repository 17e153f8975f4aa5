import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { Exchange } from "../exchange.ts";
import type { FaultKind } from "../faults/fault.ts";
import type { ActiveFault, FaultMenu } from "../faults/fault-menu.ts";
import type { Market } from "../market/instrument-plan.ts";
import { ApiError } from "./api-error.ts";
import { Query } from "./query.ts";
import type { Route } from "./route.ts";
import { tooManyRequests, type WeightLimiter } from "./weight-limiter.ts";

const UNKNOWN_TEXT = "An unknown error occurred while processing the request.";
const UNKNOWN_ERROR = new ApiError(500, -1000, UNKNOWN_TEXT);

const REST_FAULTS: ReadonlySet<FaultKind> = new Set([
  "rest-error",
  "rest-timeout",
  "rest-429",
  "rest-ban",
] as const);

/** The REST side of the exchange: weights, faults, routes, errors. */
export class RestServer {
  requests = 0;
  readonly #exchange: Exchange;
  readonly #limiter: WeightLimiter;
  readonly #menu: FaultMenu;
  readonly #routes: ReadonlyMap<string, Route>;

  constructor(options: {
    readonly exchange: Exchange;
    readonly limiter: WeightLimiter;
    readonly menu: FaultMenu;
    readonly routes: readonly Route[];
  }) {
    this.#exchange = options.exchange;
    this.#limiter = options.limiter;
    this.#menu = options.menu;
    this.#routes = new Map(options.routes.map((route) => [route.path, route]));
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    const url = URL.parse(request.url ?? "/", "http://localhost");
    const { pathname = "/", searchParams = new URLSearchParams() } = url ?? {};
    const market: Market = pathname.startsWith("/fapi/") ? "usdm" : "spot";
    const remoteAddress = request.socket.remoteAddress ?? "";
    const nowMs = this.#exchange.clock.nowMs();
    try {
      await this.#bite(market, remoteAddress, searchParams.get("symbol") ?? undefined);
      const route = this.#routes.get(pathname);
      if (route === undefined || request.method !== "GET")
        throw new ApiError(404, -1000, "Not found.");
      const query = new Query(searchParams);
      const used = this.#charge(route, { query, market, remoteAddress, nowMs });
      const unit = String(request.headers["x-mbx-time-unit"] ?? "").toUpperCase();
      const timeFactor = unit === "MICROSECOND" ? 1000 : 1;
      const body = await route.answer({ exchange: this.#exchange, query, timeFactor });
      send(response, 200, body, { "X-MBX-USED-WEIGHT": used, "X-MBX-USED-WEIGHT-1M": used });
    } catch (error) {
      if (!(error instanceof ApiError)) console.error("simulator: unexpected error", error);
      const used = this.#limiter.usedBy(market, remoteAddress, nowMs);
      const known = error instanceof ApiError ? error : UNKNOWN_ERROR;
      const { status, code, message, headers } = known;
      send(response, status, { code, msg: message }, { "X-MBX-USED-WEIGHT-1M": used, ...headers });
    }
  }

  /** @throws {ApiError} above the limits */
  #charge(
    route: Route,
    {
      query,
      market,
      remoteAddress,
      nowMs,
    }: {
      readonly query: Query;
      readonly market: Market;
      readonly remoteAddress: string;
      readonly nowMs: number;
    },
  ): number {
    if (route.isFunding === true) return this.#limiter.chargeFunding(remoteAddress, nowMs);
    const weight = typeof route.weight === "number" ? route.weight : route.weight(query);
    return this.#limiter.charge(market, remoteAddress, weight, nowMs);
  }

  /** @throws {ApiError} what the fault of the moment answers */
  async #bite(market: Market, remoteAddress: string, symbol: string | undefined): Promise<void> {
    const [active] = this.#menu.at(REST_FAULTS, { market, symbol });
    if (active === undefined) return;
    this.#menu.bite(active);
    await this.#apply(active, market, remoteAddress);
  }

  async #apply({ fault, id }: ActiveFault, market: Market, remoteAddress: string): Promise<void> {
    switch (fault.kind) {
      case "rest-error":
        throw new ApiError(fault.status, -1000, UNKNOWN_TEXT);
      case "rest-429":
        throw tooManyRequests(this.#limiter.limitOf(market), fault.retryAfterSeconds);
      case "rest-timeout":
        await setTimeout(fault.holdMs, undefined, { ref: false });
        throw new ApiError(
          504,
          -1007,
          "Timeout waiting for response from backend server. Send status unknown; execution status unknown.",
        );
      case "rest-ban":
        // One ban for the address; it lasts by itself.
        this.#menu.remove(id);
        this.#limiter.ban(market, remoteAddress, fault.banMs, this.#exchange.clock.nowMs());
        return;
      default:
        return;
    }
  }
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string | number>>,
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "Content-Type": "application/json;charset=UTF-8",
    "Content-Length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

import { createServer, type Server } from "node:http";
import { performance } from "node:perf_hooks";
import { ExchangeClock } from "./clock.ts";
import { createControlServer } from "./control/control-server.ts";
import { createExchange, type Exchange, type Listing, type SymbolStatus } from "./exchange.ts";
import { strike, strikesAtOnce } from "./faults/connection-faults.ts";
import { Fault, type FaultInput } from "./faults/fault.ts";
import { type ActiveFault, FaultMenu } from "./faults/fault-menu.ts";
import { FaultChaos, FaultScript } from "./faults/fault-schedule.ts";
import { closed, LOOPBACK, listening, portOf } from "./loopback-server.ts";
import type { ActivityChange } from "./market/activity-log.ts";
import { EPOCH_MS, SECOND_MS } from "./market/calendar.ts";
import type { Market } from "./market/instrument-plan.ts";
import { INTERVALS } from "./market/intervals.ts";
import { createSyntheticTapes } from "./market/synthetic-tapes.ts";
import {
  type RecordSpan,
  type RecordSummary,
  recordKlines,
  recordLines,
  recordSummary,
  recordSummaryInTurns,
} from "./record.ts";
import { createReplay, type Replay } from "./replay.ts";
import { futuresRoutes } from "./rest/futures-routes.ts";
import { RestServer } from "./rest/rest-server.ts";
import { spotRoutes } from "./rest/spot-routes.ts";
import { WeightLimiter } from "./rest/weight-limiter.ts";
import { type Chaos, SimulatorOptions, type SimulatorSettings } from "./simulator-options.ts";
import { Publisher } from "./stream/publisher.ts";
import { StreamServer } from "./stream/stream-server.ts";

/** Which trades of the record are meant; spot unless said otherwise. */
export type RecordQuery = RecordSpan & {
  readonly symbol: string;
  readonly market?: Market | undefined;
};

export type SymbolChange = {
  readonly market?: Market | undefined;
  readonly symbol: string;
  readonly status?: SymbolStatus | undefined;
  readonly filters?: Partial<Listing["filters"]> | undefined;
};

export type RateChange = {
  /** Further aggregated trades a second of the symbols together; 0 ends it. */
  readonly tradesPerSecond: number;
  readonly market?: Market | undefined;
  readonly symbols?: readonly string[] | undefined;
};

/** A wish that the simulator cannot fulfil: unknown symbol, a recording that cannot be hastened. */
export class SimulatorRefusal extends Error {
  override readonly name = "SimulatorRefusal";
}

/**
 * A local exchange that speaks Binance's spot and USD-M market protocol, with faults to order.
 *
 * One HTTP server has REST and streams; a second one, for tests and tools, has the control interface,
 * which is the methods of this class.
 */
export class Simulator {
  readonly exchange: Exchange;
  readonly #settings: SimulatorSettings;
  readonly #menu = new FaultMenu();
  readonly #limiter: WeightLimiter;
  readonly #publisher: Publisher;
  readonly #streams: StreamServer;
  readonly #rest: RestServer;
  readonly #server: Server;
  readonly #control: Server;
  readonly #replay: Replay | null;
  readonly #script: FaultScript;
  #chaos: FaultChaos | null = null;
  #faultsRefused = 0;
  /** Skew that was asked for, apart from faults. */
  #skewMs = 0;
  readonly #startedAtMs = performance.now();
  #tick: NodeJS.Timeout | null = null;

  constructor(settings: SimulatorSettings, replay: Replay | null) {
    this.#settings = settings;
    this.#replay = replay;
    this.#script = new FaultScript(settings.faults);
    this.setChaos(settings.chaos);
    const clock = replay?.clock ?? new ExchangeClock(settings.clock);
    this.exchange = createExchange(clock, replay?.tapes ?? createSyntheticTapes(settings));
    this.#limiter = new WeightLimiter(settings.limits);
    this.#publisher = new Publisher(this.exchange);
    this.#streams = new StreamServer({
      settings,
      publisher: this.#publisher,
      menu: this.#menu,
      onSubscribe: () => replay?.onSubscribe(),
    });
    this.#rest = new RestServer({
      exchange: this.exchange,
      limiter: this.#limiter,
      menu: this.#menu,
      routes: [...spotRoutes(settings), ...futuresRoutes(settings)],
    });
    this.#server = createServer((request, response) => {
      void this.#rest.handle(request, response);
    });
    this.#server.on("upgrade", (request, socket, head) => {
      this.#streams.upgrade(request, socket, head);
    });
    this.#control = createControlServer(this);
  }

  async listen(): Promise<void> {
    await listening(this.#server, this.#settings.port);
    await listening(this.#control, this.#settings.controlPort);
    this.#scheduleTick();
  }

  /** Address of REST, without a path: spot under /api/v3, USD-M under /fapi/v1. */
  get restUrl(): string {
    return `http://${LOOPBACK}:${portOf(this.#server)}`;
  }

  /** Address of the streams, without a path: spot at /ws and /stream, USD-M under /futures. */
  get streamUrl(): string {
    return `ws://${LOOPBACK}:${portOf(this.#server)}`;
  }

  get controlUrl(): string {
    return `http://${LOOPBACK}:${portOf(this.#control)}`;
  }

  get port(): number {
    return portOf(this.#server);
  }

  get controlPort(): number {
    return portOf(this.#control);
  }

  nowMs(): number {
    return this.exchange.clock.nowMs();
  }

  /** Moves the time on; what happens in between is sent at once. */
  advance(ms: number): void {
    this.exchange.clock.advance(ms);
    this.#publisher.publish();
  }

  setSpeed(speed: number): void {
    this.exchange.clock.speed = speed;
  }

  setSkew(skewMs: number): void {
    this.#skewMs = skewMs;
    this.#followSkew();
  }

  /** Further trades on top of the market's own, from the next whole second on. */
  setRate(change: RateChange): { readonly fromMs: number } {
    const market = change.market ?? "spot";
    const listings =
      change.symbols?.map((symbol) => this.#listing(market, symbol)) ??
      this.exchange.listed(market);
    const extraPerSecond = change.tradesPerSecond / listings.length;
    return this.#changeActivity(listings, (current) => ({ ...current, extraPerSecond }));
  }

  /** Status or filters of a symbol. Other than TRADING it does not trade, from the next second on. */
  setSymbol({ market = "spot", symbol, status, filters }: SymbolChange): void {
    const listing = this.#listing(market, symbol);
    if (filters !== undefined) listing.filters = { ...listing.filters, ...filters };
    if (status === undefined) return;
    const isHalted = status !== "TRADING";
    this.#changeActivity([listing], (current) => ({ ...current, isHalted }));
    listing.status = status;
  }

  /** Changes of trading so far, for the `activity` option of a simulator that continues this one. */
  activity(): NonNullable<SimulatorOptions["activity"]> {
    return this.exchange.all.flatMap(({ plan: { market, symbol }, tape }) =>
      (tape.activity?.changes() ?? []).map((change) => ({ market, symbol, ...change })),
    );
  }

  inject(input: FaultInput): { readonly id: number } {
    const fault = Fault.parse(input);
    if (fault.kind === "symbol-status" || fault.kind === "symbol-filters") {
      return this.#injectSymbolFault(fault);
    }
    const active = this.#menu.add(fault, this.#streams.connectionsEver);
    if (strikesAtOnce(fault)) {
      const saidMs = this.exchange.clock.saidMs();
      strike(active, { server: this.#streams, menu: this.#menu, saidMs });
      this.#menu.remove(active.id);
    }
    if (fault.kind === "clock-skew") {
      this.#menu.count(fault.kind);
      active.hits += 1;
      this.#followSkew();
    }
    return { id: active.id };
  }

  /** Random faults from now on, or none. */
  setChaos(chaos: Chaos | undefined): void {
    const elapsedMs = performance.now() - this.#startedAtMs;
    this.#chaos = chaos === undefined ? null : new FaultChaos(chaos, elapsedMs);
  }

  clear(id?: number): void {
    if (id === undefined) this.#menu.clear();
    else this.#menu.remove(id);
  }

  faults(): readonly ActiveFault[] {
    return this.#menu.active;
  }

  record({ symbol, market = "spot", ...span }: RecordQuery): RecordSummary {
    return recordSummary(this.exchange, this.#listing(market, symbol), span);
  }

  /** The same with pauses, for spans of millions of trades while streams go on. */
  recordInTurns({ symbol, market = "spot", ...span }: RecordQuery): Promise<RecordSummary> {
    return recordSummaryInTurns(this.exchange, this.#listing(market, symbol), span);
  }

  recordTrades(
    { symbol, market = "spot", ...span }: RecordQuery,
    limit?: number,
  ): Iterable<string> {
    return recordLines(this.exchange, this.#listing(market, symbol), span, limit);
  }

  /** Rows of klines as REST sends them, for all bars that begin in [fromMs, toMs). */
  recordKlines({ symbol, market = "spot", ...query }: KlineQuery): unknown[] {
    const interval = INTERVALS.get(query.interval);
    if (interval === undefined) throw new SimulatorRefusal(`Unknown interval ${query.interval}`);
    return recordKlines(this.exchange, this.#listing(market, symbol), interval, query);
  }

  connections(): readonly unknown[] {
    return [...this.#streams.connections.values()].map((each) => ({
      id: each.options.id,
      market: each.options.market,
      route: each.options.route,
      isCombined: each.isCombined,
      isHalfOpen: each.isHalfOpen,
      streams: [...each.streams],
      framesSent: each.framesSent,
      openedAtMs: each.openedAtMs,
    }));
  }

  counters(): Readonly<Record<string, unknown>> {
    return {
      ...this.#streams.traffic,
      eventsByKind: Object.fromEntries(this.#publisher.eventsByKind),
      connections: this.#streams.connections.size,
      connectionsEver: this.#streams.connectionsEver,
      streams: this.#publisher.streamCount,
      requests: this.#rest.requests,
      refusals: this.#limiter.refusals,
      bans: this.#limiter.bans,
      callsUnderBan: this.#limiter.callsUnderBan,
      faults: this.#menu.hits,
      faultsRefused: this.#faultsRefused,
    };
  }

  async close(): Promise<void> {
    if (this.#tick !== null) clearTimeout(this.#tick);
    this.#streams.close();
    await Promise.all([closed(this.#server), closed(this.#control)]);
  }

  #scheduleTick(): void {
    this.#tick = setTimeout(() => {
      this.#publish();
      this.#injectDue();
      this.#followSkew();
      this.#scheduleTick();
    }, this.#settings.tickMs);
  }

  /** Sends what is due; a replay as fast as it is read goes on for most of a tick. */
  #publish(): void {
    const untilMs = performance.now() + this.#settings.tickMs;
    let hasStepped: boolean;
    do {
      hasStepped = this.#replay?.step(this.#streams.unreadBytes) ?? false;
      this.#publisher.publish();
    } while (hasStepped && performance.now() < untilMs);
  }

  #injectSymbolFault(fault: Extract<Fault, { kind: "symbol-status" | "symbol-filters" }>): {
    readonly id: number;
  } {
    const { symbol, market } = fault.target;
    if (symbol === undefined) throw new SimulatorRefusal("A target symbol is needed");
    this.#listing(market ?? "spot", symbol);
    const { id } = this.#menu.add(fault, this.#streams.connectionsEver);
    this.#menu.count(fault.kind);
    this.#menu.remove(id);
    if (fault.kind === "symbol-filters") {
      this.setSymbol({ market, symbol, filters: fault.filters });
      return { id };
    }
    this.setSymbol({ market, symbol, status: fault.status });
    if (fault.durationMs !== undefined) {
      const again = () => this.setSymbol({ market, symbol, status: "TRADING" });
      setTimeout(again, fault.durationMs).unref();
    }
    return { id };
  }

  #injectDue(): void {
    const elapsedMs = performance.now() - this.#startedAtMs;
    const scripted = this.#script.due(elapsedMs, this.#streams.traffic.frames);
    // Chance adds no second fault of a kind that still waits for something to hit: they would pile up.
    const random = (this.#chaos?.due(elapsedMs) ?? []).filter(
      ({ kind }) => !this.#menu.active.some(({ fault }) => fault.kind === kind),
    );
    for (const fault of [...scripted, ...random]) {
      try {
        this.inject(fault);
      } catch (error) {
        // A schedule may want what this exchange cannot do, such as halting a recording.
        if (!(error instanceof SimulatorRefusal)) throw error;
        this.#faultsRefused += 1;
      }
    }
  }

  /** A skew that is a fault lasts as long as the fault. */
  #followSkew(): void {
    const skew = this.#menu.active.find(({ fault }) => fault.kind === "clock-skew");
    const wanted = skew?.fault.kind === "clock-skew" ? skew.fault.skewMs : this.#skewMs;
    this.exchange.clock.skewMs = wanted;
  }

  #listing(market: Market, symbol: string): Listing {
    const listing = this.exchange.find(market, symbol);
    if (listing === undefined) throw new SimulatorRefusal(`Unknown symbol ${market} ${symbol}`);
    return listing;
  }

  #changeActivity(
    listings: readonly Listing[],
    changed: (current: Omit<ActivityChange, "fromSecond">) => Omit<ActivityChange, "fromSecond">,
  ): { readonly fromMs: number } {
    // The second that has begun is partly told already; the next is free.
    const fromSecond = Math.floor((this.nowMs() - EPOCH_MS) / SECOND_MS) + 1;
    for (const { tape } of listings) {
      if (tape.activity === null) throw new SimulatorRefusal("A recording cannot be changed");
      tape.activity.change({ ...changed(tape.activity.current()), fromSecond });
    }
    return { fromMs: EPOCH_MS + fromSecond * SECOND_MS };
  }
}

export type KlineQuery = {
  readonly symbol: string;
  readonly market?: Market | undefined;
  readonly interval: string;
  readonly fromMs: number;
  readonly toMs: number;
};

/** Starts a simulated exchange in this process. */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const settings = SimulatorOptions.parse(options);
  const { recording } = settings;
  const replay = recording === undefined ? null : await createReplay(recording);
  const simulator = new Simulator(settings, replay);
  await simulator.listen();
  return simulator;
}

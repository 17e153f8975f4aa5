import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { Fault, FilterChange } from "../faults/fault.ts";
import type { Simulator } from "../simulator.ts";
import { Chaos } from "../simulator-options.ts";

const MARKET = z.enum(["spot", "usdm"]).default("spot");

const ClockBody = z.strictObject({
  advanceMs: z.number().int().positive().optional(),
  speed: z.number().min(0).optional(),
  skewMs: z.number().int().optional(),
});
const RateBody = z.strictObject({
  tradesPerSecond: z.number().min(0).max(1_000_000),
  market: MARKET,
  symbols: z.array(z.string()).min(1).optional(),
});
const SymbolBody = z.strictObject({
  market: MARKET,
  symbol: z.string(),
  status: z.enum(["TRADING", "HALT", "BREAK", "CANCEL_ONLY", "DELISTED"]).optional(),
  filters: FilterChange.optional(),
});
const whole = z.coerce.number().int().min(0).optional();
const RecordQuery = z.object({
  market: MARKET,
  symbol: z.string(),
  fromId: whole,
  toId: whole,
  fromMs: whole,
  toMs: whole,
});
const TradesQuery = RecordQuery.extend({
  limit: z.coerce.number().int().min(1).max(100_000).default(100_000),
});
const KlinesQuery = z.object({
  market: MARKET,
  symbol: z.string(),
  interval: z.string(),
  fromMs: z.coerce.number().int().min(0),
  toMs: z.coerce.number().int().min(0),
});

type Call = { readonly query: Readonly<Record<string, string>>; readonly body: unknown };

/** What the control interface can do, by method and path. A generator answers in lines of JSON. */
function callsOf(simulator: Simulator): Readonly<Record<string, (call: Call) => unknown>> {
  return {
    "GET /health": () => ({ ok: true, nowMs: simulator.nowMs() }),
    "POST /clock": ({ body }) => {
      const { advanceMs, speed, skewMs } = ClockBody.parse(body);
      if (speed !== undefined) simulator.setSpeed(speed);
      if (skewMs !== undefined) simulator.setSkew(skewMs);
      if (advanceMs !== undefined) simulator.advance(advanceMs);
      const { clock } = simulator.exchange;
      return { nowMs: clock.nowMs(), speed: clock.speed, skewMs: clock.skewMs };
    },
    "POST /rate": ({ body }) => simulator.setRate(RateBody.parse(body)),
    "POST /symbols": ({ body }) => {
      simulator.setSymbol(SymbolBody.parse(body));
      return { ok: true };
    },
    "GET /activity": () => simulator.activity(),
    "POST /faults": ({ body }) => simulator.inject(Fault.parse(body)),
    "GET /faults": () =>
      simulator.faults().map(({ id, fault, hits, left }) => ({
        id,
        fault,
        hits,
        left: Number.isFinite(left) ? left : null,
      })),
    "DELETE /faults": () => {
      simulator.clear();
      return { ok: true };
    },
    "POST /chaos": ({ body }) => {
      simulator.setChaos(Chaos.parse(body));
      return { ok: true };
    },
    "DELETE /chaos": () => {
      simulator.setChaos(undefined);
      return { ok: true };
    },
    "GET /connections": () => simulator.connections(),
    "GET /counters": () => simulator.counters(),
    "GET /record": ({ query }) => simulator.recordInTurns(RecordQuery.parse(query)),
    "GET /record/trades": ({ query }) => {
      const { limit, ...span } = TradesQuery.parse(query);
      return new Lines(simulator.recordTrades(span, limit));
    },
    "GET /record/klines": ({ query }) => simulator.recordKlines(KlinesQuery.parse(query)),
  };
}

class Lines {
  readonly lines: Iterable<string>;
  constructor(lines: Iterable<string>) {
    this.lines = lines;
  }
}

/** The control interface: a second server, on the loopback interface only. */
export function createControlServer(simulator: Simulator): Server {
  const calls = callsOf(simulator);
  return createServer((request, response) => {
    void handle(calls, simulator, request, response);
  });
}

async function handle(
  calls: ReturnType<typeof callsOf>,
  simulator: Simulator,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  try {
    const [, faultId] = /^\/faults\/(\d+)$/.exec(pathname) ?? [];
    if (request.method === "DELETE" && faultId !== undefined) {
      simulator.clear(Number(faultId));
      return reply(response, 200, { ok: true });
    }
    const call = calls[`${request.method} ${pathname}`];
    if (call === undefined) return reply(response, 404, { error: "Unknown call" });
    const body = request.method === "POST" ? await bodyOf(request) : undefined;
    const answer = await call({ query: Object.fromEntries(searchParams), body });
    if (answer instanceof Lines) {
      response.writeHead(200, { "Content-Type": "application/x-ndjson" });
      for (const line of answer.lines) {
        response.write(line);
        await setImmediate();
      }
      response.end();
    } else reply(response, 200, answer);
  } catch (error) {
    // Whoever steers the simulator is a test or a tool of ours: the full text helps.
    reply(response, 400, { error: error instanceof z.ZodError ? error.issues : String(error) });
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text);
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}

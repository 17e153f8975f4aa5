import type { Connection } from "../stream/connection.ts";
import { parseStreamName } from "../stream/stream-name.ts";
import type { StreamServer } from "../stream/stream-server.ts";
import type { Fault, FaultTarget } from "./fault.ts";
import type { ActiveFault, FaultMenu } from "./fault-menu.ts";

/** Kinds that happen once, at the moment they are asked for, to the connections that are open. */
export function strikesAtOnce({ kind }: Fault): boolean {
  return kind === "close" || kind === "half-open" || kind === "server-shutdown";
}

/** Lets a fault happen to the open connections that it aims at. */
export function strike(
  active: ActiveFault,
  { server, menu, saidMs }: { server: StreamServer; menu: FaultMenu; saidMs: number },
): void {
  const { fault } = active;
  const aimed = [...server.connections.values()].filter((each) => isAimedAt(each, fault.target));
  for (const connection of aimed) {
    menu.count(fault.kind);
    active.hits += 1;
    if (fault.kind === "close") end(connection, fault.how);
    if (fault.kind === "half-open") connection.isHalfOpen = true;
  }
  if (fault.kind === "server-shutdown") {
    server.announceShutdown(aimed, saidMs);
    const timer = setTimeout(() => {
      for (const connection of aimed) connection.close(1001);
    }, fault.closeAfterMs);
    timer.unref();
  }
}

function end(connection: Connection, how: "1006" | "1001" | "reset"): void {
  if (how === "1006") connection.destroy();
  else if (how === "1001") connection.close(1001);
  else connection.reset();
}

function isAimedAt(connection: Connection, target: FaultTarget): boolean {
  const { options, streams } = connection;
  if (target.market !== undefined && target.market !== options.market) return false;
  if (target.connection !== undefined && target.connection !== options.id) return false;
  if (target.stream !== undefined && !streams.has(target.stream)) return false;
  if (target.symbol === undefined) return true;
  return [...streams].some((name) => {
    const request = parseStreamName(options.market, name);
    return request !== null && "symbol" in request && request.symbol === target.symbol;
  });
}

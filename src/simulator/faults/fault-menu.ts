import { performance } from "node:perf_hooks";
import type { Market } from "../market/instrument-plan.ts";
import type { Fault, FaultKind, FaultTarget } from "./fault.ts";

/** A fault while it lasts, with how often it may still bite and how often it has. */
export type ActiveFault = {
  readonly id: number;
  readonly fault: Fault;
  readonly endsAtMs: number;
  /** Connections up to this number were open when it began. */
  readonly newestConnection: number;
  left: number;
  hits: number;
  /** The one connection that a fault has chosen, where it must keep to one. */
  boundTo?: number;
};

/** What a fault may hit. */
export type FaultPlace = {
  readonly market: Market;
  readonly symbol?: string | undefined;
  readonly stream?: string | undefined;
  readonly connection?: number | undefined;
};

/** The faults of the moment and the count of all that ever bit. */
export class FaultMenu {
  #active: readonly ActiveFault[] = [];
  #nextId = 1;
  readonly #hits = new Map<FaultKind, number>();

  add(fault: Fault, newestConnection: number): ActiveFault {
    const active: ActiveFault = {
      id: this.#nextId++,
      fault,
      endsAtMs: performance.now() + (fault.durationMs ?? Number.POSITIVE_INFINITY),
      newestConnection,
      left: timesOf(fault),
      hits: 0,
    };
    this.#active = [...this.#active, active];
    return active;
  }

  remove(id: number): boolean {
    const before = this.#active.length;
    this.#active = this.#active.filter((each) => each.id !== id);
    return this.#active.length < before;
  }

  clear(): void {
    this.#active = [];
  }

  get isEmpty(): boolean {
    return this.#active.length === 0;
  }

  get active(): readonly ActiveFault[] {
    this.#expire();
    return this.#active;
  }

  isActive(id: number): boolean {
    return this.#active.some((each) => each.id === id);
  }

  /** Faults of some kinds that would hit a place now. */
  at(kinds: ReadonlySet<FaultKind>, place: FaultPlace): readonly ActiveFault[] {
    if (this.isEmpty) return [];
    return this.active.filter(
      (each) => each.left > 0 && kinds.has(each.fault.kind) && hits(each, each.fault.target, place),
    );
  }

  /** Counts a bite; a fault that has bitten often enough is over. */
  bite(active: ActiveFault): void {
    this.count(active.fault.kind);
    active.hits += 1;
    active.left -= 1;
    if (active.left <= 0) this.remove(active.id);
  }

  count(kind: FaultKind): void {
    this.#hits.set(kind, (this.#hits.get(kind) ?? 0) + 1);
  }

  get hits(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#hits);
  }

  #expire(): void {
    if (this.#active.length === 0) return;
    const now = performance.now();
    if (this.#active.some(({ endsAtMs }) => endsAtMs <= now)) {
      this.#active = this.#active.filter(({ endsAtMs }) => endsAtMs > now);
    }
  }
}

function timesOf(fault: Fault): number {
  if ("frames" in fault) return fault.frames ?? Number.POSITIVE_INFINITY;
  if ("requests" in fault) return fault.requests ?? Number.POSITIVE_INFINITY;
  return Number.POSITIVE_INFINITY;
}

function hits(active: ActiveFault, target: FaultTarget, place: FaultPlace): boolean {
  const { market, symbol, stream, connection, existingOnly } = target;
  if (market !== undefined && market !== place.market) return false;
  if (symbol !== undefined && symbol !== place.symbol) return false;
  if (stream !== undefined && stream !== place.stream) return false;
  if (connection !== undefined && connection !== place.connection) return false;
  return existingOnly !== true || (place.connection ?? 0) <= active.newestConnection;
}

import { createRandom } from "#quant/synthetic/random.ts";
import type { Chaos, ScriptedFault } from "../simulator-options.ts";
import { Fault, type FaultInput, FaultKind } from "./fault.ts";

/** Faults that come by themselves: those of a script, by time or by frames, since the start. */
export class FaultScript {
  #waiting: readonly ScriptedFault[];

  constructor(script: readonly ScriptedFault[]) {
    this.#waiting = script;
  }

  /** @param elapsedMs real time since the start @param frames sent since then */
  due(elapsedMs: number, frames: number): FaultInput[] {
    const isDue = (each: ScriptedFault) =>
      "atMs" in each ? each.atMs <= elapsedMs : each.afterFrames <= frames;
    const due = this.#waiting.filter(isDue);
    if (due.length > 0) this.#waiting = this.#waiting.filter((each) => !isDue(each));
    return due.map(({ fault }) => fault);
  }
}

/** Random faults: each kind a Poisson process of its own rate, all from one seed. */
export class FaultChaos {
  readonly #waitMs: (kind: FaultKind) => number;
  #next: { readonly atMs: number; readonly kind: FaultKind }[];

  /** @param sinceMs when it begins, on the clock of `due` */
  constructor({ seed, perMinute }: Chaos, sinceMs: number) {
    const { uniform } = createRandom(seed >>> 0);
    // Waiting times of a Poisson process are exponential; by inversion.
    this.#waitMs = (kind) => -(60_000 / (perMinute[kind] ?? 1)) * Math.log(1 - uniform());
    const kinds = FaultKind.options.filter((kind) => perMinute[kind] !== undefined);
    this.#next = kinds.map((kind) => ({ atMs: sinceMs + this.#waitMs(kind), kind }));
  }

  due(nowMs: number): FaultInput[] {
    const due: FaultInput[] = [];
    this.#next = this.#next.map(({ atMs, kind }) => {
      if (atMs > nowMs) return { atMs, kind };
      due.push(randomFault(kind));
      return { atMs: atMs + this.#waitMs(kind), kind };
    });
    return due;
  }
}

/** A short fault of a kind, small enough that a client can get over it. */
function randomFault(kind: FaultKind): FaultInput {
  const needs: Partial<Readonly<Record<FaultKind, object>>> = {
    drop: { frames: 5 },
    duplicate: { frames: 5 },
    reorder: { frames: 4 },
    delay: { delayMs: 300, frames: 20 },
    silent: { durationMs: 5_000, target: { existingOnly: true } },
    "refuse-connections": { durationMs: 1_000 },
    "server-shutdown": { closeAfterMs: 1_000 },
    "rest-error": { requests: 2 },
    "rest-timeout": { requests: 1, holdMs: 2_000 },
    "rest-429": { requests: 2, retryAfterSeconds: 1 },
    "rest-ban": { banMs: 3_000 },
    "symbol-status": { durationMs: 3_000, target: { symbol: "BTCUSDT" } },
    "symbol-filters": { filters: { tickSize: "0.10000000" }, target: { symbol: "BTCUSDT" } },
    "clock-skew": { skewMs: 2_000, durationMs: 5_000 },
  };
  return Fault.parse({ kind, ...needs[kind] });
}

import { createRandom } from "#quant/synthetic/random.ts";
import type { ScriptedFault, SimulatorSettings } from "../simulator-options.ts";
import { Fault, type FaultInput } from "./fault.ts";

/** Faults that come by themselves: those of a script, and random ones at given rates. */
export class FaultSchedule {
  #script: readonly ScriptedFault[];
  #random: { readonly atMs: number; readonly fault: FaultInput }[];
  readonly #nextRandom: ((kind: string, afterMs: number) => number) | null;

  constructor({ faults, chaos }: Pick<SimulatorSettings, "faults" | "chaos">) {
    this.#script = faults;
    this.#random = [];
    if (chaos === undefined) {
      this.#nextRandom = null;
      return;
    }
    const { uniform } = createRandom(chaos.seed >>> 0);
    // Waiting times of a Poisson process: exponential, by inversion.
    this.#nextRandom = (kind, afterMs) =>
      afterMs - (60_000 / (chaos.perMinute[kind] ?? 1)) * Math.log(1 - uniform());
    for (const kind of Object.keys(chaos.perMinute)) {
      this.#random.push({ atMs: this.#nextRandom(kind, 0), fault: randomFault(kind) });
    }
  }

  /** Faults that are due. @param elapsedMs real time since the start @param frames sent since then */
  due(elapsedMs: number, frames: number): FaultInput[] {
    if (this.#script.length === 0 && this.#random.length === 0) return [];
    const isDue = (each: ScriptedFault) =>
      "atMs" in each ? each.atMs <= elapsedMs : each.afterFrames <= frames;
    const scripted = this.#script.filter(isDue);
    if (scripted.length > 0) this.#script = this.#script.filter((each) => !isDue(each));
    return [...scripted.map(({ fault }) => fault), ...this.#dueRandom(elapsedMs)];
  }

  #dueRandom(elapsedMs: number): FaultInput[] {
    const due: FaultInput[] = [];
    this.#random = this.#random.map((each) => {
      if (each.atMs > elapsedMs || this.#nextRandom === null) return each;
      due.push(each.fault);
      return { ...each, atMs: this.#nextRandom(each.fault.kind, each.atMs) };
    });
    return due;
  }
}

/** A short fault of a kind, small enough that a client can get over it. */
function randomFault(kind: string): FaultInput {
  const needs: Readonly<Record<string, object>> = {
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
    "clock-skew": { skewMs: 2_000, durationMs: 5_000 },
  };
  return Fault.parse({ kind, ...needs[kind] });
}

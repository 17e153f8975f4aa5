import type { RestClient } from "./rest-client.ts";

/** An answer that took longer says too little of when it was given. */
const ROUND_TRIP_MS_MAX = 2_000;

/** Clock of a market, from ours and the difference that it last told. */
export class VenueClock {
  readonly #localNowMs: () => number;
  #offsetMs: number | null = null;

  constructor(localNowMs: () => number) {
    this.#localNowMs = localNowMs;
  }

  /** Venue − ours, ms; null before the venue has told. */
  get offsetMs(): number | null {
    return this.#offsetMs;
  }

  nowMs(): number {
    return this.#localNowMs() + (this.#offsetMs ?? 0);
  }

  /** Asks the venue for the time: it was the middle of the round trip when the venue looked. */
  async ask(rest: RestClient, signal: AbortSignal): Promise<void> {
    const sentMs = this.#localNowMs();
    const saidMs = await rest.serverTimeMs({ share: "urgent", signal });
    const roundTripMs = this.#localNowMs() - sentMs;
    if (roundTripMs > ROUND_TRIP_MS_MAX && this.#offsetMs !== null) return;
    this.#offsetMs = Math.round(saidMs - sentMs - roundTripMs / 2);
  }
}

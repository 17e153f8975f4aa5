import { setTimeout as delay } from "node:timers/promises";
import type { Alert } from "#contracts/alert.ts";
import { AppError } from "#contracts/error-code.ts";
import type { LiveMessage, LiveSnapshot, LiveTick } from "#contracts/live-message.ts";
import type { NewestSnapshots } from "./newest-snapshots.ts";

/** Whose stream it is. */
export type StreamReader = {
  readonly sessionId: string;
  readonly userId: string;
  readonly workspaceId: string;
};

/** A message with the number of the last alert that its reader has then: where to go on after a break. */
export type StreamMessage = { readonly alertSeq: number; readonly message: LiveMessage };

/** Where a stream reads what it sends. */
export type StreamSource = {
  readonly newest: NewestSnapshots;
  /** Alerts of the reader's workspace after one, oldest first, in pages. */
  readonly alertsAfter: (seq: number) => Promise<readonly Alert[]>;
  readonly updateMs: number;
};

/**
 * One reader's stream. It keeps no queue: only which pairs have changed, so that a slow reader gets the
 * newest of each when it is ready for more, and the number of the last alert, after which all are read.
 */
export class LiveStream {
  readonly reader: StreamReader;
  readonly #source: StreamSource;
  #alertSeq: number;
  readonly #changedPairs = new Set<string>();
  /** Version of each pair that was sent whole. */
  readonly #sentVersions = new Map<string, number>();
  #isWatchlistChanged = false;
  /** At first there may be alerts that came during a break; and who was told nothing cannot go on after one. */
  #areAlertsChanged = true;
  #sentAtMs = 0;
  #end: { readonly error: Error | null } | null = null;
  #wake: () => void = () => undefined;

  constructor(reader: StreamReader, source: StreamSource, alertSeq: number) {
    this.reader = reader;
    this.#source = source;
    this.#alertSeq = alertSeq;
  }

  /** A pair has a newer snapshot. */
  pairChanged(livePairId: string): void {
    this.#changedPairs.add(livePairId);
    this.#wake();
  }

  /** The workspace watches other pairs, or in another order. */
  watchlistChanged(livePairIds: ReadonlySet<string>): void {
    for (const id of this.#sentVersions.keys()) {
      if (!livePairIds.has(id)) this.#sentVersions.delete(id);
    }
    this.#isWatchlistChanged = true;
    this.#wake();
  }

  /** There is an alert, or one was acknowledged. */
  alertsChanged(): void {
    this.#areAlertsChanged = true;
    this.#wake();
  }

  /** The workspace's newest alert has this number, whoever told of it or did not. */
  newestAlertIs(seq: number): void {
    if (seq > this.#alertSeq) this.alertsChanged();
  }

  /** Ends the stream: with an error that its reader is told, or without a word. */
  end(error: Error | null): void {
    this.#end ??= { error };
    this.#wake();
  }

  /** What the reader is to be sent, until the stream ends. */
  async *messages(signal: AbortSignal): AsyncGenerator<StreamMessage, void> {
    const stop = () => this.end(null);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    try {
      while (!this.#isOver()) {
        if (this.#areAlertsChanged) yield* this.#alerts();
        if (this.#isWatchlistChanged) {
          this.#isWatchlistChanged = false;
          yield this.#stamped({ kind: "watch-changed" });
        }
        const update = this.#update();
        if (update !== null) yield this.#stamped(update);
        await this.#untilChanged(signal);
      }
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  /** @throws {Error} the one that the stream was ended with */
  #isOver(): boolean {
    if (this.#end === null) return false;
    if (this.#end.error !== null) throw this.#end.error;
    return true;
  }

  async *#alerts(): AsyncGenerator<StreamMessage, void> {
    this.#areAlertsChanged = false;
    let count = 0;
    for (;;) {
      const alerts = await this.#source.alertsAfter(this.#alertSeq);
      if (alerts.length === 0) break;
      for (const alert of alerts) {
        this.#alertSeq = alert.seq;
        count += 1;
        yield this.#stamped({ kind: "alert", alert });
        if (this.#isOver()) return;
      }
    }
    if (count === 0) yield this.#stamped({ kind: "alerts-changed" });
  }

  /** The newest of each pair that has changed; null: none, or too soon after the last update. */
  #update(): LiveMessage | null {
    if (this.#changedPairs.size === 0 || this.#updateInMs() > 0) return null;
    const snapshots: LiveSnapshot[] = [];
    const ticks: LiveTick[] = [];
    for (const id of this.#changedPairs) {
      const newest = this.#source.newest.of(id);
      if (newest === undefined) continue;
      if (this.#sentVersions.get(id) === newest.version) ticks.push(newest.tick);
      else {
        this.#sentVersions.set(id, newest.version);
        snapshots.push(newest.snapshot);
      }
    }
    this.#changedPairs.clear();
    this.#sentAtMs = Date.now();
    return { kind: "update", snapshots, ticks };
  }

  #updateInMs(): number {
    return Math.max(0, this.#sentAtMs + this.#source.updateMs - Date.now());
  }

  async #untilChanged(signal: AbortSignal): Promise<void> {
    const isOther = this.#areAlertsChanged || this.#isWatchlistChanged || this.#end !== null;
    if (isOther) return;
    if (this.#changedPairs.size > 0) {
      // Cut short when the reader leaves.
      await delay(this.#updateInMs(), undefined, { signal }).catch(() => undefined);
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    await promise;
    this.#wake = () => undefined;
  }

  #stamped(message: LiveMessage): StreamMessage {
    return { alertSeq: this.#alertSeq, message };
  }
}

/** Why a stream is ended when its session is. */
export function sessionEnded(): AppError {
  return new AppError("unauthenticated", "Your session has ended: sign in again");
}

import { setTimeout as delay } from "node:timers/promises";
import type pino from "pino";
import { AppError } from "#contracts/error-code.ts";
import { newestAlertSeqs } from "#db/alert-numbers.ts";
import { alertsAfter, latestAlertSeq } from "#db/alerts.ts";
import type { Database } from "#db/client.ts";
import { snapshotsOf } from "#db/live-snapshots.ts";
import { type Listener, startListener } from "#db/notifications.ts";
import { openSessionIds } from "#db/sessions.ts";
import { type Watchlist, watchlistsOf } from "#db/watched-pairs.ts";
import { LiveStream, type StreamReader, sessionEnded } from "./live-stream.ts";
import { DELIVERY_TIMES, type DeliveryTimes } from "./live-times.ts";
import { createNewestSnapshots } from "./newest-snapshots.ts";

/** What is shared by all streams of this process. */
export type LiveHub = {
  /**
   * Opens a stream; whoever opens it closes it.
   *
   * @param alertSeq number of the last alert that the reader has; null: it wants none of before
   * @throws {AppError} rate-limited: the person has too many of them; unavailable: all have
   */
  readonly open: (reader: StreamReader, alertSeq: number | null) => Promise<LiveStream>;
  readonly close: (stream: LiveStream) => void;
  /** Ends all streams and lets go of everything. */
  readonly stop: () => Promise<void>;
};

/**
 * Delivers snapshots and alerts to the streams of this process: one connection listens, and what it hears
 * of is read once, whatever the number of readers.
 */
export function createLiveHub(
  {
    database,
    connectionString,
    log,
  }: {
    readonly database: Database;
    readonly connectionString: string;
    readonly log: pino.Logger;
  },
  changes: Partial<DeliveryTimes> = {},
): LiveHub {
  const hub = new Hub(database, log, { ...DELIVERY_TIMES, ...changes });
  const listener = startListener(
    connectionString,
    {
      pairdesk_live: (payload) => hub.pairsChanged(payload.split(",")),
      pairdesk_watch: () => hub.lookAtWatchlists(),
      pairdesk_alert: (workspaceId) => hub.alertsChanged(workspaceId),
    },
    {
      onConnect: () => hub.missedAll(),
      onError: (error) => log.warn({ err: error }, "live hub: not listening"),
    },
  );
  return {
    open: (reader, alertSeq) => hub.open(reader, alertSeq),
    close: (stream) => hub.close(stream),
    stop: () => stopped(hub, listener),
  };
}

async function stopped(hub: Hub, listener: Listener): Promise<void> {
  await listener.stop();
  await hub.stop();
}

class Hub {
  readonly #database: Database;
  readonly #log: pino.Logger;
  readonly #times: DeliveryTimes;
  readonly #streams = new Set<LiveStream>();
  readonly #newest = createNewestSnapshots();
  readonly #ended = new AbortController();
  readonly #loops: Promise<unknown>;
  #watchlists: ReadonlyMap<string, Watchlist> = new Map();
  /** Pairs with a snapshot that has not been read yet. */
  #unread = new Set<string>();
  #isReading: Promise<void> | null = null;
  #areWatchlistsRead = true;
  #checkedAtMs = Date.now();

  constructor(database: Database, log: pino.Logger, times: DeliveryTimes) {
    this.#database = database;
    this.#log = log;
    this.#times = times;
    this.#loops = Promise.all([
      this.#every(times.pollMs, () => this.lookAtAll()),
      this.#every(times.pollMs, () => this.#lookForAlerts()),
      this.#every(times.sessionCheckMs, () => this.#checkSessions()),
    ]);
  }

  async open(reader: StreamReader, alertSeq: number | null): Promise<LiveStream> {
    const from = alertSeq ?? (await latestAlertSeq(this.#database, reader.workspaceId));
    // Nothing is awaited from here on: two who come at once are counted one after the other.
    this.#requireRoom(reader);
    const source = {
      newest: this.#newest,
      updateMs: this.#times.updateMs,
      alertsAfter: (seq: number) => alertsAfter(this.#database, reader.workspaceId, seq),
    };
    const stream = new LiveStream(reader, source, from);
    this.#streams.add(stream);
    if (this.#watchlists.has(reader.workspaceId)) this.#sendAll(stream);
    else this.lookAtWatchlists();
    return stream;
  }

  close(stream: LiveStream): void {
    this.#streams.delete(stream);
    stream.end(null);
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    // Their readers come back, to this process's successor.
    for (const stream of this.#streams) stream.end(outOfReach());
    this.#streams.clear();
    await this.#loops;
    await this.#isReading;
  }

  pairsChanged(livePairIds: readonly string[]): void {
    for (const id of livePairIds) if (this.#isRead(id)) this.#unread.add(id);
    this.#read();
  }

  lookAtWatchlists(): void {
    this.#areWatchlistsRead = false;
    this.#read();
  }

  alertsChanged(workspaceId: string): void {
    for (const stream of this.#streams) {
      if (stream.reader.workspaceId === workspaceId) stream.alertsChanged();
    }
  }

  /** What was not heard of is found by looking: a notification is a hint. */
  lookAtAll(): void {
    for (const { livePairIds } of this.#watchlists.values()) {
      for (const id of livePairIds) this.#unread.add(id);
    }
    this.lookAtWatchlists();
  }

  /** Nothing was heard for a while. */
  missedAll(): void {
    this.lookAtAll();
    for (const stream of this.#streams) stream.alertsChanged();
  }

  #requireRoom({ userId }: StreamReader): void {
    const own = [...this.#streams].filter(({ reader }) => reader.userId === userId).length;
    if (own >= this.#times.streamsPerUserMax) {
      throw new AppError(
        "rate-limited",
        `Live data is open in ${own} places already: close one of them`,
      );
    }
    if (this.#streams.size >= this.#times.streamsMax) {
      throw new AppError("unavailable", "Too many people read live data here: try again later");
    }
  }

  #isRead(livePairId: string): boolean {
    for (const { livePairIds } of this.#watchlists.values()) {
      if (livePairIds.has(livePairId)) return true;
    }
    return false;
  }

  /** Reads what is unread, as long as there is something; what comes meanwhile is read together. */
  #read(): void {
    this.#isReading ??= this.#readAll().finally(() => {
      this.#isReading = null;
    });
  }

  async #readAll(): Promise<void> {
    while (!this.#ended.signal.aborted && (this.#unread.size > 0 || !this.#areWatchlistsRead)) {
      if (this.#streams.size === 0) {
        this.#forget();
        return;
      }
      try {
        if (!this.#areWatchlistsRead) await this.#readWatchlists();
        await this.#readSnapshots();
      } catch (error) {
        this.#log.warn({ err: error }, "live hub: waits for the database");
        await this.#pause(500);
      }
    }
  }

  async #readWatchlists(): Promise<void> {
    this.#areWatchlistsRead = true;
    const workspaceIds = this.#workspaceIds();
    try {
      const before = this.#watchlists;
      this.#watchlists = await watchlistsOf(this.#database.pool, workspaceIds);
      for (const stream of this.#streams) this.#tellWatchlist(stream, before);
    } catch (error) {
      this.#areWatchlistsRead = false;
      throw error;
    }
    const all = new Set<string>();
    for (const { livePairIds } of this.#watchlists.values()) {
      for (const id of livePairIds) all.add(id);
    }
    this.#newest.keep(all);
    for (const id of all) if (this.#newest.of(id) === undefined) this.#unread.add(id);
  }

  #tellWatchlist(stream: LiveStream, before: ReadonlyMap<string, Watchlist>): void {
    const { workspaceId } = stream.reader;
    const now = this.#watchlists.get(workspaceId);
    // A workspace that came in the meantime is read in the next turn.
    if (now === undefined) {
      this.#areWatchlistsRead = false;
      return;
    }
    const then = before.get(workspaceId);
    if (then?.version === now.version) return;
    if (then !== undefined) stream.watchlistChanged(now.livePairIds);
    this.#sendAll(stream);
  }

  /** Everything that is known of the pairs that the reader watches. */
  #sendAll(stream: LiveStream): void {
    for (const id of this.#watchlists.get(stream.reader.workspaceId)?.livePairIds ?? []) {
      if (this.#newest.of(id) !== undefined) stream.pairChanged(id);
    }
  }

  async #readSnapshots(): Promise<void> {
    const ids = [...this.#unread];
    if (ids.length === 0) return;
    this.#unread = new Set();
    const snapshots = await snapshotsOf(this.#database.pool, ids).catch((error: unknown) => {
      for (const id of ids) this.#unread.add(id);
      throw error;
    });
    const changed = snapshots.filter((snapshot) => this.#newest.take(snapshot));
    for (const stream of this.#streams) {
      const watched = this.#watchlists.get(stream.reader.workspaceId)?.livePairIds;
      for (const { livePairId } of changed) {
        if (watched?.has(livePairId)) stream.pairChanged(livePairId);
      }
    }
  }

  #forget(): void {
    this.#unread = new Set();
    this.#watchlists = new Map();
    this.#newest.keep(new Set());
    this.#areWatchlistsRead = true;
  }

  /** An alert whose notification was lost is found by its number. */
  async #lookForAlerts(): Promise<void> {
    if (this.#streams.size === 0) return;
    try {
      const newest = await newestAlertSeqs(this.#database.pool, this.#workspaceIds());
      for (const stream of this.#streams) {
        stream.newestAlertIs(newest.get(stream.reader.workspaceId) ?? 0);
      }
    } catch (error) {
      this.#log.warn({ err: error }, "live hub: alerts wait for the database");
    }
  }

  #workspaceIds(): string[] {
    return [...new Set([...this.#streams].map(({ reader }) => reader.workspaceId))];
  }

  async #checkSessions(): Promise<void> {
    const checked = [...this.#streams];
    if (checked.length > 0) {
      try {
        const ids = [...new Set(checked.map(({ reader }) => reader.sessionId))];
        const open = await openSessionIds(this.#database, ids);
        for (const stream of checked) {
          if (!open.has(stream.reader.sessionId)) stream.end(sessionEnded());
        }
      } catch (error) {
        this.#log.warn({ err: error }, "live hub: sessions cannot be checked");
        if (Date.now() - this.#checkedAtMs < this.#times.sessionTrustMs) return;
        for (const stream of checked) stream.end(outOfReach());
      }
    }
    this.#checkedAtMs = Date.now();
  }

  async #every(ms: number, work: () => void | Promise<void>): Promise<void> {
    while (!this.#ended.signal.aborted) {
      await this.#pause(ms);
      if (!this.#ended.signal.aborted) await work();
    }
  }

  /** Cut short when the hub stops. */
  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#ended.signal }).catch(() => undefined);
  }
}

function outOfReach(): AppError {
  return new AppError("unavailable", "Live data is out of reach for a moment");
}

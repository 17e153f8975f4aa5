import type pino from "pino";
import type { Venue } from "#contracts/market-data.ts";
import type { Database } from "#db/client.ts";
import {
  type ClaimedLease,
  claimLeases,
  type FeedLease,
  releaseLeases,
  renewLeases,
} from "#db/feed-leases.ts";
import { liveFeedHolders } from "#db/feed-statuses.ts";
import {
  type FollowLimits,
  type WantedInstrument,
  wantedInstruments,
} from "#db/feed-wanted-instruments.ts";
import type { VenueMarket } from "../venues/venue-market.ts";
import { leaseQuota } from "./lease-quota.ts";

export type LeaseKeeperOptions = {
  readonly database: Database;
  readonly holder: string;
  readonly venue: Venue;
  readonly markets: readonly VenueMarket[];
  readonly fixedSymbols: readonly string[];
  readonly followLimits: FollowLimits;
  readonly leaseMs: number;
  /** How often it is looked what is wanted, ms. */
  readonly wantedMs: number;
  readonly log: pino.Logger;
  /** What is wanted now, ours or not. */
  readonly onWanted: (wanted: readonly WantedInstrument[]) => void;
  /** Others are wanted now than before that cannot be followed, because workspaces have as many as they may. */
  readonly onBeyond: (beyond: readonly WantedInstrument[]) => void;
  readonly onAcquired: (wanted: WantedInstrument, lease: ClaimedLease) => void;
  /** To be given back: resolves when everything of these instruments is written. */
  readonly onReleasing: (instrumentIds: ReadonlySet<number>) => Promise<void>;
  /** Somebody else has them. */
  readonly onLost: (instrumentIds: ReadonlySet<number>) => void;
};

/**
 * Which of the wanted instruments this process follows. Every process takes its even share of what is free, keeps
 * it by renewing, and gives back what is too much or not wanted any more.
 */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #mine = new Map<number, FeedLease>();
  readonly #running: Promise<void>;
  #beyondIds = "";
  #isStopping = false;
  #wake = Promise.withResolvers<void>();

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** Looks at once: something has changed. */
  wake(): void {
    this.#wake.resolve();
  }

  /** The database has refused to let us write under these; one that was taken anew since is another. */
  lost(leases: Iterable<Pick<FeedLease, "instrumentId" | "token">>): void {
    for (const { instrumentId, token } of leases) {
      if (this.#mine.get(instrumentId)?.token === token) this.#mine.delete(instrumentId);
    }
  }

  /** Ends; leases are kept until `giveBack` or until they run out. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.wake();
    await this.#running;
  }

  /** Others may take everything at once. */
  async giveBack(): Promise<void> {
    const { database, holder } = this.#options;
    await releaseLeases(database.pool, holder, [...this.#mine.values()], "for-others");
    this.#mine.clear();
  }

  async #run(): Promise<void> {
    const { leaseMs, wantedMs, log } = this.#options;
    let hasFailed = false;
    while (!this.#isStopping) {
      try {
        await this.#round();
        hasFailed = false;
      } catch (error) {
        // Leases run out while the database is away, and are renewed after it unless somebody took them.
        if (!hasFailed) log.warn({ err: error }, "leases could not be looked after");
        hasFailed = true;
      }
      await this.#rest(Math.min(wantedMs, leaseMs / 4));
    }
  }

  async #rest(ms: number): Promise<void> {
    if (this.#isStopping) return;
    const timer = setTimeout(() => this.#wake.resolve(), ms);
    await this.#wake.promise;
    clearTimeout(timer);
    this.#wake = Promise.withResolvers();
  }

  async #round(): Promise<void> {
    const { database, holder, venue, leaseMs, fixedSymbols, followLimits, markets } = this.#options;
    await this.#renew();
    const { followed: all, beyond } = await wantedInstruments(database.pool, venue, {
      fixed: fixedSymbols,
      limits: followLimits,
    });
    this.#tellBeyond(beyond);
    const wanted = all.filter(
      ({ market, status }) => markets.includes(market) && status !== "delisted",
    );
    this.#options.onWanted(all);
    const ids = new Set(wanted.map(({ id }) => id));
    await this.#release(
      [...this.#mine.values()].filter((lease) => !ids.has(lease.instrumentId)),
      "unwanted",
    );
    const holders = await liveFeedHolders(database.pool, venue, leaseMs);
    const quota = leaseQuota(wanted.length, holders, holder);
    await this.#release([...this.#mine.values()].slice(quota), "for-others");
    if (this.#mine.size < quota && !this.#isStopping) await this.#claim(wanted, quota);
  }

  #tellBeyond(beyond: readonly WantedInstrument[]): void {
    const ids = beyond.map(({ id }) => id).join();
    if (ids === this.#beyondIds) return;
    this.#beyondIds = ids;
    this.#options.onBeyond(beyond);
  }

  async #renew(): Promise<void> {
    const { database, holder, leaseMs } = this.#options;
    if (this.#mine.size === 0) return;
    const leases = [...this.#mine.values()];
    const renewed = await renewLeases(database.pool, holder, leases, leaseMs);
    const kept = new Set(renewed.map(({ instrumentId }) => instrumentId));
    const lost = new Set<number>();
    for (const { instrumentId } of leases) {
      if (!kept.has(instrumentId) && this.#mine.delete(instrumentId)) lost.add(instrumentId);
    }
    if (lost.size > 0) this.#options.onLost(lost);
  }

  async #release(leases: readonly FeedLease[], reason: "unwanted" | "for-others"): Promise<void> {
    if (leases.length === 0) return;
    for (const { instrumentId } of leases) this.#mine.delete(instrumentId);
    await this.#options.onReleasing(new Set(leases.map(({ instrumentId }) => instrumentId)));
    await releaseLeases(this.#options.database.pool, this.#options.holder, leases, reason);
  }

  async #claim(wanted: readonly WantedInstrument[], quota: number): Promise<void> {
    const { database, holder, leaseMs } = this.#options;
    const free = wanted.filter(({ id }) => !this.#mine.has(id));
    const claimed = await claimLeases(
      database.pool,
      holder,
      free.map(({ id }) => id),
      { leaseMs, countMax: quota - this.#mine.size },
    );
    const byId = new Map(free.map((one) => [one.id, one]));
    for (const lease of claimed) {
      const one = byId.get(lease.instrumentId);
      if (one === undefined) continue;
      this.#mine.set(lease.instrumentId, lease);
      this.#options.onAcquired(one, lease);
    }
  }
}

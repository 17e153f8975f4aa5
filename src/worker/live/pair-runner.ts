import { setImmediate as nextTurn } from "node:timers/promises";
import type { LiveSnapshot } from "#contracts/live-message.ts";
import type { InstrumentMarket } from "#db/live-market.ts";
import type { LeasedLivePair } from "#db/live-pairs.ts";
import type { AlignedLiveBars } from "#quant/live/align-live-bars.ts";
import { liveBarsNeeded } from "#quant/live/live-bars-needed.ts";
import type { LiveFigures } from "#quant/live/live-figures.ts";
import type { LivePair, LivePairBar } from "#quant/live/live-pair.ts";
import type { LiveTimes } from "./live-times.ts";
import type { MarketBoard } from "./market-board.ts";
import { type LastBar, snapshotOf, stateOf, type VenueTimes } from "./snapshot-of.ts";
import { barAt, type SkippedBars, type StoredPair } from "./stored-bars.ts";

/** Closed bars that are read again with each new one: a late trade amends the bar it belongs to. */
export const LATE_BARS = 5;

/** So many bars at once are read anew rather than gone through one by one. */
const BARS_BEHIND_MAX = 500;

/** After a failure, ms: the others must not wait for a pair that fails again and again. */
const RETRY_READING_MS = 5_000;

/** One pair that this process computes: where it stands, and what was last said of it. */
export class PairRunner {
  readonly pair: LeasedLivePair;
  readonly #times: LiveTimes;
  #live: LivePair | null = null;
  #lastBar: LastBar | null = null;
  /** Bars that end by then have been taken. */
  #closedUntilMs = 0;
  /** The newest bars as they were taken, by open time. */
  #recent = new Map<number, LivePairBar>();
  /** Figures of bars after which others closed before a snapshot could tell of them, oldest first. */
  #untold: LiveFigures[] = [];
  /** Bars before those of which none will be told. */
  #skipped: SkippedBars | null = null;
  /** Open time of the last bar that a snapshot told of that was stored here; null: none has. */
  #toldUntilMs: number | null = null;
  #seq: number;
  #sentAtMs = 0;
  #sentState = "";
  #isDirty = true;
  #readAtMs = 0;
  #failedUntilMs = 0;
  /** Its stored bars are being read, or closed ones taken: nobody else may do either. */
  isBusy = false;

  /** @param last the newest snapshot of the pair, whoever made it */
  constructor(pair: LeasedLivePair, times: LiveTimes, last: LiveSnapshot | undefined) {
    this.pair = pair;
    this.#times = times;
    this.#seq = last?.seq ?? 0;
  }

  get instrumentIds(): readonly [number, number] {
    return [this.pair.legY.id, this.pair.legX.id];
  }

  get intervalMs(): number {
    return this.pair.settings.intervalMs;
  }

  /** Bars that open after this have not been told of; null: nothing was said of the pair here. */
  get toldUntilMs(): number | null {
    return this.#toldUntilMs;
  }

  get closedUntilMs(): number {
    return this.#closedUntilMs;
  }

  /** Bars that end by then are closed in both legs; 0: none is. */
  closedTargetMs(board: MarketBoard): number {
    const [y, x] = this.instrumentIds.map((id) => board.of(id)?.barsUntilMs ?? 0);
    return Math.floor(Math.min(y ?? 0, x ?? 0) / this.intervalMs) * this.intervalMs;
  }

  /** Whether the stored bars are to be read: at first, now and then, and when too many have closed. */
  needsReading(board: MarketBoard, nowMs: number): boolean {
    if (this.isBusy || nowMs < this.#failedUntilMs) return false;
    const behindMs = this.closedTargetMs(board) - this.#closedUntilMs;
    return nowMs >= this.#readAtMs || behindMs > BARS_BEHIND_MAX * this.intervalMs;
  }

  /** Whether bars have closed that it can take one by one. */
  hasClosedBars(board: MarketBoard): boolean {
    if (this.#live === null || this.isBusy) return false;
    const behindMs = this.closedTargetMs(board) - this.#closedUntilMs;
    return behindMs > 0 && behindMs <= BARS_BEHIND_MAX * this.intervalMs;
  }

  /** Reads its stored bars again as soon as it can. */
  readAgain(): void {
    this.#readAtMs = 0;
  }

  /** Its stored bars could not be read, or hold what no figure can be made of: tried again later. */
  readFailed(nowMs: number): void {
    this.#failedUntilMs = nowMs + RETRY_READING_MS;
  }

  /**
   * Goes on with what was made of its stored bars.
   *
   * @param untilMs bars that end by then are closed; null: no feed has said so of any yet
   */
  replace(stored: StoredPair, untilMs: number | null, nowMs: number): void {
    const { live, aligned, caughtUp } = stored;
    this.#skipped = stored.skipped ?? this.#skipped;
    for (const figures of caughtUp) this.#leave(figures);
    this.#live = live;
    this.#recent.clear();
    const count = aligned.openTimeMs.length;
    const lastMs = aligned.openTimeMs.at(-1);
    this.#closedUntilMs = untilMs ?? (lastMs === undefined ? 0 : lastMs + this.intervalMs);
    for (let i = Math.max(0, count - LATE_BARS); i < count; i++) {
      this.#remember(barAt(aligned, i));
    }
    this.#lastBar = lastBarOf(live, aligned, count - 1) ?? null;
    this.#readAtMs = nowMs + this.#recheckInMs(count);
    this.#isDirty = true;
  }

  /**
   * Takes the bars that have closed, without keeping others waiting for long.
   *
   * @param aligned bars from LATE_BARS before the first new one on
   * @returns whether they go on from those that were taken before; else the stored ones must be read again
   */
  async takeBars(aligned: AlignedLiveBars, untilMs: number): Promise<boolean> {
    const live = this.#live;
    if (live === null || !this.#goesOn(aligned)) return false;
    let isFirst = true;
    for (let i = 0; i < aligned.openTimeMs.length; i++) {
      const bar = barAt(aligned, i);
      if (bar.openTimeMs < this.#closedUntilMs) continue;
      if (!isFirst) await nextTurn();
      isFirst = false;
      if (this.#lastBar !== null) this.#leave(this.#lastBar.figures);
      live.step(bar);
      this.#remember(bar);
      this.#lastBar = lastBarOf(live, aligned, i) ?? this.#lastBar;
      this.#isDirty = true;
    }
    this.#closedUntilMs = untilMs;
    return true;
  }

  /** A leg has a newer trade, or what was to be said could not be. */
  move(): void {
    this.#isDirty = true;
  }

  /** Whether it is in another state than was last said: time alone makes a pair stale. */
  checkState(board: MarketBoard, clock: PairClock): void {
    const { state, reason } = stateOf(this.#input(board, clock));
    if (`${state} ${reason}` !== this.#sentState) this.#isDirty = true;
  }

  /** Milliseconds until the next snapshot may be sent; null: there is nothing to say. */
  dueInMs(nowMs: number): number | null {
    if (!this.#isDirty) return null;
    return Math.max(0, this.#sentAtMs + this.#times.snapshotMs - nowMs);
  }

  /**
   * What is to be said now; what comes while it is being stored is news again. The number grows with the
   * clock, so that it survives a lost table.
   */
  snapshot(board: MarketBoard, clock: PairClock): LiveSnapshot {
    this.#isDirty = false;
    return snapshotOf({ ...this.#input(board, clock), seq: Math.max(this.#seq + 1, clock.nowMs) });
  }

  /** It was said. */
  sent(snapshot: LiveSnapshot): void {
    this.#seq = snapshot.seq;
    this.#sentAtMs = snapshot.computedAtMs;
    this.#sentState = `${snapshot.state} ${snapshot.stateReason}`;
  }

  /**
   * A snapshot of it was stored.
   *
   * @returns untold: figures of the bars that closed before that of the snapshot and no snapshot told of,
   *   oldest first; skipped: bars before those that were too many for it, null when none was
   */
  told({ bar }: LiveSnapshot): {
    readonly untold: readonly LiveFigures[];
    readonly skipped: SkippedBars | null;
  } {
    const untold = this.#untold;
    const skipped = this.#skipped;
    this.#untold = [];
    this.#skipped = null;
    for (const openTimeMs of [untold.at(-1)?.openTimeMs, bar?.openTimeMs]) {
      if (openTimeMs === undefined) continue;
      this.#toldUntilMs = Math.max(this.#toldUntilMs ?? openTimeMs, openTimeMs);
    }
    return { untold, skipped };
  }

  #input(board: MarketBoard, clock: PairClock) {
    const [idY, idX] = this.instrumentIds;
    const marketOf = (id: number): InstrumentMarket | undefined => board.of(id);
    return {
      pair: this.pair,
      marketY: marketOf(idY),
      marketX: marketOf(idX),
      lastBar: this.#lastBar,
      isReading: this.#live === null,
      seq: this.#seq,
      nowMs: clock.nowMs,
      venueMs: clock.venueMs,
      staleAfterMs: this.#times.staleAfterMs,
    };
  }

  /** While bars are too few, the venue's history is on its way; else only amended bars are looked for. */
  #recheckInMs(count: number): number {
    const { hungryMs, recheckMs } = this.#times;
    if (count < liveBarsNeeded(this.pair.settings)) return hungryMs;
    return recheckMs * Math.max(1, this.pair.settings.bufferBars / 1_000);
  }

  /** Whether the bars that were taken before are still what they were. */
  #goesOn(aligned: AlignedLiveBars): boolean {
    const again = new Map<number, LivePairBar>();
    for (let i = 0; i < aligned.openTimeMs.length; i++) {
      const bar = barAt(aligned, i);
      if (bar.openTimeMs < this.#closedUntilMs) again.set(bar.openTimeMs, bar);
    }
    const fromMs = this.#closedUntilMs - LATE_BARS * this.intervalMs;
    const taken = [...this.#recent.values()].filter(({ openTimeMs }) => openTimeMs >= fromMs);
    return (
      taken.length === again.size &&
      taken.every((bar) => {
        const now = again.get(bar.openTimeMs);
        return now?.closeY === bar.closeY && now.closeX === bar.closeX;
      })
    );
  }

  /** A bar is the last one no longer: if no snapshot has told of it, none will. */
  #leave(figures: LiveFigures): void {
    const knownUntilMs = this.#untold.at(-1)?.openTimeMs ?? this.#toldUntilMs;
    if (knownUntilMs !== null && figures.openTimeMs <= knownUntilMs) return;
    if (figures.bars < liveBarsNeeded(this.pair.settings)) return;
    this.#untold.push(figures);
    // Besides those that were made good some close meanwhile; more come only while no snapshot can be stored.
    if (this.#untold.length > this.#times.caughtUpBarsMax + BARS_BEHIND_MAX) this.#skipOldest();
  }

  #skipOldest(): void {
    const skipped = this.#untold.shift();
    const beforeMs = this.#untold[0]?.openTimeMs;
    if (skipped === undefined || beforeMs === undefined) return;
    const afterMs = this.#skipped?.afterMs ?? skipped.openTimeMs - this.intervalMs;
    this.#skipped = { afterMs, beforeMs };
  }

  #remember(bar: LivePairBar): void {
    this.#recent.set(bar.openTimeMs, bar);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > LATE_BARS && oldest !== undefined) this.#recent.delete(oldest);
  }
}

/** Our clock, and those of the legs' markets, UTC ms. */
export type PairClock = { readonly nowMs: number; readonly venueMs: VenueTimes };

/** What a pair is at bar i of aligned bars, after which none was taken. */
function lastBarOf(
  live: LivePair,
  { legY, legX }: AlignedLiveBars,
  i: number,
): LastBar | undefined {
  const figures = live.figures();
  if (figures === null) return undefined;
  return {
    figures,
    carriedY: legY.carried[i] === 1,
    carriedX: legX.carried[i] === 1,
  };
}

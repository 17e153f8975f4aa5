import { type ActivityChange, ActivityLog } from "./activity-log.ts";
import { Bar } from "./bar.ts";
import { mix, seedOf } from "./block-random.ts";
import { EPOCH_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "./calendar.ts";
import { HourBars } from "./hour-bars.ts";
import type { InstrumentPlan } from "./instrument-plan.ts";
import { MinutePlan, SECONDS } from "./minute-plan.ts";
import type { PriceFactors } from "./price-factors.ts";
import { createPricePath, type PricePath } from "./price-path.ts";
import { createRawTradeIds, type RawTradeIds } from "./raw-trade-ids.ts";
import { RecentBlocks } from "./recent-blocks.ts";
import type { Activity, Tape } from "./tape.ts";
import { TradeColumns } from "./trade-columns.ts";
import {
  createTradeCounts,
  lastAtMost,
  MINUTES_PER_DAY,
  type TradeCounts,
} from "./trade-counts.ts";

export type SyntheticTapeOptions = {
  readonly seed: number;
  readonly factors: PriceFactors;
  readonly tradesPerSecond: number;
};

/** A minute with the ids of its seconds; the 61st is the first id of the next minute. */
type PlannedMinute = { readonly plan: MinutePlan; readonly firstIds: Float64Array };

/** Tape of the market model: nothing is stored, every trade follows from seed, id and the changes made. */
export class SyntheticTape implements Tape {
  readonly plan: InstrumentPlan;
  readonly oldestId: number;
  readonly startMs = EPOCH_MS;
  readonly activity: Activity;
  readonly #seed: number;
  readonly #path: PricePath;
  readonly #counts: TradeCounts;
  readonly #log: ActivityLog;
  readonly #rawIds: RawTradeIds;
  readonly #tickSize: number;
  readonly #meanLots: number;
  readonly #minutes = new RecentBlocks<PlannedMinute>(4);
  readonly #seconds = new RecentBlocks<TradeColumns>(4);
  readonly #hours = new HourBars();
  /** Bars of single minutes: rolling statistics ask for the same two hours every second. */
  readonly #minuteBars = new RecentBlocks<Bar>(256);
  readonly #scratch = new MinutePlan();
  readonly #hourBar = new Bar();

  constructor(plan: InstrumentPlan, options: SyntheticTapeOptions) {
    this.plan = plan;
    this.#seed = seedOf(options.seed, `${plan.market} ${plan.symbol}`);
    this.#path = createPricePath(plan, options.factors);
    this.#counts = createTradeCounts({
      seed: mix(this.#seed, 1),
      tradesPerSecond: options.tradesPerSecond,
      stress: options.factors.stress,
    });
    // Real venues did not begin at zero when our history does.
    this.oldestId = 100_000 + (mix(this.#seed, 2) % 900_000);
    this.#rawIds = createRawTradeIds(mix(this.#seed, 3), this.oldestId * 2);
    this.#tickSize = plan.tickUnits / 10 ** plan.priceDecimals;
    this.#meanLots = (plan.tradeNotional / plan.basePrice) * 10 ** plan.quantityDecimals;
    this.#log = new ActivityLog((second) => this.#undisturbedBefore(second));
    this.activity = {
      change: (change) => this.#change(change),
      changes: () => this.#log.changes,
      current: () => this.#log.current,
    };
  }

  firstIdAt(timeMs: number): number {
    if (timeMs <= EPOCH_MS) return this.oldestId;
    const second = Math.floor((timeMs - EPOCH_MS) / SECOND_MS);
    const first = this.#firstIdOfSecond(second);
    const startMs = EPOCH_MS + second * SECOND_MS;
    return startMs === timeMs ? first : first + this.#second(second).rowAt(timeMs);
  }

  collect(fromMs: number, toMs: number, columns: TradeColumns): void {
    const first = Math.max(0, Math.floor((fromMs - EPOCH_MS) / SECOND_MS));
    for (let second = first; EPOCH_MS + second * SECOND_MS < toMs; second++) {
      const trades = this.#second(second);
      columns.append(trades, trades.rowAt(fromMs), trades.rowAt(toMs));
    }
  }

  collectFrom(id: number, limit: number, endMs: number, columns: TradeColumns): void {
    const endId = Math.min(id + limit, this.firstIdAt(endMs));
    let next = Math.max(id, this.oldestId);
    if (next >= endId) return;
    for (let second = this.#secondOf(next, endMs); next < endId; second++) {
      const trades = this.#second(second);
      if (trades.count === 0) continue;
      const to = Math.min(trades.count, endId - trades.firstId);
      columns.append(trades, next - trades.firstId, to);
      next = trades.firstId + to;
    }
  }

  addBar(fromMs: number, toMs: number, bar: Bar): void {
    let at = Math.max(fromMs, EPOCH_MS);
    while (at < toMs) {
      const sinceEpoch = at - EPOCH_MS;
      if (sinceEpoch % HOUR_MS === 0 && at + HOUR_MS <= toMs) {
        this.#addHour(sinceEpoch / HOUR_MS, bar);
        at += HOUR_MS;
      } else if (sinceEpoch % MINUTE_MS === 0 && at + MINUTE_MS <= toMs) {
        bar.addBar(this.#minuteBars.get(sinceEpoch / MINUTE_MS, (k) => this.#minuteBar(k)));
        at += MINUTE_MS;
      } else if (sinceEpoch % SECOND_MS === 0 && at + SECOND_MS <= toMs) {
        at = this.#addSeconds(sinceEpoch / SECOND_MS, toMs, bar);
      } else {
        at = this.#addTrades(at, toMs, bar);
      }
    }
  }

  rawFirst(id: number): number {
    return this.#rawIds.first(id);
  }

  rawLast(id: number): number {
    return this.#rawIds.last(id);
  }

  aggregateOf(rawId: number): number {
    return this.#rawIds.aggregateOf(rawId);
  }

  askAt(timeMs: number): number {
    const second = Math.max(0, Math.floor((timeMs - EPOCH_MS) / SECOND_MS));
    return this.#minute(Math.floor(second / SECONDS)).plan.asks[second % SECONDS] ?? 0;
  }

  isClosed(fromMs: number, toMs: number): boolean {
    if (toMs <= EPOCH_MS) return true;
    const fromSecond = Math.floor((fromMs - EPOCH_MS) / SECOND_MS);
    return this.#log.isHaltedThroughout(fromSecond, Math.ceil((toMs - EPOCH_MS) / SECOND_MS));
  }

  #change(change: ActivityChange): void {
    this.#log.add(change);
    this.#minutes.clear();
    this.#seconds.clear();
  }

  #undisturbedBefore(second: number): number {
    const minute = Math.floor(second / SECONDS);
    let before = this.#counts.beforeMinute(minute);
    const inMinute = second - minute * SECONDS;
    if (inMinute === 0) return before;
    this.#lay(minute, this.#scratch);
    for (let k = 0; k < inMinute; k++) before += this.#scratch.counts[k] ?? 0;
    return before;
  }

  #firstIdOfSecond(second: number): number {
    return this.oldestId + this.#undisturbedBefore(second) + this.#log.differenceBefore(second);
  }

  #firstIdOfMinute(minute: number): number {
    return this.#firstIdOfSecond(minute * SECONDS);
  }

  #secondOf(id: number, endMs: number): number {
    const days = Math.floor((endMs - EPOCH_MS) / (MINUTES_PER_DAY * MINUTE_MS)) + 1;
    const day = lastAtMost(0, days, (d) => this.#firstIdOfMinute(d * MINUTES_PER_DAY), id);
    const firstMinute = day * MINUTES_PER_DAY;
    const minute = lastAtMost(
      firstMinute,
      firstMinute + MINUTES_PER_DAY,
      (m) => this.#firstIdOfMinute(m),
      id,
    );
    const { firstIds } = this.#minute(minute);
    return minute * SECONDS + lastAtMost(0, SECONDS, (k) => firstIds[k] ?? 0, id);
  }

  #lay(minute: number, plan: MinutePlan): void {
    const hour = Math.floor(minute / 60);
    const minutes = this.#path.minutesOf(hour);
    const k = minute - hour * 60;
    const startTicks = Math.exp(minutes[k] ?? 0) / this.#tickSize;
    plan.lay({
      seed: mix(this.#seed, minute + 16),
      trades: this.#counts.ofMinute(minute),
      startTicks,
      endTicks: Math.exp(minutes[k + 1] ?? 0) / this.#tickSize,
      stdTicksPerSecond: this.#path.stdPerSecond(hour) * startTicks,
    });
  }

  #prepare(minute: number, plan: MinutePlan): MinutePlan {
    this.#lay(minute, plan);
    const first = minute * SECONDS;
    if (this.#log.isTouched(first, first + SECONDS)) {
      for (let k = 0; k < SECONDS; k++) {
        plan.counts[k] = this.#log.countOf(first + k, plan.counts[k] ?? 0);
      }
    }
    plan.deal(this.#meanLots);
    return plan;
  }

  #minute(minute: number): PlannedMinute {
    return this.#minutes.get(minute, () => {
      const firstIds = new Float64Array(SECONDS + 1);
      const plan = this.#prepare(minute, new MinutePlan());
      firstIds[0] = this.#firstIdOfMinute(minute);
      for (let k = 0; k < SECONDS; k++) {
        firstIds[k + 1] = (firstIds[k] ?? 0) + (plan.counts[k] ?? 0);
      }
      return { plan, firstIds };
    });
  }

  #second(second: number): TradeColumns {
    return this.#seconds.get(second, () => {
      const minute = Math.floor(second / SECONDS);
      const k = second - minute * SECONDS;
      const { plan, firstIds } = this.#minute(minute);
      const columns = new TradeColumns();
      plan.trades(k, firstIds[k] ?? 0, EPOCH_MS + second * SECOND_MS, columns);
      return columns;
    });
  }

  #addHour(hour: number, bar: Bar): void {
    const whole = this.#hourBar;
    if (!this.#hours.load(hour, whole)) {
      whole.reset(0);
      for (let minute = hour * 60; minute < hour * 60 + 60; minute++)
        this.#addMinute(minute, whole);
      this.#hours.store(hour, whole);
    }
    bar.addBar(whole);
  }

  #minuteBar(minute: number): Bar {
    const bar = new Bar();
    this.#addMinute(minute, bar);
    return bar;
  }

  #addMinute(minute: number, bar: Bar): void {
    this.#prepare(minute, this.#scratch).addTo(bar, 0, SECONDS);
  }

  /** Whole seconds up to the end of the minute or of the span. */
  #addSeconds(second: number, toMs: number, bar: Bar): number {
    const minute = Math.floor(second / SECONDS);
    const first = second - minute * SECONDS;
    const whole = Math.floor((toMs - EPOCH_MS) / SECOND_MS) - minute * SECONDS;
    const end = Math.min(SECONDS, whole);
    this.#minute(minute).plan.addTo(bar, first, end);
    return EPOCH_MS + (minute * SECONDS + end) * SECOND_MS;
  }

  /** Trades of a part of a second. */
  #addTrades(fromMs: number, toMs: number, bar: Bar): number {
    const second = Math.floor((fromMs - EPOCH_MS) / SECOND_MS);
    const endMs = Math.min(toMs, EPOCH_MS + (second + 1) * SECOND_MS);
    const trades = this.#second(second);
    const end = trades.rowAt(endMs);
    for (let i = trades.rowAt(fromMs); i < end; i++) {
      bar.addTrade(trades.priceTicks[i] ?? 0, trades.lots[i] ?? 0, trades.isSell[i] === 1);
    }
    return endMs;
  }
}

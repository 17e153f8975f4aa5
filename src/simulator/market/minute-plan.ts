import type { Bar } from "./bar.ts";
import { GAUSSIAN, HEAVY_TAIL, mix } from "./block-random.ts";
import { RAW_TRADES_MAX } from "./raw-trade-ids.ts";
import type { TradeColumns } from "./trade-columns.ts";

export const SECONDS = 60;

/** Smallest aggregated trade in lots, so that each of its raw trades has at least one. */
export const LOTS_MIN = RAW_TRADES_MAX;

/** What a minute is made from. */
export type MinuteBasis = {
  /** Seed of the instrument's minute. */
  readonly seed: number;
  /** Trades of the minute, undisturbed. */
  readonly trades: number;
  /** Price at both ends, in ticks (not whole). */
  readonly startTicks: number;
  readonly endTicks: number;
  readonly stdTicksPerSecond: number;
};

/**
 * A minute in sixty seconds: in each all buys trade at one ask and all sells at one bid.
 *
 * This is the level at which trades and bars meet. The bar of a minute follows from the plan without
 * making its trades, and the trades of a second are made so that they add up to the plan exactly;
 * therefore bars of years cost little and still equal the sum of their trades to the last lot.
 */
export class MinutePlan {
  readonly counts = new Float64Array(SECONDS);
  readonly asks = new Float64Array(SECONDS);
  readonly buys = new Float64Array(SECONDS);
  readonly buyLots = new Float64Array(SECONDS);
  readonly sellLots = new Float64Array(SECONDS);
  readonly #draws = new Uint32Array(SECONDS);
  #seed = 0;

  /** Undisturbed number of trades in each second; levels come with it. */
  lay(basis: MinuteBasis): void {
    this.#seed = basis.seed;
    const { counts, asks } = this;
    const draws = this.#draws;
    let weight = 0;
    let walk = 0;
    for (let k = 0; k < SECONDS; k++) {
      const draw = mix(basis.seed, k);
      draws[k] = draw;
      counts[k] = weight;
      asks[k] = walk;
      weight += 8 + (draw & 63);
      walk += GAUSSIAN[draw >>> 22] ?? 0;
    }
    const phase = mix(basis.seed, SECONDS) / 2 ** 32;
    const slope = (basis.endTicks - basis.startTicks) / SECONDS;
    const pin = walk / SECONDS;
    let before = 0;
    for (let k = 0; k < SECONDS; k++) {
      const next = k + 1 < SECONDS ? (counts[k + 1] ?? 0) : weight;
      const through = Math.floor((basis.trades * next) / weight + phase);
      counts[k] = through - before;
      before = through;
      const bridge = basis.stdTicksPerSecond * ((asks[k] ?? 0) - pin * k);
      const mid = basis.startTicks + slope * k + bridge;
      asks[k] = Math.max(2, Math.ceil(mid));
    }
  }

  /** Decides sides and volumes; `counts` may have been changed since they were laid. */
  deal(meanLots: number): void {
    const { counts, buys, buyLots, sellLots } = this;
    const draws = this.#draws;
    for (let k = 0; k < SECONDS; k++) {
      const draw = draws[k] ?? 0;
      const count = counts[k] ?? 0;
      // Buyers are in the majority in seconds that rise, as in real tapes; bits 22–31 made the move.
      const share = 0.3 + (draw >>> 22) * (0.4 / 1024);
      const wanted = Math.floor(count * share + ((draw >>> 6) & 255) * (1 / 256));
      const bought = wanted < count ? wanted : count;
      buys[k] = bought;
      buyLots[k] = lotsOf(bought, meanLots * (HEAVY_TAIL[(draw >>> 8) & 1023] ?? 1));
      sellLots[k] = lotsOf(count - bought, meanLots * (HEAVY_TAIL[(draw >>> 12) & 1023] ?? 1));
    }
  }

  /** Adds seconds to a bar. This loop carries the history of years, hence the local sums. */
  addTo(bar: Bar, fromSecond: number, toSecond: number): void {
    const { counts, asks, buys, buyLots, sellLots } = this;
    let first = -1;
    let last = -1;
    let trades = 0;
    let high = 0;
    let low = Number.POSITIVE_INFINITY;
    let lots = 0;
    let takerLots = 0;
    let quote = 0;
    let takerQuote = 0;
    for (let k = fromSecond; k < toSecond; k++) {
      const count = counts[k] ?? 0;
      if (count === 0) continue;
      const ask = asks[k] ?? 0;
      const bought = buys[k] ?? 0;
      const top = bought > 0 ? ask : ask - 1;
      const bottom = bought < count ? ask - 1 : ask;
      if (top > high) high = top;
      if (bottom < low) low = bottom;
      if (first < 0) first = k;
      last = k;
      trades += count;
      const taken = buyLots[k] ?? 0;
      const given = sellLots[k] ?? 0;
      lots += taken + given;
      takerLots += taken;
      takerQuote += ask * taken;
      quote += ask * taken + (ask - 1) * given;
    }
    if (first < 0) return;
    const open = (asks[first] ?? 0) - (this.#firstIsBuy(first) ? 0 : 1);
    const close = (asks[last] ?? 0) - (this.#lastIsBuy(last) ? 0 : 1);
    bar.addPart({ trades, open, high, low, close, lots, takerLots, quote, takerQuote });
  }

  /** The trades of a second, in order. @param startMs its start */
  trades(second: number, firstId: number, startMs: number, columns: TradeColumns): void {
    const count = this.counts[second] ?? 0;
    columns.firstId = firstId;
    columns.count = count;
    columns.reserve(count);
    const seed = mix(this.#seed ^ 0x5bd1e995, second);
    this.#fillTimes(columns, seed, startMs);
    this.#fillSides(columns, seed, second);
    this.#fillLots(columns, seed, second, 0);
    this.#fillLots(columns, seed, second, 1);
  }

  #firstIsBuy(second: number): boolean {
    const buys = this.buys[second] ?? 0;
    const sells = (this.counts[second] ?? 0) - buys;
    if (buys === 0 || sells === 0) return buys > 0;
    return ((this.#draws[second] ?? 0) & 64) !== 0;
  }

  #lastIsBuy(second: number): boolean {
    const first = this.#firstIsBuy(second);
    const count = this.counts[second] ?? 0;
    if (count === 1) return first;
    const buysLeft = (this.buys[second] ?? 0) - (first ? 1 : 0);
    const sellsLeft = count - 1 - buysLeft;
    if (buysLeft === 0 || sellsLeft === 0) return buysLeft > 0;
    return ((this.#draws[second] ?? 0) & 128) !== 0;
  }

  /** One trade in each slice of the second, somewhere in it, so times never fall. */
  #fillTimes(columns: TradeColumns, seed: number, startMs: number): void {
    const slice = 1000 / columns.count;
    for (let i = 0; i < columns.count; i++) {
      const place = i + mix(seed, i) / 2 ** 32;
      columns.timeMs[i] = startMs + Math.floor(place * slice);
    }
  }

  #fillSides(columns: TradeColumns, seed: number, second: number): void {
    const count = columns.count;
    if (count === 0) return;
    const ask = this.asks[second] ?? 0;
    const first = this.#firstIsBuy(second);
    const last = this.#lastIsBuy(second);
    let left = Math.max(0, count - 2);
    let buysLeft = (this.buys[second] ?? 0) - (first ? 1 : 0);
    if (count > 1 && last) buysLeft -= 1;
    for (let i = 0; i < count; i++) {
      let isBuy = i === 0 ? first : last;
      if (i > 0 && i < count - 1) {
        isBuy = (mix(seed, -1 - i) / 2 ** 32) * left < buysLeft;
        left -= 1;
        if (isBuy) buysLeft -= 1;
      }
      columns.isSell[i] = isBuy ? 0 : 1;
      columns.priceTicks[i] = isBuy ? ask : ask - 1;
    }
  }

  /** Shares the volume of one side out over its trades: the smallest each, the rest by chance. */
  #fillLots(columns: TradeColumns, seed: number, second: number, side: 0 | 1): void {
    const count = this.counts[second] ?? 0;
    const buys = this.buys[second] ?? 0;
    const trades = side === 0 ? buys : count - buys;
    if (trades === 0) return;
    const lots = (side === 0 ? this.buyLots[second] : this.sellLots[second]) ?? 0;
    const spare = lots - trades * LOTS_MIN;
    let weight = 0;
    for (let i = 0; i < count; i++) {
      if (columns.isSell[i] === side) weight += sizeWeight(seed, i);
    }
    let before = 0;
    let given = 0;
    for (let i = 0; i < count; i++) {
      if (columns.isSell[i] !== side) continue;
      before += sizeWeight(seed, i);
      const through = Math.min(spare, Math.floor((spare * before) / weight));
      columns.lots[i] = LOTS_MIN + through - given;
      given = through;
    }
    // Rounding may leave the last lots over; they belong to the last trade of the side.
    const last = columns.isSell.lastIndexOf(side, count - 1);
    columns.lots[last] = (columns.lots[last] ?? 0) + spare - given;
  }
}

function sizeWeight(seed: number, i: number): number {
  return HEAVY_TAIL[mix(seed, i) & 1023] ?? 1;
}

function lotsOf(trades: number, meanLots: number): number {
  const lots = Math.floor(trades * meanLots + 0.5);
  const least = trades * LOTS_MIN;
  return lots > least ? lots : least;
}

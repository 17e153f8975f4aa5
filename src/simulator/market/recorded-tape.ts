import type { Bar } from "./bar.ts";
import { INSTRUMENT_PLANS, type InstrumentPlan } from "./instrument-plan.ts";
import type { RecordedTrade } from "./recording.ts";
import type { Tape } from "./tape.ts";
import { TradeColumns } from "./trade-columns.ts";
import { lastAtMost } from "./trade-counts.ts";

/**
 * Tape of a recording: consecutive raw trades of equal time, price and side make an aggregated one, as
 * one order of a taker would. Aggregated ids count from 1; raw ids are the recording's.
 */
export class RecordedTape implements Tape {
  readonly plan: InstrumentPlan;
  readonly oldestId = 1;
  readonly startMs: number;
  readonly activity = null;
  /** Time of the last trade. */
  readonly endMs: number;
  readonly #trades = new TradeColumns();
  /** Row of the first raw trade of each aggregated one, and the number of raw trades at the end. */
  readonly #firstRows: number[] = [];
  readonly #rawIds: readonly number[];
  readonly #rawLots: readonly number[];

  constructor(symbol: string, raw: readonly RecordedTrade[]) {
    this.plan = planOf(symbol, raw);
    const priceUnits = (text: string) => unitsOf(text, this.plan.priceDecimals);
    const lots = (text: string) => unitsOf(text, this.plan.quantityDecimals);
    this.#rawIds = raw.map(({ id }) => id);
    this.#rawLots = raw.map(({ quantity }) => lots(quantity));
    const trades = this.#trades;
    trades.firstId = this.oldestId;
    raw.forEach((trade, row) => {
      const before = raw[row - 1];
      if (before !== undefined && isSameOrder(before, trade)) {
        const last = trades.count - 1;
        trades.lots[last] = (trades.lots[last] ?? 0) + (this.#rawLots[row] ?? 0);
        return;
      }
      const at = trades.count;
      trades.reserve(at + 1);
      trades.priceTicks[at] = priceUnits(trade.price);
      trades.lots[at] = this.#rawLots[row] ?? 0;
      trades.timeMs[at] = trade.timeMs;
      trades.isSell[at] = trade.isSell ? 1 : 0;
      trades.count = at + 1;
      this.#firstRows.push(row);
    });
    this.#firstRows.push(raw.length);
    this.startMs = trades.timeMs[0] ?? 0;
    this.endMs = trades.timeMs[trades.count - 1] ?? 0;
  }

  firstIdAt(timeMs: number): number {
    return this.oldestId + this.#trades.rowAt(timeMs);
  }

  collect(fromMs: number, toMs: number, columns: TradeColumns): void {
    columns.append(this.#trades, this.#trades.rowAt(fromMs), this.#trades.rowAt(toMs));
  }

  collectFrom(id: number, limit: number, endMs: number, columns: TradeColumns): void {
    const from = Math.max(0, id - this.oldestId);
    columns.append(this.#trades, from, Math.min(from + limit, this.#trades.rowAt(endMs)));
  }

  addBar(fromMs: number, toMs: number, bar: Bar): void {
    const { priceTicks, lots, isSell } = this.#trades;
    const end = this.#trades.rowAt(toMs);
    for (let i = this.#trades.rowAt(fromMs); i < end; i++) {
      bar.addTrade(priceTicks[i] ?? 0, lots[i] ?? 0, isSell[i] === 1);
    }
  }

  rawFirst(id: number): number {
    const row = this.#firstRows[id - this.oldestId] ?? this.#rawIds.length;
    return this.#rawIds[row] ?? (this.#rawIds.at(-1) ?? 0) + 1;
  }

  rawLast(id: number): number {
    const nextRow = this.#firstRows[id - this.oldestId + 1] ?? this.#rawIds.length;
    return this.#rawIds[nextRow - 1] ?? 0;
  }

  aggregateOf(rawId: number): number {
    const rows = this.#firstRows;
    const at = lastAtMost(0, rows.length - 1, (i) => this.#rawIds[rows[i] ?? 0] ?? 0, rawId);
    return this.oldestId + at;
  }

  lotsOf(rawId: number): number {
    const ids = this.#rawIds;
    return this.#rawLots[lastAtMost(0, ids.length, (i) => ids[i] ?? 0, rawId)] ?? 0;
  }

  /** The last trade says which side of the book it met. */
  askAt(timeMs: number): number {
    const row = Math.max(0, this.#trades.rowAt(timeMs) - 1);
    const price = this.#trades.priceTicks[row] ?? 0;
    return this.#trades.isSell[row] === 1 ? price + 1 : price;
  }

  isClosed(fromMs: number, toMs: number): boolean {
    return toMs <= this.startMs || fromMs > this.endMs;
  }
}

function isSameOrder(a: RecordedTrade, b: RecordedTrade): boolean {
  return a.timeMs === b.timeMs && a.price === b.price && a.isSell === b.isSell;
}

/** Whole units of 10^-decimals; the text has no more decimals than that, but for zeros. */
function unitsOf(text: string, decimals: number): number {
  const [whole = "0", fraction = ""] = text.split(".");
  return Number(whole + fraction.slice(0, decimals).padEnd(decimals, "0"));
}

/** The plan of the symbol with as many decimals as the recording needs. */
function planOf(symbol: string, raw: readonly RecordedTrade[]): InstrumentPlan {
  const known = INSTRUMENT_PLANS.find((plan) => plan.market === "spot" && plan.symbol === symbol);
  const [first] = raw;
  const asset = symbol.replace(/USDT$/, "");
  return {
    market: "spot",
    symbol,
    baseAsset: known?.baseAsset ?? asset,
    quoteAsset: known?.quoteAsset ?? "USDT",
    basePrice: Number(first?.price ?? 1),
    tickUnits: 1,
    priceDecimals: decimalsOf(raw.map(({ price }) => price)),
    quantityDecimals: decimalsOf(raw.map(({ quantity }) => quantity)),
    activity: known?.activity ?? 1,
    tradeNotional: known?.tradeNotional ?? 1_000,
    group: known?.group ?? "",
    marketLoading: 1,
    groupLoading: 1,
    halfLifeHours: 0,
    ownStd: 0,
  };
}

function decimalsOf(texts: readonly string[]): number {
  return texts.reduce((most, text) => {
    const fraction = (text.split(".")[1] ?? "").replace(/0+$/, "");
    return Math.max(most, fraction.length);
  }, 0);
}

import type { BarColumns } from "../strategies/strategy.ts";
import type { Book } from "./backtest-book.ts";
import type { EngineAccount } from "./engine-account.ts";
import type { EventExitReason, EventTrade } from "./event-trade.ts";
import type { FinerBars } from "./finer-bars.ts";
import { type GrowableColumn, pushValue } from "./growable-column.ts";
import type { AccountRules, RefusalReason } from "./portfolio-rules.ts";
import { finishTrade, type PositionGroup } from "./position-group.ts";

/** An entry that was asked for and not made. */
export type Refusal = {
  readonly bar: number;
  readonly book: number;
  readonly reason: RefusalReason;
};

/** Asks being written: signed share of size, hedge ratio against it, or weight, by slot. */
export type AskLog = {
  readonly bar: GrowableColumn;
  readonly slot: GrowableColumn;
  readonly value: GrowableColumn;
};

/** A book with the slots of its instruments, and the groups in which they are traded. */
export type BookRun = {
  /** Of the stage that is under way; see runEngineInStages. */
  book: Book;
  readonly index: number;
  readonly firstSlot: number;
  /** Null until the first target tells pairs from baskets. */
  form: "spread" | "weights" | null;
  groups: readonly PositionGroup[];
};

/** A backtest while it runs. */
export type EngineRun = {
  readonly account: EngineAccount;
  readonly rules: AccountRules;
  readonly books: readonly BookRun[];
  finer: FinerBars | null;
  readonly trades: EventTrade[];
  readonly refusals: Refusal[];
  readonly asks: AskLog;
  readonly tradingStartBar: number;
  isClosedAtEnd: boolean;
  isRuined: boolean;
  liquidations: number;
};

/** Columns of the instrument of a slot. */
export function columnsOf(run: EngineRun, slot: number): BarColumns {
  return run.account.bars.instruments[run.account.slotInstrument[slot]!]!;
}

/** Whether the instrument of a slot has a bar. */
export function hasBar(run: EngineRun, slot: number, bar: number): boolean {
  return !Number.isNaN(columnsOf(run, slot).close[bar]!);
}

/** Whether the instrument of a slot has ended, as far as it is known at a bar. */
export function isDelisted(run: EngineRun, slot: number, bar: number): boolean {
  const instrument = run.account.slotInstrument[slot]!;
  const { delistedFromBar } = run.account.bars.instruments[instrument]!;
  return delistedFromBar !== null && delistedFromBar <= bar;
}

/** Writes down an entry that is not made. */
export function refuse(
  run: EngineRun,
  group: PositionGroup,
  bar: number,
  reason: RefusalReason,
): void {
  run.refusals.push({ bar, book: group.book, reason });
}

/** Writes down what a strategy asked for one slot. */
export function logAsk(run: EngineRun, bar: number, slot: number, value: number): void {
  pushValue(run.asks.bar, bar);
  pushValue(run.asks.slot, slot);
  pushValue(run.asks.value, value);
}

/** Writes down the trade of a group that has just become flat. */
export function endTrade(
  run: EngineRun,
  group: PositionGroup,
  exit: { readonly signalBar: number; readonly fillBar: number; readonly reason: EventExitReason },
): void {
  run.trades.push(finishTrade(run.account, group, exit));
}

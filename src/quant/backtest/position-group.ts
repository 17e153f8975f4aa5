import type { StepReason, Target } from "../strategies/strategy.ts";
import { forgetTrade } from "./cash-ledger.ts";
import type { EngineAccount } from "./engine-account.ts";
import { type EventExitReason, type EventTrade, finishedLeg, forgetLeg } from "./event-trade.ts";

/** A target of a spread. */
export type SpreadTarget = Extract<Target, { kind: "spread" }>;

/** Leave what is held. */
export type LeaveOrder = {
  readonly kind: "leave";
  readonly signalBar: number;
  readonly reason: EventExitReason;
};

/** Enter a pair; `quantities` is null until the prices that size it are known. */
export type EnterOrder = {
  readonly kind: "enter";
  readonly signalBar: number;
  readonly reason: StepReason | null;
  readonly side: number;
  readonly target: SpreadTarget;
  readonly equity: number;
  readonly volatility: number;
  /** Gross exposure that was admitted, quote currency. */
  readonly grossEstimate: number;
  stops: SpreadTarget["stops"];
  quantities: readonly number[] | null;
};

/** Hold a share of equity of one instrument; `quantity` is null until the price of the fill is known. */
export type WeightOrder = {
  readonly kind: "weight";
  readonly signalBar: number;
  readonly reason: StepReason | null;
  readonly weight: number;
  readonly equity: number;
  readonly stop: number;
  readonly limit: number;
  quantity: number | null;
};

/** What has been asked and is not filled yet. */
export type GroupOrder = LeaveOrder | EnterOrder | WeightOrder;

/**
 * What is opened and closed together: the two legs of a pair, or one instrument of a basket. `side` is
 * what is held (1, −1, 0), `askedSide` what the strategy asked for last; they differ while an order waits
 * and after the engine had to leave, and then nothing is entered before the strategy asks for another.
 */
export type PositionGroup = {
  readonly book: number;
  readonly slots: readonly number[];
  /** One leg without opens is enough: both legs are filled at the same moment. */
  readonly isFilledAtClose: boolean;
  side: number;
  askedSide: number;
  isBlocked: boolean;
  order: GroupOrder | null;
  entrySignalBar: number;
  entryFillBar: number;
  entryReason: StepReason | null;
  hedgeRatio: number | null;
  /** Protective prices by slot of the group, and the first bar whose inside they act in. */
  readonly stop: Float64Array;
  readonly limit: Float64Array;
  guardedFromBar: number;
  /** Of a stop or limit that has begun to leave what is held, while another side waits to be entered; else null. */
  protectiveExit: { readonly signalBar: number; readonly reason: EventExitReason } | null;
};

/** A group that holds nothing. */
export function createPositionGroup(
  book: number,
  slots: readonly number[],
  isFilledAtClose: boolean,
): PositionGroup {
  return {
    book,
    slots,
    isFilledAtClose,
    side: 0,
    askedSide: 0,
    isBlocked: false,
    order: null,
    entrySignalBar: -1,
    entryFillBar: -1,
    entryReason: null,
    hedgeRatio: null,
    stop: new Float64Array(slots.length).fill(Number.NaN),
    limit: new Float64Array(slots.length).fill(Number.NaN),
    guardedFromBar: 0,
    protectiveExit: null,
  };
}

/** Whether nothing of a group is held. */
export function isFlat(account: EngineAccount, group: PositionGroup): boolean {
  for (const slot of group.slots) {
    if (account.quantity[slot] !== 0) return false;
  }
  return true;
}

/**
 * Ends the trade of a group that has just become flat.
 *
 * @param account its ledger and tallies begin the next trade
 * @param group changed
 * @param exit bar and reason
 * @returns the trade
 */
export function finishTrade(
  account: EngineAccount,
  group: PositionGroup,
  exit: {
    readonly signalBar: number;
    readonly fillBar: number;
    readonly reason: EventExitReason;
  },
): EventTrade {
  const legs = group.slots.map((slot) => {
    const instrument = account.slotInstrument[slot]!;
    return finishedLeg(account.ledger, account.tallies, { slot, instrument });
  });
  for (const slot of group.slots) {
    forgetTrade(account.ledger, slot);
    forgetLeg(account.tallies, slot);
  }
  const trade: EventTrade = {
    book: group.book,
    side: group.side > 0 ? "long" : "short",
    hedgeRatio: group.hedgeRatio,
    entrySignalBar: group.entrySignalBar,
    entryFillBar: group.entryFillBar,
    exitSignalBar: exit.signalBar,
    exitFillBar: exit.fillBar,
    entryReason: group.entryReason,
    exitReason: exit.reason,
    legs,
    netPnl: legs.reduce((sum, leg) => sum + leg.netPnl, 0),
  };
  group.side = 0;
  group.protectiveExit = null;
  group.stop.fill(Number.NaN);
  group.limit.fill(Number.NaN);
  return trade;
}

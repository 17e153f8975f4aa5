import { MarketWakeUp } from "#contracts/live-message.ts";
import type { InstrumentMarket } from "#db/live-market.ts";

/** The newest that is known of each instrument, from notifications and from looking. */
export type MarketBoard = {
  readonly of: (instrumentId: number) => InstrumentMarket | undefined;
  /** Takes what a notification tells. @returns instruments that moved; null: not to be understood */
  readonly hear: (payload: string) => readonly number[] | null;
  /** Takes what the tables say. @returns instruments that moved */
  readonly look: (markets: readonly InstrumentMarket[]) => readonly number[];
};

/** An empty board. A trade or a watermark never goes back: notifications and looks overtake each other. */
export function createMarketBoard(): MarketBoard {
  const board = new Map<number, InstrumentMarket>();
  const take = (next: InstrumentMarket): boolean => {
    const known = board.get(next.instrumentId);
    const newest = newer(known?.newest ?? null, next.newest);
    const barsUntilMs = Math.max(known?.barsUntilMs ?? 0, next.barsUntilMs);
    board.set(next.instrumentId, { ...next, newest, barsUntilMs });
    return (
      known === undefined ||
      newest?.tradeId !== known.newest?.tradeId ||
      barsUntilMs !== known.barsUntilMs ||
      next.status !== known.status
    );
  };
  const takeAll = (markets: readonly InstrumentMarket[]): readonly number[] =>
    markets.filter(take).map(({ instrumentId }) => instrumentId);
  return {
    of: (instrumentId) => board.get(instrumentId),
    look: takeAll,
    hear: (payload) => {
      const news = parsed(payload);
      if (news === null) return null;
      return takeAll(
        news.map(([instrumentId, tradeId, timeMs, price, barsUntilMs]) => ({
          instrumentId,
          status: board.get(instrumentId)?.status ?? "trading",
          newest: { tradeId, timeMs, price },
          barsUntilMs,
        })),
      );
    },
  };
}

function newer(
  known: InstrumentMarket["newest"],
  next: InstrumentMarket["newest"],
): InstrumentMarket["newest"] {
  if (known === null || next === null) return next ?? known;
  return next.tradeId > known.tradeId ? next : known;
}

function parsed(payload: string): MarketWakeUp | null {
  try {
    return MarketWakeUp.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    // A notification is a hint: what it tells is in the tables.
    return null;
  }
}

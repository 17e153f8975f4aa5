import type { MarketWakeUp } from "#contracts/live-message.ts";
import type { DatabaseClient } from "#db/client.ts";
import { type FeedCursor, saveFeedCursors } from "#db/feed-cursors.ts";
import { changeGaps, type GapChange, openGaps, splitGap } from "#db/feed-gaps.ts";
import { fencedInstruments } from "#db/feed-leases.ts";
import {
  correctTrade,
  insertOldTrades,
  insertTrades,
  type MovedTrade,
  type NewMarketTrade,
  storedTradeIds,
} from "#db/market-trades.ts";
import { notify } from "#db/notifications.ts";
import type { VenueTrade } from "../venues/agg-trade.ts";
import type { FeedOperation, LeasedInstrument } from "./feed-operation.ts";
import { openedGaps } from "./opened-gaps.ts";
import { type BarWork, storeBars } from "./store-bars.ts";

/** What a transaction did. To be believed after the commit only. */
export type StoredBatch = {
  /** Instruments that another process writes now; nothing of them was written. */
  readonly lost: readonly LeasedInstrument[];
  readonly cursors: ReadonlyMap<LeasedInstrument, FeedCursor>;
  /** Of the newest trades. */
  readonly prices: ReadonlyMap<LeasedInstrument, number>;
  readonly tradeCount: number;
  /** Trades whose time was wrong: the bars of both seconds are to be made again. */
  readonly moved: readonly MovedTrade[];
};

/** The news of one instrument take at most 70 bytes, a notification 8,000. */
const NEWS_MAX = 100;

type Operation<Kind extends FeedOperation["kind"]> = Extract<FeedOperation, { kind: Kind }>;

/**
 * Writes a batch of operations, in the caller's transaction. Writing it again, when it is not known whether
 * the first time was committed, changes nothing.
 */
export async function storeOperations(
  client: DatabaseClient,
  batch: readonly FeedOperation[],
): Promise<StoredBatch> {
  const instruments = [...new Set(batch.map(({ instrument }) => instrument))];
  const fenced = await fencedInstruments(client, instruments);
  const lost = instruments.filter(
    ({ instrumentId, isLost }) => isLost || !fenced.has(instrumentId),
  );
  const lostSet = new Set(lost);
  const kept = lost.length === 0 ? batch : batch.filter((one) => !lostSet.has(one.instrument));
  const { opened, splits } = openedGaps(kept);
  if (opened.length > 0) await openGaps(client, opened);
  for (const split of splits) await splitGap(client, split);
  const repeated = await repeatedLateTrades(client, kept);
  const trades = kept.filter(isKind("trade"));
  const moved = await storeTrades(client, trades);
  for (const { instrument, trade } of kept.filter(isKind("corrected"))) {
    await correctTrade(client, tradeRow(instrument, trade, true));
  }
  const changes = newestChanges(kept.filter(isKind("gap-changed")));
  if (changes.length > 0) await changeGaps(client, changes);
  const work = barWork(kept.filter(isKind("bars")));
  if (work.length > 0) await storeBars(client, work, repeated);
  const cursors = cursorsAfter(kept);
  if (cursors.size > 0) await saveCursors(client, cursors);
  const prices = pricesAfter(cursors, kept);
  await wakeUp(client, cursors, prices);
  return { lost, cursors, prices, tradeCount: trades.length, moved };
}

function isKind<Kind extends FeedOperation["kind"]>(kind: Kind) {
  return (operation: FeedOperation): operation is Operation<Kind> => operation.kind === kind;
}

/** The next trades in order are the most, and nothing else of their ids can be stored. */
async function storeTrades(
  client: DatabaseClient,
  operations: readonly Operation<"trade">[],
): Promise<MovedTrade[]> {
  const next = operations.filter(({ isNext }) => isNext).map(newTrade);
  const old = operations.filter(({ isNext }) => !isNext).map(newTrade);
  if (next.length > 0) await insertTrades(client, next);
  return old.length > 0 ? insertOldTrades(client, old) : [];
}

function newTrade({ instrument, trade, backfilled }: Operation<"trade">): NewMarketTrade {
  return tradeRow(instrument, trade, backfilled);
}

function tradeRow(
  { instrumentId }: LeasedInstrument,
  trade: VenueTrade,
  backfilled: boolean,
): NewMarketTrade {
  return { instrumentId, ...trade, backfilled };
}

/** Late trades of the batch that are stored already: their seconds have counted them. */
async function repeatedLateTrades(
  client: DatabaseClient,
  batch: readonly FeedOperation[],
): Promise<Set<string>> {
  const repeated = new Set<string>();
  for (const { instrument, seconds } of batch.filter(isKind("bars"))) {
    const ids = [...seconds.lateIds.values()].flat();
    if (ids.length === 0) continue;
    const { instrumentId } = instrument;
    for (const id of await storedTradeIds(client, instrumentId, ids)) {
      repeated.add(`${instrumentId} ${id}`);
    }
  }
  return repeated;
}

/** Of several changes to one gap the last counts. */
function newestChanges(operations: readonly Operation<"gap-changed">[]): GapChange[] {
  const newest = new Map<string, GapChange>();
  for (const { change } of operations) {
    newest.set(`${change.instrumentId} ${change.fromId} ${change.toId}`, change);
  }
  return [...newest.values()];
}

function barWork(operations: readonly Operation<"bars">[]): BarWork[] {
  const byInstrument = Map.groupBy(operations, ({ instrument }) => instrument.instrumentId);
  return [...byInstrument].flatMap(([instrumentId, ofInstrument]) => {
    const newest = ofInstrument.at(-1);
    if (newest === undefined) return [];
    const seconds = ofInstrument.map((operation) => operation.seconds);
    return [{ instrumentId, seconds, ledger: newest.ledger }];
  });
}

/** How far each instrument has come with the batch. */
function cursorsAfter(batch: readonly FeedOperation[]): Map<LeasedInstrument, FeedCursor> {
  const cursors = new Map<LeasedInstrument, FeedCursor>();
  const draft = new Map<
    LeasedInstrument,
    { -readonly [Key in keyof FeedCursor]: FeedCursor[Key] }
  >();
  const of = (instrument: LeasedInstrument) => {
    const known = draft.get(instrument);
    if (known !== undefined) return known;
    if (instrument.savedCursor === null) throw new Error("Invariant: a cursor begins with a start");
    const cursor = { ...instrument.savedCursor };
    draft.set(instrument, cursor);
    return cursor;
  };
  for (const operation of batch) {
    switch (operation.kind) {
      case "started":
        draft.set(operation.instrument, { ...operation.cursor });
        break;
      case "trade":
        if (operation.isNext) moveTo(of(operation.instrument), operation.trade);
        break;
      case "tail-known":
        moveTo(of(operation.instrument), operation.trade);
        break;
      case "gap-opened":
        if (operation.isTail) {
          Object.assign(of(operation.instrument), { lastId: operation.gap.toId, lastRawId: 0 });
        }
        break;
      case "bars":
        of(operation.instrument).barsUntilMs = operation.seconds.untilMs;
        break;
      case "gap-changed":
      case "gap-split":
      case "corrected":
        break;
    }
  }
  for (const [instrument, cursor] of draft) cursors.set(instrument, cursor);
  return cursors;
}

/** A tail that became known after newer trades came does not move the cursor back. */
function moveTo(
  cursor: { -readonly [Key in keyof FeedCursor]: FeedCursor[Key] },
  trade: VenueTrade,
): void {
  if (trade.id < cursor.lastId) return;
  cursor.lastId = trade.id;
  cursor.lastRawId = trade.lastTradeId;
  cursor.lastTradeTimeMs = trade.timeMs;
}

async function saveCursors(
  client: DatabaseClient,
  cursors: ReadonlyMap<LeasedInstrument, FeedCursor>,
): Promise<void> {
  const byId = [...cursors].map(([{ instrumentId }, cursor]) => [instrumentId, cursor] as const);
  byId.sort(([a], [b]) => a - b);
  await saveFeedCursors(client, new Map(byId));
}

/** Price of the newest trade of each instrument after the batch, where it is known. */
function pricesAfter(
  cursors: ReadonlyMap<LeasedInstrument, FeedCursor>,
  batch: readonly FeedOperation[],
): Map<LeasedInstrument, number> {
  const prices = new Map<LeasedInstrument, number>();
  for (const instrument of cursors.keys()) {
    if (instrument.savedPrice !== null) prices.set(instrument, instrument.savedPrice);
  }
  for (const one of batch) {
    if (one.kind === "trade" && one.isNext) prices.set(one.instrument, Number(one.trade.price));
  }
  return prices;
}

/** Tells whoever listens what is new: one notification for a hundred instruments or so. */
async function wakeUp(
  client: DatabaseClient,
  cursors: ReadonlyMap<LeasedInstrument, FeedCursor>,
  prices: ReadonlyMap<LeasedInstrument, number>,
): Promise<void> {
  let news: MarketWakeUp = [];
  for (const [instrument, cursor] of cursors) {
    const price = prices.get(instrument);
    if (price === undefined) continue;
    const { lastId, lastTradeTimeMs, barsUntilMs } = cursor;
    news.push([instrument.instrumentId, lastId, lastTradeTimeMs, price, barsUntilMs]);
    if (news.length < NEWS_MAX) continue;
    await notify(client, "pairdesk_market", JSON.stringify(news));
    news = [];
  }
  if (news.length > 0) await notify(client, "pairdesk_market", JSON.stringify(news));
}

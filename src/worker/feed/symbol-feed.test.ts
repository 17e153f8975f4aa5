import { expect, test } from "vitest";
import { barsFromTrades } from "#quant/market-data/bars-from-trades.ts";
import type { BarTrade } from "#quant/market-data/trade-bar.ts";
import type { VenueTrade } from "../venues/agg-trade.ts";
import type { OpenGap } from "./feed-gap-state.ts";
import type { FeedOperation } from "./feed-operation.ts";
import { provenanceOf } from "./ledger.ts";
import { SymbolFeed } from "./symbol-feed.ts";

const START_MS = Date.UTC(2026, 0, 5, 10);

function trade(id: number, atMs: number): VenueTrade {
  const raw = { firstTradeId: id, lastTradeId: id, buyerIsMaker: false };
  return { id, price: "1", quantity: "1", timeMs: START_MS + atMs, ...raw };
}

/** A symbol that has come to id 10 at the start, its clock, and what it has had written. */
function createSymbol() {
  const operations: FeedOperation[] = [];
  const gaps: OpenGap[] = [];
  const clock = { atMs: 0, canWrite: true };
  const times = { firstTradeTimeMs: START_MS - 1, lastTradeTimeMs: START_MS - 1 };
  const symbol = new SymbolFeed(
    { id: 1, market: "spot", symbol: "S" },
    { instrumentId: 1, token: 1, savedCursor: null, savedPrice: null, isLost: false },
    {
      cursor: { firstId: 10, lastId: 10, lastRawId: 10, ...times, barsUntilMs: START_MS },
      gaps: [],
      cause: "restart",
      isNew: true,
    },
    {
      push: (operation) => operations.push(operation),
      onEvent: () => undefined,
      onGap: (_of, gap) => gaps.push(gap),
      onJump: () => undefined,
      onDoubt: () => undefined,
      venueNowMs: () => START_MS + clock.atMs,
      canWrite: () => clock.canWrite,
      sequence: { reorderMs: 0, heldMax: 10 },
      latenessMs: 0,
    },
  );
  const listen = (one: VenueTrade) => symbol.onTrade(one, 0, 0);
  const passTo = (atMs: number) => {
    clock.atMs = atMs;
    symbol.tick(0, true);
  };
  const fill = (gap: OpenGap | undefined, ...trades: readonly VenueTrade[]) => {
    if (gap === undefined) throw new Error("there is no such gap");
    symbol.onPage(gap, trades);
    symbol.onFilled(gap, "rest");
  };
  const provenances = () => provenancesOf(operations);
  return { symbol, listen, passTo, fill, gaps, clock, operations, provenances };
}

/** Provenance of every second as it was written last, by its number since the start. */
function provenancesOf(operations: readonly FeedOperation[]): Record<number, string> {
  const stored: BarTrade[] = [];
  const written = new Map<number, string>();
  for (const operation of operations) {
    if (operation.kind === "trade") {
      const { id, timeMs } = operation.trade;
      const { backfilled } = operation;
      stored.push({ id, timeMs, price: 1, quantity: 1, late: false, backfilled });
    }
    if (operation.kind !== "bars") continue;
    const { seconds, ledger } = operation;
    const again = barsFromTrades(
      stored.toSorted((a, b) => a.id - b.id),
      1_000,
    ).filter(({ openTimeMs: at }) =>
      seconds.again.some(({ fromMs, toMs }) => fromMs <= at && at < toMs),
    );
    for (const { openTimeMs, backfilledCount } of [...seconds.bars, ...again]) {
      const span = { startMs: openTimeMs, endMs: openTimeMs + 1_000 };
      const provenance = provenanceOf({ ...span, backfilledCount }, ledger);
      written.set((openTimeMs - START_MS) / 1_000, provenance);
    }
  }
  return Object.fromEntries([...written].sort(([a], [b]) => a - b));
}

test("regression: the last second of a fetched end stayed partial when the clock had passed it", () => {
  const { symbol, listen, passTo, fill, gaps, provenances } = createSymbol();
  listen(trade(11, 500));
  symbol.missUntil(13, "silent-stream");
  passTo(5_000);
  fill(gaps[0], trade(12, 700), trade(13, 2_300));
  expect(provenances()).toEqual({ 0: "backfilled", 2: "partial" });
  listen(trade(14, 6_100));
  passTo(7_000);
  listen(trade(15, 8_000));
  expect(provenances()).toEqual({ 0: "backfilled", 2: "backfilled", 6: "complete" });
});

test("regression: seconds after a gap whose end was not known stayed partial when it was filled last", () => {
  const { symbol, listen, passTo, fill, gaps, provenances } = createSymbol();
  listen(trade(11, 500));
  symbol.missUntil(12, "silent-stream");
  symbol.missUntil(13, "silent-stream");
  listen(trade(14, 3_400));
  listen(trade(15, 4_500));
  fill(gaps[1], trade(13, 2_200));
  passTo(6_000);
  fill(gaps[0], trade(12, 1_100));
  listen(trade(16, 7_000));
  const backfilled = { 1: "backfilled", 2: "backfilled" };
  expect(provenances()).toEqual({ 0: "complete", ...backfilled, 3: "complete", 4: "complete" });
});

test("regression: a quiet symbol pushed bars every second while the database was away", () => {
  const { listen, passTo, clock, operations, provenances } = createSymbol();
  listen(trade(11, 500));
  clock.canWrite = false;
  for (let second = 1; second <= 60; second++) passTo(second * 1_000);
  expect(operations.map(({ kind }) => kind)).toEqual(["trade"]);
  clock.canWrite = true;
  passTo(61_000);
  expect(operations.map(({ kind }) => kind)).toEqual(["trade", "bars"]);
  listen(trade(12, 61_500));
  listen(trade(13, 62_500));
  expect(provenances()).toEqual({ 0: "complete", 61: "complete" });
});

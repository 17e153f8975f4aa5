import { expect, test } from "vitest";
import type { FeedOperation } from "./feed-operation.ts";
import { OperationQueue } from "./operation-queue.ts";

const instrument = {
  instrumentId: 1,
  token: 1,
  savedCursor: null,
  savedPrice: null,
  isLost: false,
};

const BARS: FeedOperation = {
  kind: "bars",
  instrument,
  seconds: { fromMs: 0, untilMs: 0, bars: [], again: [], lateIds: new Map() },
  ledger: { firstTradeMs: 0, lastTradeMs: 0, holes: [] },
};

const TRADE = {
  kind: "trade",
  instrument,
  trade: {
    id: 1,
    price: "1",
    quantity: "1",
    firstTradeId: 1,
    lastTradeId: 1,
    timeMs: 0,
    buyerIsMaker: false,
  },
  backfilled: false,
  isNext: true,
  sentAtMs: null,
} as const satisfies FeedOperation;

function queueOf(tradesMax: number, operations: readonly FeedOperation[]): OperationQueue {
  const queue = new OperationQueue(tradesMax);
  for (const operation of operations) queue.push(operation);
  return queue;
}

const kindsOf = (batch: readonly FeedOperation[]) => batch.map(({ kind }) => kind).join(" ");

test("regression: bars of quiet symbols filled the queue without bound while nothing was written", () => {
  const queue = queueOf(100, new Array<FeedOperation>(200).fill(BARS));
  expect(queue).toMatchObject({ trades: 0, operations: 200, fullness: 1 });
});

test("regression: bars without trades were all taken into one transaction", () => {
  const queue = queueOf(1_000, new Array<FeedOperation>(50).fill(BARS));
  expect(queue.peek(10)).toHaveLength(20);
  queue.drop(queue.peek(10));
  expect(queue.operations).toBe(30);
});

test("a batch ends before a trade or after bars: what belongs together is written together", () => {
  expect(kindsOf(queueOf(9, [TRADE, BARS, TRADE, TRADE]).peek(2))).toBe("trade bars trade");
  const tail: FeedOperation = { kind: "tail-known", instrument, trade: TRADE.trade };
  const group = [TRADE, tail, tail, tail, BARS, BARS];
  expect(kindsOf(queueOf(9, group).peek(1))).toBe("trade tail-known tail-known tail-known bars");
});

test("room is counted in trades as long as each brings one bar at most", () => {
  const queue = queueOf(4, [TRADE, BARS, TRADE, TRADE, TRADE]);
  expect(queue.fullness).toBe(1);
  queue.drop(queue.peek(4));
  expect(queue).toMatchObject({ isEmpty: true, fullness: 0 });
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { Committer, type CommitterOptions } from "./committer.ts";
import type { FeedOperation } from "./feed-operation.ts";
import { OperationQueue } from "./operation-queue.ts";

let context: TestDatabase;

beforeEach(async () => {
  context = await createTestDatabase();
});
afterEach(() => context.drop());

/** A trade that cannot be written: its time is none. */
const WRONG = {
  kind: "trade",
  instrument: { instrumentId: 1, token: 1, savedCursor: null, savedPrice: null, isLost: false },
  trade: {
    id: 1,
    price: "1",
    quantity: "1",
    firstTradeId: 1,
    lastTradeId: 1,
    timeMs: 8.7e15,
    buyerIsMaker: false,
  },
  backfilled: false,
  isNext: true,
  sentAtMs: null,
} as const satisfies FeedOperation;

function optionsOf(change: Partial<CommitterOptions>): CommitterOptions {
  return {
    flushMs: 1,
    flushTrades: 10,
    catchUpTrades: 10,
    localNowMs: Date.now,
    onLost: () => undefined,
    onMoved: () => undefined,
    onOutage: () => undefined,
    onRefused: () => undefined,
    onPoison: () => undefined,
    ...change,
  };
}

test("regression: what can never be written was called an outage of the database for ever", async () => {
  const queue = new OperationQueue(10);
  queue.push(WRONG);
  const outages: unknown[] = [];
  const refusals: unknown[] = [];
  const poison = Promise.withResolvers<unknown>();
  const committer = new Committer(
    context.database,
    queue,
    optionsOf({
      onOutage: (error) => outages.push(error),
      onRefused: (error) => refusals.push(error),
      onPoison: poison.resolve,
    }),
  );
  expect(await poison.promise).toBeInstanceOf(RangeError);
  expect(refusals).toHaveLength(4);
  expect(outages).toEqual([]);
  expect(committer.isOut).toBe(false);
  await committer.stop(0);
});

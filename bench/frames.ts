import { z } from "zod";
import type { FaultInput } from "#simulator/faults/fault.ts";
import { storedLines } from "#worker/feed/feed-truth.test-support.ts";
import { accounts, SYMBOLS } from "./feed-load.ts";
import { type FeedUnderLoad, startFeedUnderLoad, untilTrue } from "./feed-under-load.ts";
import { atMost, type Figure, observed } from "./figure.ts";
import { fuzzedFrames } from "./fuzzed-frames.ts";

const FRAMES = 20_000;
const FRAMES_LONG = 200_000;
const PARSED_FRAMES_LONG = 1_000_000;
const WARM_UP_FRAMES = 20_000;
const DROPPED: FaultInput = { kind: "drop", frames: WARM_UP_FRAMES };
const SPOILT_TRADES_PER_SECOND = 5_000;

const Faults = z.array(z.unknown());

/** What the feed makes of frames that are not what they should be: the parser alone, and all the way to the rows. */
export async function* frames(isLong: boolean): AsyncGenerator<readonly Figure[]> {
  yield fuzzedFrames(isLong ? PARSED_FRAMES_LONG : FRAMES_LONG);
  const feed = await startFeedUnderLoad(SYMBOLS);
  try {
    const count = isLong ? FRAMES_LONG : FRAMES;
    // What a worker grows by when it first has something to do is not what broken frames cost it.
    await spoiltFrames(feed, WARM_UP_FRAMES, { name: "dropped", faults: [DROPPED] });
    yield await badFrames(feed, count);
    yield await fuzzedRows(feed, count);
  } finally {
    await feed.stop();
  }
}

/** Broken frames in a row while the market goes on: what they held comes by REST, and nothing wrong is stored. */
function badFrames(feed: FeedUnderLoad, count: number): Promise<Figure[]> {
  const kinds = ["malformed", "wrong-types", "truncate", "unknown-event"] as const;
  const faults = kinds.map((kind) => ({ kind, frames: count / kinds.length }));
  return spoiltFrames(feed, count, { name: "broken", faults });
}

/** Frames of trades with bytes changed at random, all through the worker into the database. */
function fuzzedRows(feed: FeedUnderLoad, count: number): Promise<Figure[]> {
  const faults = [{ kind: "fuzzed" as const, frames: count, seed: 2026 }];
  return spoiltFrames(feed, count, { name: "fuzzed", faults });
}

async function spoiltFrames(
  feed: FeedUnderLoad,
  count: number,
  { name, faults }: { readonly name: string; readonly faults: readonly FaultInput[] },
): Promise<Figure[]> {
  const before = new Map((await feed.stored()).map(({ symbol, lastId }) => [symbol, lastId]));
  const rejectedBefore = (await feed.status())?.rejectedFrames ?? 0;
  const heapBefore = await feed.usedHeapBytes();
  const residentBefore = feed.residentBytes();
  await feed.setRate(SPOILT_TRADES_PER_SECOND);
  for (const fault of faults) await feed.control("POST", "/faults", fault);
  await untilTrue(
    async () => Faults.parse(await feed.control("GET", "/faults")).length === 0,
    60_000 + count * 10,
  );
  await feed.setRate(0);
  const { lost, doubled } = await accounts(feed);
  const rejected = ((await feed.status())?.rejectedFrames ?? 0) - rejectedBefore;
  const { rows, wrong } = await comparedRows(feed, before);
  const label = `${count} ${name} frames at ${SPOILT_TRADES_PER_SECOND} trades/s, through worker and database`;
  return [
    atMost(`${label}: crashes of the worker`, feed.isRunning() ? 0 : 1, 0, ""),
    atMost(`${label}: lost or doubled`, lost + doubled, 0, "trades"),
    atMost(`${label}: rows other than the exchange's`, wrong, 0, "rows"),
    observed(`${label}: rows compared`, rows, "rows"),
    observed(`${label}: refused`, rejected, "frames"),
    atMost(`${label}: worker's heap`, ((await feed.usedHeapBytes()) - heapBefore) / 1e6, 50, "MB"),
    observed(`${label}: memory it holds`, (feed.residentBytes() - residentBefore) / 1e6, "MB"),
  ];
}

/** Every row that was stored since, field by field against the exchange's own record. */
async function comparedRows(
  feed: FeedUnderLoad,
  since: ReadonlyMap<string, number>,
): Promise<{ rows: number; wrong: number }> {
  let [rows, wrong] = [0, 0];
  for (const { symbol, instrumentId, firstId, lastId } of await feed.stored()) {
    const fromId = (since.get(symbol) ?? firstId - 1) + 1;
    const truth = new Set<string>();
    for await (const line of feed.record(symbol, fromId, lastId)) truth.add(line);
    for await (const lines of storedLines(feed.database, instrumentId, { fromId, toId: lastId })) {
      rows += lines.length;
      for (const line of lines) if (!truth.has(line)) wrong += 1;
    }
  }
  return { rows, wrong };
}

import { z } from "zod";
import { lagQuantile, watchCommits } from "./commit-lags.ts";
import { type FeedUnderLoad, pause, startFeedUnderLoad, untilTrue } from "./feed-under-load.ts";
import { atMost, type Figure, observed } from "./figure.ts";

/** Ten symbols that trade alike, as the figures are stated for. */
export const SYMBOLS = [
  "BTC",
  "ETH",
  "BNB",
  "SOL",
  "XRP",
  "ADA",
  "LTC",
  "LINK",
  "DOGE",
  "AVAX",
].map((base) => `${base}USDT`);

/** How long each part is measured, seconds. */
export type FeedSpans = {
  readonly sustained: number;
  readonly burst: number;
  readonly latency: number;
  readonly gaps: number;
};

export const SHORT_SPANS: FeedSpans = {
  sustained: 60,
  burst: 30,
  latency: 30,
  gaps: 3,
};
export const LONG_SPANS: FeedSpans = {
  sustained: 600,
  burst: 30,
  latency: 120,
  gaps: 10,
};

const LATENCY_TRADES_PER_SECOND = 1_000;
const BURST_TRADES_PER_SECOND = 15_000;
const GAP_TRADES = 1_000;
const SETTLE_MS_MAX = 180_000;
/** In so long every symbol has traded, even at its quiet pace. */
const RECENT_MS = 120_000;

const RecordAnswer = z.object({ count: z.number(), lastId: z.number().nullable() });

/** What the feed takes, and how fast: the simulated exchange, the worker and PostgreSQL on the same machine. */
export async function* feedLoad(
  spans: FeedSpans,
  sustainedPerSecond: number,
): AsyncGenerator<readonly Figure[]> {
  const feed = await startFeedUnderLoad(SYMBOLS);
  try {
    yield await latency(feed, spans.latency);
    yield await sustained(feed, spans.sustained, sustainedPerSecond);
    yield await burst(feed, spans.burst);
    yield await gaps(feed, spans.gaps);
  } finally {
    await feed.stop();
  }
}

/** Over every trade of the span, not over figures that the feed tells of itself. */
async function latency(feed: FeedUnderLoad, seconds: number): Promise<Figure[]> {
  await feed.setRate(LATENCY_TRADES_PER_SECOND);
  await pause(5_000);
  const ended = await watchCommits(feed.database, Date.now);
  await pause(seconds * 1_000);
  const { timeMs, lagMs } = await ended();
  const halfMinutes = Map.groupBy(timeMs.keys(), (i) =>
    Math.floor(((timeMs[i] ?? 0) - (timeMs[0] ?? 0)) / 30_000),
  );
  const p99s = [...halfMinutes.values()].map((trades) =>
    lagQuantile(
      Float64Array.from(trades, (i) => lagMs[i] ?? 0),
      0.99,
    ),
  );
  const name = `exchange event → committed, ${LATENCY_TRADES_PER_SECOND} trades/s`;
  return [
    atMost(`${name}, p99 of all trades`, lagQuantile(lagMs, 0.99), 150, "ms"),
    observed(`${name}, p99 of the worst half minute`, Math.max(...p99s), "ms"),
    observed(`${name}, median`, lagQuantile(lagMs, 0.5), "ms"),
    observed(`${name}, trades measured`, lagMs.length, "trades"),
  ];
}

async function sustained(
  feed: FeedUnderLoad,
  seconds: number,
  tradesPerSecond: number,
): Promise<Figure[]> {
  const before = await feed.stored();
  await feed.setRate(tradesPerSecond);
  await pause(5_000);
  const residentBefore = feed.residentBytes();
  const queued = await watched(feed, seconds);
  const resident = feed.residentBytes();
  await feed.setRate(0);
  const { lost, doubled, stored } = await accounts(feed);
  const stood = before.reduce((sum, { rows }) => sum + rows, 0);
  const name = `sustained ingest, ${SYMBOLS.length} symbols, ${tradesPerSecond} trades/s, ${seconds} s`;
  return [
    atMost(`${name}: lost`, lost, 0, "trades"),
    atMost(`${name}: doubled`, doubled, 0, "trades"),
    observed(`${name}: stored`, (stored - stood) / (seconds + 5), "trades/s"),
    observed(`${name}: longest queue`, queued, "trades"),
    observed(
      `${name}: worker's memory, growth`,
      ((resident - residentBefore) / residentBefore) * 100,
      "%",
    ),
  ];
}

async function burst(feed: FeedUnderLoad, seconds: number): Promise<Figure[]> {
  await feed.setRate(BURST_TRADES_PER_SECOND);
  const queued = await watched(feed, seconds);
  await feed.setRate(0);
  const startedAt = performance.now();
  const { lost, doubled } = await accounts(feed);
  const name = `burst, ${BURST_TRADES_PER_SECOND} trades/s, ${seconds} s`;
  return [
    atMost(`${name}: lost`, lost, 0, "trades"),
    atMost(`${name}: doubled`, doubled, 0, "trades"),
    observed(`${name}: longest queue`, queued, "trades"),
    observed(`${name}: until all was stored`, (performance.now() - startedAt) / 1_000, "s"),
  ];
}

/** A connection that is away for as long as it takes to make a thousand trades; several times. */
async function gaps(feed: FeedUnderLoad, times: number): Promise<Figure[]> {
  const [symbol = ""] = SYMBOLS;
  await feed.setRate(GAP_TRADES, [symbol]);
  await pause(3_000);
  const seconds: number[] = [];
  const sizes: number[] = [];
  for (let i = 0; i < times; i++) {
    const { rows: newest } = await feed.database.pool.query<{ id: number }>(
      "SELECT coalesce(max(id), 0)::float8 AS id FROM feed_gap",
    );
    await feed.control("POST", "/faults", { kind: "refuse-connections", durationMs: 700 });
    await feed.control("POST", "/faults", { kind: "close", how: "1006" });
    await untilTrue(async () => (await closedGaps(feed, newest[0]?.id ?? 0)).length > 0, 60_000);
    for (const gap of await closedGaps(feed, newest[0]?.id ?? 0)) {
      seconds.push(gap.seconds);
      sizes.push(gap.size);
    }
    await pause(2_000);
  }
  await feed.setRate(0);
  const { lost } = await accounts(feed);
  const name = "gap after reconnect, written → filled";
  return [
    atMost(`${name}, slowest`, Math.max(...seconds), 3, "s"),
    observed(`${name}, its trades, largest`, Math.max(...sizes), "trades"),
    atMost(`${name}: lost`, lost, 0, "trades"),
  ];
}

/** From when its row was written to when that row said that it is filled, both before their commits. */
async function closedGaps(
  feed: FeedUnderLoad,
  afterGap: number,
): Promise<{ seconds: number; size: number }[]> {
  const { rows } = await feed.database.pool.query<{ seconds: number; size: number }>(
    `SELECT extract(epoch FROM filled_at - detected_at)::float8 AS seconds,
       (to_id - from_id + 1)::float8 AS size
     FROM feed_gap WHERE id > $1 AND state = 'filled' AND to_id - from_id >= 300`,
    [afterGap],
  );
  return rows;
}

/** Waits, and tells the longest queue of the time. */
async function watched(feed: FeedUnderLoad, seconds: number): Promise<number> {
  let queued = 0;
  for (let second = 0; second < seconds; second++) {
    await pause(1_000);
    queued = Math.max(queued, (await feed.status())?.queuedTrades ?? 0);
  }
  return queued;
}

/**
 * Waits until everything is stored that the exchange has traded by now, and holds it against the exchange's own
 * record: what was not stored in time is lost. The market goes on meanwhile, at its own quiet pace.
 */
export async function accounts(
  feed: FeedUnderLoad,
): Promise<{ lost: number; doubled: number; stored: number }> {
  await pause(1_500);
  const endIds = new Map<string, number>();
  for (const symbol of SYMBOLS) {
    const { lastId } = await recordOf(feed, symbol, `fromMs=${Date.now() - RECENT_MS}`);
    endIds.set(symbol, lastId ?? 0);
  }
  const endMs = performance.now() + SETTLE_MS_MAX;
  while (!(await isSettled(feed, endIds)) && performance.now() < endMs) await pause(200);
  let [lost, doubled, stored] = [0, 0, 0];
  for (const one of await feed.stored()) {
    const span = `fromId=${one.firstId}&toId=${one.lastId}`;
    const { count } = await recordOf(feed, one.symbol, span);
    lost += count - one.ids + Math.max(0, (endIds.get(one.symbol) ?? 0) - one.lastId);
    doubled += one.rows - one.ids;
    stored += one.rows;
  }
  return { lost, doubled, stored };
}

/** Nothing waits, no gap is open, and every symbol has come as far as it has to. */
async function isSettled(
  feed: FeedUnderLoad,
  endIds: ReadonlyMap<string, number>,
): Promise<boolean> {
  const status = await feed.status();
  if (status?.queuedTrades !== 0 || status.state !== "running") return false;
  return status.streams.every(
    ({ symbol, lastId, openGapCount }) =>
      openGapCount === 0 && (lastId ?? 0) >= (endIds.get(symbol) ?? 0),
  );
}

async function recordOf(
  feed: FeedUnderLoad,
  symbol: string,
  span: string,
): Promise<z.infer<typeof RecordAnswer>> {
  return RecordAnswer.parse(
    await feed.control("GET", `/record?market=spot&symbol=${symbol}&${span}`),
  );
}

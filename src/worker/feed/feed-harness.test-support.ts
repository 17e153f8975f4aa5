// A simulated exchange, a database, and a feed between them, as the tests of the feed need them.
import process from "node:process";
import pino from "pino";
import type { Database } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createSimulator, type Simulator } from "#simulator/simulator.ts";
import type { SimulatorOptions } from "#simulator/simulator-options.ts";
import { FeedEnv, feedOptions } from "./feed-env.ts";
import type { FeedOptions } from "./feed-options.ts";
import { type FeedProcess, startFeed } from "./feed-process.ts";

/** Times so short that a test need not wait, as environment variables. */
export const SHORT_TIMES = {
  EXCHANGE: "simulator",
  FEED_LEASE_MS: "1500",
  FEED_SILENCE_MIN_MS: "1000",
  FEED_SILENCE_MAX_MS: "2000",
  FEED_QUIET_MAX_MS: "5000",
  FEED_BACK_OFF_MIN_MS: "50",
  FEED_BACK_OFF_MAX_MS: "500",
  FEED_PING_MS: "1000",
  FEED_PONG_TIMEOUT_MS: "1000",
  FEED_OVERLAP_MS: "300",
  FEED_LATENESS_MS: "500",
  FEED_REST_TIMEOUT_MS: "2000",
  FEED_CLOCK_MS: "1000",
  FEED_WANTED_MS: "500",
  FEED_INSTRUMENTS_MS: "1000",
  FEED_STATUS_MS: "1000",
  FEED_TICKERS_MS: "500",
  FEED_BAR_CHECK_MS: "2000",
} as const;

export type FeedWorld = {
  readonly database: Database;
  readonly connectionString: string;
  readonly simulator: Simulator;
  /** Starts another feed on the same exchange and database. */
  readonly start: (change?: Partial<FeedOptions>) => Promise<FeedProcess>;
  readonly close: () => Promise<void>;
};

/** @param symbols "spot:BTCUSDT", followed by every feed that is started */
export async function createFeedWorld(
  symbols: readonly string[],
  simulation: SimulatorOptions = {},
): Promise<FeedWorld> {
  const test: TestDatabase = await createTestDatabase();
  const simulator = await createSimulator(simulation);
  const env = FeedEnv.parse({
    ...SHORT_TIMES,
    SIMULATOR_URL: simulator.restUrl,
    FEED_SYMBOLS: symbols.join(),
  });
  const feeds = new Set<FeedProcess>();
  const log = pino({ level: process.env["FEED_TEST_LOG"] ?? "silent" });
  return {
    database: test.database,
    connectionString: test.connectionString,
    simulator,
    start: async (change = {}) => {
      const options = { ...feedOptions(env, "simulator"), ...change };
      const feed = await startFeed(test.connectionString, options, log);
      const stop = async () => {
        feeds.delete(running);
        await feed.stop();
      };
      const running = { ...feed, stop };
      feeds.add(running);
      return running;
    },
    close: async () => {
      for (const feed of feeds) await feed.stop();
      await simulator.close();
      await test.drop();
    },
  };
}

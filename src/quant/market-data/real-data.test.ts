// Bars of recorded trades and of shorter bars, against the venue's own. The data is not part of the
// project; without it the tests are skipped.
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { barsFromTrades } from "./bars-from-trades.ts";
import { rollUpBars } from "./roll-up-bars.ts";
import type { BarTrade, TradeBar } from "./trade-bar.ts";

const DATA = path.resolve(import.meta.dirname, "../../../../shared/data");
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Rows of a CSV file by column name. */
function rowsOf(file: string): Record<string, string>[] {
  const bytes = readFileSync(path.join(DATA, file));
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const [header = "", ...lines] = text.trim().split("\n");
  const names = header.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]));
  });
}

function recordedTrades(symbol: string): BarTrade[] {
  const file = globSync("ticks/*trades*.csv.gz", { cwd: DATA })[0] ?? "";
  return rowsOf(file)
    .filter((row) => row["symbol"] === symbol)
    .map((row) => ({
      id: Number(row["trade_id"]),
      timeMs: Number(row["trade_ms"]),
      price: Number(row["price"]),
      quantity: Number(row["qty"]),
      late: false,
      backfilled: false,
    }));
}

/** A venue's bars as parts of longer ones: their place stands for the ids that they do not have. */
function venueBars(file: string): TradeBar[] {
  return rowsOf(file).map((row) => ({
    openTimeMs: Number(row["ts"]),
    open: Number(row["open"]),
    high: Number(row["high"]),
    low: Number(row["low"]),
    close: Number(row["close"]),
    volume: Number(row["volume"]),
    tradeCount: 1,
    lateCount: 0,
    backfilledCount: 0,
    firstId: Number(row["ts"]),
    lastId: Number(row["ts"]),
  }));
}

function pricesOf({ openTimeMs, open, high, low, close, volume }: TradeBar) {
  return { openTimeMs, open, high, low, close, volume };
}

const symbolsOf = (folder: string) =>
  globSync(`crypto/${folder}/*.csv.gz`, { cwd: DATA }).map((file) =>
    path.basename(file, ".csv.gz"),
  );

describe.skipIf(!existsSync(DATA))("bars of a recording", () => {
  test.each(["BTCUSDT", "ETHUSDT"])(
    "of %s are the venue's own for its ten full minutes",
    (symbol) => {
      const oracle = rowsOf("ticks/oracle-1m-klines.csv").filter((row) => row["symbol"] === symbol);
      const minutes = barsFromTrades(recordedTrades(symbol), MINUTE_MS);
      expect(oracle).toHaveLength(10);
      expect(minutes).toHaveLength(12);
      // Equal to the last bit: volumes are sums of decimals.
      expect(minutes.slice(1, -1).map(pricesOf)).toEqual(
        oracle.map((row) => ({
          openTimeMs: Number(row["ts"]),
          open: Number(row["open"]),
          high: Number(row["high"]),
          low: Number(row["low"]),
          close: Number(row["close"]),
          volume: Number(row["volume"]),
        })),
      );
      expect(rollUpBars(barsFromTrades(recordedTrades(symbol), 1_000), MINUTE_MS)).toEqual(minutes);
    },
  );
});

describe.skipIf(!existsSync(DATA))("bars of the venue's shorter bars", () => {
  const daily = symbolsOf("1d");
  const hourly = symbolsOf("1h").filter((symbol) => daily.includes(symbol));

  test("18 symbols have hours and days", () => {
    expect(hourly).toHaveLength(18);
  });

  test.each(hourly)("24 hours of %s are its day, for 727 full days", (symbol) => {
    const theirs = new Map(
      venueBars(`crypto/1d/${symbol}.csv.gz`).map((bar) => [bar.openTimeMs, bar]),
    );
    const days = rollUpBars(venueBars(`crypto/1h/${symbol}.csv.gz`), DAY_MS);
    const full = days.filter(({ tradeCount }) => tradeCount === 24);
    expect(full).toHaveLength(727);
    expectSameBars(full, theirs);
    const missingHour = days.find(({ openTimeMs }) => openTimeMs === Date.UTC(2023, 2, 24));
    expect(missingHour?.tradeCount).toBe(23);
  });

  test.each(symbolsOf("15m"))("four quarters of %s are its hour", (symbol) => {
    const theirs = new Map(
      venueBars(`crypto/1h/${symbol}.csv.gz`).map((bar) => [bar.openTimeMs, bar]),
    );
    const hours = rollUpBars(venueBars(`crypto/15m/${symbol}.csv.gz`), HOUR_MS);
    const common = hours.filter((bar) => bar.tradeCount === 4 && theirs.has(bar.openTimeMs));
    expect(common).toHaveLength(6571);
    expectSameBars(common, theirs);
  });
});

function expectSameBars(ours: readonly TradeBar[], theirs: ReadonlyMap<number, TradeBar>): void {
  for (const bar of ours) {
    const other = theirs.get(bar.openTimeMs);
    expect(other).toBeDefined();
    if (other === undefined) continue;
    const { volume, ...prices } = pricesOf(bar);
    expect({ ...pricesOf(other), volume: undefined }).toEqual({ ...prices, volume: undefined });
    expect(Math.abs(volume - other.volume)).toBeLessThanOrEqual(1e-9 * other.volume);
  }
}

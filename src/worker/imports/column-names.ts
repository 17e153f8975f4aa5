/** What a column of a price file can be. */
export type ColumnRole = "time" | "symbol" | "open" | "high" | "low" | "close" | "volume";

/**
 * Spellings of each column, best first, in lower case with everything but letters and digits removed:
 * "Open time", "open_time" and "OpenTime" are one.
 */
const SPELLINGS: Readonly<Record<ColumnRole, readonly string[]>> = {
  time: [
    ...["opentime", "opentimems", "timestamp", "timestampms", "ts", "time", "datetime", "unix"],
    ...[
      "unixtime",
      "unixtimestamp",
      "epoch",
      "t",
      "date",
      "dateutc",
      "timeutc",
      "day",
      "timestart",
    ],
    ...["timeperiodstart", "startat", "starttime", "begin", "dt", "index"],
  ],
  symbol: [
    "symbol",
    "ticker",
    "instrument",
    "asset",
    "pair",
    "market",
    "sym",
    "tic",
    "code",
    "coin",
  ],
  open: ["open", "o", "openprice", "opening", "priceopen", "adjopen"],
  high: ["high", "h", "highprice", "max", "pricehigh", "adjhigh"],
  low: ["low", "l", "lowprice", "min", "pricelow", "adjlow"],
  close: [
    ...["close", "c", "closeprice", "closing", "priceclose", "last", "price", "closelast", "value"],
    ...["adjclose", "adjustedclose", "lastprice", "settle"],
  ],
  volume: ["volume", "vol", "v", "basevolume", "volumebase", "volumetraded", "qty", "adjvolume"],
};

/** Columns that venues add and that are not prices; they never make a file "wide". */
const OTHER_COLUMNS = new Set([
  ...["closetime", "quotevolume", "quoteassetvolume", "trades", "tradecount", "numberoftrades"],
  ...["count", "takerbuybase", "takerbuyquote", "takerbuybaseassetvolume", "ignore", "vwap"],
  ...["takerbuyquoteassetvolume", "turnover", "amount", "exdividend", "splitratio", "dividends"],
  ...["stocksplits", "openinterest", "openint", "name", "change", "changepercent"],
]);

/** Name of a column without case, blanks and punctuation. */
export function plainColumnName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/**
 * Column of a role by its name.
 *
 * @returns 0-based index of the best spelling; null when no name fits. "Volume BTC" counts as volume.
 */
export function columnByName(header: readonly string[], role: ColumnRole): number | null {
  const index = columnBySpelling(header, SPELLINGS[role]);
  if (index !== null || role !== "volume") return index;
  const volume = header.map(plainColumnName).findIndex((name) => name.startsWith("volume"));
  return volume === -1 ? null : volume;
}

/** Column whose name is the first of the spellings that there is; null when none is. */
export function columnBySpelling(
  header: readonly string[],
  spellings: readonly string[],
): number | null {
  const names = header.map(plainColumnName);
  for (const spelling of spellings) {
    const index = names.indexOf(spelling);
    if (index !== -1) return index;
  }
  return null;
}

/** Whether a name is one of those that price files use, and so no symbol of a wide file. */
export function isKnownColumnName(name: string): boolean {
  const plain = plainColumnName(name);
  return (
    OTHER_COLUMNS.has(plain) || Object.values(SPELLINGS).some((names) => names.includes(plain))
  );
}

import { SYMBOL_LENGTH_MAX } from "./row-limits.ts";
import { shortText } from "./short-text.ts";

/** Words in names of files that tell the source or the interval, not the symbol. */
const NOISE =
  /^(?:binance|coinbase|kraken|bybit|okx|bitstamp|bitfinex|yahoo|spot|futures?|perp|um|cm|data|prices?|ohlcv?|klines?|candles?|bars?|(?:agg)?trades?|ticks?|hist(?:ory|orical)?|export|daily|hourly|minute|adj(?:usted)?|close|\d+(?:s|m|min|h|hour|d|day|w)|\d{4}|\d{2}|\d{6}|\d{8})$/i;

/**
 * Symbol that a file's name states: `BTCUSDT.csv.gz` and `Binance_BTCUSDT_1h.csv` are both BTCUSDT.
 *
 * @returns in capitals; null when nothing in the name looks like a symbol
 */
export function symbolFromFileName(fileName: string): string | null {
  const stem = fileName
    .replace(/^.*[\\/]/, "")
    .replace(/\.(?:gz|gzip)$/i, "")
    .replace(/\.(?:csv|tsv|txt|dat|ndjson|jsonl|json)$/i, "")
    // What a browser appends to the second download of one name.
    .replace(/\s*\(\d+\)$/, "")
    // Binance's own files: BTCUSDT-aggTrades-2024-08-08.
    .replace(/-(?:agg)?trades(?=-|$)/i, "");
  if (/^[A-Za-z0-9]{1,10}[.][A-Za-z]{1,4}$/.test(stem)) return stem.toUpperCase();
  const words = stem.split(/[_\s]+|-(?=[A-Za-z]*\d)|,/).filter((word) => word !== "");
  const named = words.filter((word) => /[A-Za-z]/.test(word));
  // Spotify's symbol is SPOT: a word of noise that stands alone is the symbol.
  const symbol = named.find((word) => !NOISE.test(word)) ?? named[0];
  return symbol === undefined ? null : shortText(symbol.toUpperCase(), SYMBOL_LENGTH_MAX);
}

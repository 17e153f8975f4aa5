import { START_MS } from "./import-cases.test-support.ts";

export const TRADE_HEADER = "symbol,time,price,quantity";

/** Rows of trades of ETHUSDT, one every 700 ms, prices and quantities in decimals. */
export function tradeRows(
  count: number,
  replaced: Readonly<Record<number, string>> = {},
): string[] {
  return Array.from({ length: count }, (_, i) => {
    const row = ["ETHUSDT", START_MS + i * 700, (2000 + (i % 9) / 10).toFixed(2), "0.10"].join(",");
    return replaced[i] ?? row;
  });
}

/** A file of them, header first. */
export function tradeCsv(count: number, replaced: Readonly<Record<number, string>> = {}): string {
  return `${[TRADE_HEADER, ...tradeRows(count, replaced)].join("\n")}\n`;
}

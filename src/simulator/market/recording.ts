import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { z } from "zod";

/** A raw trade as the venue sent it; decimal texts. */
export type RecordedTrade = {
  readonly id: number;
  readonly price: string;
  readonly quantity: string;
  readonly timeMs: number;
  readonly isSell: boolean;
};

const TradeFrame = z.object({
  stream: z.string().endsWith("@trade"),
  data: z.object({
    s: z.string(),
    t: z.number().int(),
    p: z.string(),
    q: z.string(),
    T: z.number().int(),
    m: z.boolean(),
  }),
});

/**
 * Trades of recordings by symbol, by id, each once.
 *
 * A line is `<local receive time in ns> <JSON>`; everything but the `@trade` frames of combined streams
 * is passed over.
 */
export async function readRecordings(
  paths: readonly string[],
): Promise<ReadonlyMap<string, readonly RecordedTrade[]>> {
  const bySymbol = new Map<string, Map<number, RecordedTrade>>();
  for (const path of paths) {
    const bytes = await readFile(path);
    const text = String(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
    for (const line of text.split("\n")) {
      if (!line.includes('@trade"')) continue;
      const { s, t, p, q, T, m } = TradeFrame.parse(
        JSON.parse(line.slice(line.indexOf(" ") + 1)),
      ).data;
      const trades = bySymbol.get(s) ?? new Map<number, RecordedTrade>();
      bySymbol.set(s, trades);
      trades.set(t, { id: t, price: p, quantity: q, timeMs: T, isSell: m });
    }
  }
  return new Map(
    [...bySymbol].map(([symbol, trades]) => [
      symbol,
      [...trades.values()].sort((a, b) => a.id - b.id),
    ]),
  );
}

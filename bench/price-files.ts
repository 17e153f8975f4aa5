import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { syntheticUniverse } from "#quant/synthetic/synthetic-universe.ts";

export type PriceFile = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

const HOUR_MS = 3_600_000;
const realFolder = path.resolve(import.meta.dirname, "../../shared/data/crypto/1h");

/** 24 symbols of 17,490 hourly bars from 2022-01-01: real ones where they are, else synthetic of the same shape. */
export function priceFiles(): readonly PriceFile[] {
  if (existsSync(realFolder)) {
    return readdirSync(realFolder).map((name) => ({
      name,
      bytes: new Uint8Array(readFileSync(path.join(realFolder, name))),
    }));
  }
  const startMs = Date.UTC(2022, 0, 1);
  const universe = syntheticUniverse({
    seed: 1,
    instruments: 24,
    bars: 17_490,
    intervalMs: HOUR_MS,
    startMs,
  });
  return universe.map((bars) => {
    const lines = Array.from(bars.openTimeMs, (time, i) =>
      [time, bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume[i]].join(","),
    );
    const text = `ts,open,high,low,close,volume\n${lines.join("\n")}\n`;
    return { name: `${bars.symbol}.csv`, bytes: new TextEncoder().encode(text) };
  });
}

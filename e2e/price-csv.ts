import { createRandom } from "#quant/synthetic/random.ts";

const HOUR_MS = 3_600_000;

/**
 * Hourly OHLCV files of three symbols from 2024-01-01: ALPHA and BRAVO share a random walk and differ
 * by a spread that reverts within hours, CHARLIE walks alone.
 */
export function priceCsvFiles(bars: number): readonly { name: string; buffer: Buffer }[] {
  const { gaussian } = createRandom(11);
  const logs = { ALPHA: [0], BRAVO: [0], CHARLIE: [0] };
  let [common, spread, alone] = [0, 0, 0];
  for (let i = 0; i < bars; i++) {
    common += 0.004 * gaussian();
    spread = 0.9 * spread + 0.006 * gaussian();
    alone += 0.004 * gaussian();
    logs.ALPHA[i] = common + spread;
    logs.BRAVO[i] = common;
    logs.CHARLIE[i] = alone;
  }
  return Object.entries(logs).map(([symbol, values]) => ({
    name: `${symbol}.csv`,
    buffer: Buffer.from(csv(values)),
  }));
}

function csv(logPrices: readonly number[]): string {
  const startMs = Date.UTC(2024, 0, 1);
  const rows = logPrices.map((logPrice, i) => {
    const close = 100 * Math.exp(logPrice);
    const open = 100 * Math.exp(logPrices[i - 1] ?? logPrice);
    const [high, low] = [Math.max(open, close) * 1.001, Math.min(open, close) * 0.999];
    return [startMs + i * HOUR_MS, open, high, low, close, 1000].join(",");
  });
  return `timestamp,open,high,low,close,volume\n${rows.join("\n")}\n`;
}

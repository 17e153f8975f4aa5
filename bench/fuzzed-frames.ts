import { createRandom } from "#quant/synthetic/random.ts";
import { fuzzedFrame } from "#simulator/faults/fuzzed-frame.ts";
import { parseStreamFrame } from "#worker/venues/stream-frame.ts";
import { atMost, type Figure, observed } from "./figure.ts";
import { usedHeapBytes } from "./used-heap.ts";

const FRAME = Buffer.from(
  '{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":1796011678937,"s":"BTCUSDT","a":8635734360,"p":"80390.45000000","q":"0.65337000","f":15113436034,"l":15113436039,"T":1796011678931,"m":true,"M":true}}',
);
/**
 * Frames with bytes changed, cut out, doubled and put in, given to the parser and no further: it may neither throw nor
 * accept what is not well formed. A change that leaves a frame well formed (another digit) is none that it could see.
 */
export function fuzzedFrames(count: number): readonly Figure[] {
  const random = createRandom(7);
  const heapBefore = usedHeapBytes();
  let [thrown, wrong, accepted] = [0, 0, 0];
  const startedAt = performance.now();
  for (let i = 0; i < count; i++) {
    const bytes = fuzzedFrame(FRAME, random);
    try {
      const frame = parseStreamFrame(bytes);
      if (frame.kind !== "trade") continue;
      accepted += 1;
      if (!isWellFormed(frame)) wrong += 1;
    } catch {
      thrown += 1;
    }
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const name = `${count} fuzzed frames, parsed`;
  return [
    atMost(`${name}: the parser threw`, thrown, 0, ""),
    atMost(`${name}: accepted though not well formed`, wrong, 0, ""),
    observed(`${name}: accepted`, accepted, ""),
    observed(`${name}: a second`, count / seconds, "1/s"),
    atMost(`${name}: heap`, (usedHeapBytes() - heapBefore) / 1e6, 50, "MB"),
  ];
}

function isWellFormed(
  frame: Extract<ReturnType<typeof parseStreamFrame>, { kind: "trade" }>,
): boolean {
  const { trade, symbol } = frame;
  const isDecimal = (text: string) => /^\d+(\.\d+)?$/.test(text) && Number(text) > 0;
  return (
    /^[A-Z0-9]+$/i.test(symbol) &&
    Number.isSafeInteger(trade.id) &&
    trade.id >= 0 &&
    isDecimal(trade.price) &&
    isDecimal(trade.quantity) &&
    trade.firstTradeId <= trade.lastTradeId &&
    Math.abs(trade.timeMs - frame.eventTimeMs) <= 86_400_000
  );
}

import v8 from "node:v8";
import vm from "node:vm";
import { createRandom, type Random } from "#quant/synthetic/random.ts";
import { parseStreamFrame } from "#worker/venues/stream-frame.ts";
import { atMost, type Figure, observed } from "./figure.ts";

const FRAME = Buffer.from(
  '{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":1796011678937,"s":"BTCUSDT","a":8635734360,"p":"80390.45000000","q":"0.65337000","f":15113436034,"l":15113436039,"T":1796011678931,"m":true,"M":true}}',
);
const PIECES = [
  "null",
  '"',
  "1e999",
  "-",
  "[]",
  "{}",
  ",",
  "\u0000",
  "99999999999999999999",
  "\\u0000",
  "true",
];

/**
 * Frames with bytes changed, cut out, doubled and put in, given to the parser and no further: it may neither throw nor
 * accept what is not well formed. A change that leaves a frame well formed (another digit) is none that it could see.
 */
export function fuzzedFrames(count: number): readonly Figure[] {
  const random = createRandom(7);
  const heapBefore = usedHeap();
  let [thrown, wrong, accepted] = [0, 0, 0];
  const startedAt = performance.now();
  for (let i = 0; i < count; i++) {
    const bytes = fuzzed(random);
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
    atMost(`${name}: heap`, (usedHeap() - heapBefore) / 1e6, 50, "MB"),
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

function fuzzed(random: Random): Buffer {
  let bytes = Buffer.from(FRAME);
  const changes = 1 + Math.floor(random.uniform() * 4);
  for (let i = 0; i < changes; i++) bytes = changed(bytes, random);
  return bytes;
}

function changed(bytes: Buffer, random: Random): Buffer<ArrayBuffer> {
  const at = Math.floor(random.uniform() * (bytes.length + 1));
  const length = 1 + Math.floor(random.uniform() * 40);
  const kind = Math.floor(random.uniform() * 5);
  if (kind === 0) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
  if (kind === 1) return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
  if (kind === 2) return Buffer.from(bytes.subarray(0, at));
  if (kind === 3) {
    const piece = PIECES[Math.floor(random.uniform() * PIECES.length)] ?? "";
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(piece), bytes.subarray(at)]);
  }
  const copy = Buffer.from(bytes);
  if (at < copy.length) copy[at] = Math.floor(random.uniform() * 256);
  return copy;
}

/** Bytes of the heap that are in use after everything unused is gone. */
function usedHeap(): number {
  v8.setFlagsFromString("--expose-gc");
  const collect: unknown = vm.runInNewContext("gc");
  if (typeof collect === "function") collect();
  return v8.getHeapStatistics().used_heap_size;
}

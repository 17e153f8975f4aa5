import type { Random } from "#quant/synthetic/random.ts";

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
const CHANGES_MAX = 4;
const PIECE_BYTES_MAX = 40;

/** A frame with one to four changes: bytes cut out, doubled, cut off, put in, or one of them another. */
export function fuzzedFrame(bytes: Buffer, random: Random): Buffer {
  let fuzzed = bytes;
  const changes = 1 + Math.floor(random.uniform() * CHANGES_MAX);
  for (let i = 0; i < changes; i++) fuzzed = changed(fuzzed, random);
  return fuzzed;
}

function changed(bytes: Buffer, random: Random): Buffer {
  const at = Math.floor(random.uniform() * (bytes.length + 1));
  const length = 1 + Math.floor(random.uniform() * PIECE_BYTES_MAX);
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

/**
 * A fuzzed text of an aggregated trade that no reader can take for another trade.
 *
 * A change that leaves a frame as the protocol has it, such as another digit of its price, cannot be told from the
 * truth by anybody, and TLS keeps it from happening: such frames are fuzzed again. What is no UTF-8 becomes U+FFFD,
 * as a frame of text that is none ends the connection.
 *
 * @returns its bytes as a Latin-1 text, which is how frames are written
 */
export function fuzzedTradeText(text: string, random: Random): string {
  const truth = tradeIn(text);
  for (;;) {
    const fuzzed = fuzzedFrame(Buffer.from(text), random).toString("utf8");
    const told = tradeIn(fuzzed);
    if (told === null || told === truth) return Buffer.from(fuzzed).toString("latin1");
  }
}

/** What a text tells of a trade, as one text; null when it has not the documented fields with their types. */
function tradeIn(text: string): string | null {
  const frame = parsed(text);
  const data = isObject(frame) && isObject(frame["data"]) ? frame["data"] : frame;
  if (!isObject(data)) return null;
  const { e, s, a, p, q, f, l, T, m } = data;
  const isDocumented =
    typeof e === "string" &&
    typeof s === "string" &&
    [a, f, l, T].every((value) => Number.isSafeInteger(value)) &&
    [p, q].every((value) => typeof value === "string" && /^\d+(\.\d+)?$/.test(value)) &&
    typeof m === "boolean";
  return isDocumented ? JSON.stringify([e, s, a, p, q, f, l, T, m]) : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

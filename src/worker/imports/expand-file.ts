import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { AppError } from "#contracts/error-code.ts";
import { isGzip, signatureRefusal } from "./file-signature.ts";

/** How far a file may unfold. */
export type ExpansionLimits = {
  /** Bytes of text at most. */
  readonly expandedBytesMax: number;
  /** Text bytes per stored byte at most, looked at once the text passes RATIO_FROM_BYTES. */
  readonly ratioMax: number;
};

/** Deflate reaches a thousandfold; price files reach about ten. */
export const EXPANSION_LIMITS: ExpansionLimits = {
  expandedBytesMax: 1024 ** 3,
  ratioMax: 200,
};

/** Small files may compress absurdly well and do no harm. */
const RATIO_FROM_BYTES = 10 * 1024 ** 2;

/**
 * Text bytes of a file: as they are, or unpacked when they are gzip by content.
 *
 * @throws {AppError} unsupported-file: not text by its first bytes, or a damaged gzip; too-large: a
 *   decompression bomb
 */
export async function* expandFile(
  source: AsyncIterable<Uint8Array>,
  limits: ExpansionLimits = EXPANSION_LIMITS,
): AsyncGenerator<Uint8Array> {
  let storedBytes = 0;
  const counted = (async function* () {
    for await (const bytes of source) {
      storedBytes += bytes.length;
      yield bytes;
    }
  })();
  const iterator = counted[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true || first.value.length === 0) throw emptyFile();
  const whole = prepend(first.value, iterator);
  const text = isGzip(first.value) ? gunzip(whole) : whole;
  let expandedBytes = 0;
  for await (const bytes of text) {
    if (expandedBytes === 0) {
      const refusal = signatureRefusal(bytes);
      if (refusal !== null) throw new AppError("unsupported-file", refusal);
    }
    expandedBytes += bytes.length;
    requireNoBomb(expandedBytes, storedBytes, limits);
    yield bytes;
  }
  if (expandedBytes === 0) throw emptyFile();
}

async function* prepend(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

async function* gunzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packed = Readable.from(source);
  const unpacked = createGunzip();
  packed.once("error", (error) => unpacked.destroy(error));
  try {
    for await (const bytes of packed.pipe(unpacked)) yield bytes;
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) {
      throw new AppError("unsupported-file", "The gzip file is damaged or was cut off", {
        cause: error,
      });
    }
    throw error;
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}

function requireNoBomb(expandedBytes: number, storedBytes: number, limits: ExpansionLimits): void {
  const isTooLarge = expandedBytes > limits.expandedBytesMax;
  const isTooDense =
    expandedBytes > RATIO_FROM_BYTES && expandedBytes > storedBytes * limits.ratioMax;
  if (isTooLarge || isTooDense) {
    throw new AppError(
      "too-large",
      isTooLarge
        ? `The file unpacks to more than ${Math.round(limits.expandedBytesMax / 1024 ** 2)} MB`
        : `The file unpacks to more than ${limits.ratioMax} times its size, as a decompression bomb does`,
    );
  }
}

function emptyFile(): AppError {
  return new AppError("unsupported-file", "The file is empty");
}

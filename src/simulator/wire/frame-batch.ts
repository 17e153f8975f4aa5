import { Buffer } from "node:buffer";

/**
 * Events of one stream at one moment, encoded once for all its subscribers.
 *
 * Server frames are not masked (RFC 6455, section 5.1), so their bytes are the same for everybody, and
 * many frames go out in one write. Payloads are ASCII: header and text fit one Latin-1 string.
 */
export class FrameBatch {
  readonly stream: string;
  readonly payloads: readonly string[];
  #raw: Buffer | null = null;
  #combined: Buffer | null = null;

  constructor(stream: string, payloads: readonly string[]) {
    this.stream = stream;
    this.payloads = payloads;
  }

  texts(isCombined: boolean): readonly string[] {
    return isCombined
      ? this.payloads.map((payload) => combinedText(this.stream, payload))
      : this.payloads;
  }

  bytes(isCombined: boolean): Buffer {
    if (isCombined) {
      this.#combined ??= textFrames(this.texts(true));
      return this.#combined;
    }
    this.#raw ??= textFrames(this.payloads);
    return this.#raw;
  }
}

export function combinedText(stream: string, payload: string): string {
  return `{"stream":"${stream}","data":${payload}}`;
}

function textFrames(texts: readonly string[]): Buffer {
  let all = "";
  for (const text of texts) all += headerOf(text.length) + text;
  return Buffer.from(all, "latin1");
}

/** FIN and opcode 1 (text), then the length in 1, 3 or 9 bytes. */
function headerOf(length: number): string {
  if (length < 126) return `\x81${String.fromCharCode(length)}`;
  if (length < 65_536) return `\x81\x7e${String.fromCharCode(length >> 8, length & 255)}`;
  let bytes = "";
  for (let rest = length, i = 0; i < 8; i++) {
    bytes = String.fromCharCode(rest % 256) + bytes;
    rest = Math.floor(rest / 256);
  }
  return `\x81\x7f${bytes}`;
}

import { InvalidInputError } from "../../invalid-input-error.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PADDING = "=".charCodeAt(0);
const LETTERS = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
const NO_LETTER = 255;
const PLACES = new Uint8Array(128).fill(NO_LETTER);
LETTERS.forEach((letter, place) => {
  PLACES[letter] = place;
});

/** Bytes that become letters in one piece: a multiple of three, and few enough for the arguments of one call. */
const PIECE_BYTES = 6_144;

/**
 * Bytes as base64, with padding.
 *
 * @param bytes any
 * @returns 4 letters for every 3 bytes
 *
 * Cost: O(bytes). Source: RFC 4648, section 4.
 */
export function base64Of(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    // A plain array: to spread a typed one takes ten times as long.
    const letters: number[] = [];
    const to = Math.min(from + PIECE_BYTES, bytes.length);
    for (let i = from; i < to; i += 3) {
      const three = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
      letters.push(
        LETTERS[three >> 18]!,
        LETTERS[(three >> 12) & 63]!,
        i + 1 < to ? LETTERS[(three >> 6) & 63]! : PADDING,
        i + 2 < to ? LETTERS[three & 63]! : PADDING,
      );
    }
    pieces.push(String.fromCharCode(...letters));
  }
  return pieces.join("");
}

/**
 * Bytes of base64.
 *
 * @param text of base64Of
 * @returns the bytes
 * @throws {InvalidInputError} "out-of-range": it is none
 *
 * Cost: O(length).
 */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const letters = text.length - padding;
  if (text.length % 4 !== 0) refuse();
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    let four = 0;
    for (let k = i; k < i + 4; k++) {
      const place = k < letters ? (PLACES[text.charCodeAt(k)] ?? NO_LETTER) : 0;
      if (place === NO_LETTER) refuse();
      four = (four << 6) | place;
    }
    // Beyond the end a typed array takes nothing.
    bytes[at] = four >> 16;
    bytes[at + 1] = four >> 8;
    bytes[at + 2] = four;
    at += 3;
  }
  return bytes;
}

function refuse(): never {
  throw new InvalidInputError("out-of-range", "the file holds an array that is no base64");
}

/** Cuts a stream of bytes into pieces of one length (the last may be shorter), as they come in. */
export async function* pieces(
  source: AsyncIterable<Uint8Array>,
  pieceBytes: number,
): AsyncGenerator<Buffer> {
  let piece = Buffer.allocUnsafe(pieceBytes);
  let filled = 0;
  for await (const bytes of source) {
    let used = 0;
    while (used < bytes.length) {
      const copied = Math.min(pieceBytes - filled, bytes.length - used);
      piece.set(bytes.subarray(used, used + copied), filled);
      filled += copied;
      used += copied;
      if (filled < pieceBytes) continue;
      yield piece;
      piece = Buffer.allocUnsafe(pieceBytes);
      filled = 0;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}

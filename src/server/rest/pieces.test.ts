import fc from "fast-check";
import { expect, test } from "vitest";
import { pieces } from "./pieces.ts";

async function* stream(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

test("the pieces are the stream, cut to one length however it came in", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 30 }),
      async (parts, pieceBytes) => {
        const cut: Buffer[] = [];
        for await (const piece of pieces(stream(parts), pieceBytes)) cut.push(piece);
        expect(Buffer.concat(cut)).toEqual(Buffer.concat(parts));
        for (const piece of cut.slice(0, -1)) expect(piece).toHaveLength(pieceBytes);
        expect(cut.at(-1)?.length).not.toBe(0);
      },
    ),
  );
});

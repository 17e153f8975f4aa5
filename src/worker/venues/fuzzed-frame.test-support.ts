import fc from "fast-check";

/** A frame with bytes changed, cut out, doubled, or put in: what a broken line or a bad day of the venue makes. */
export function fuzzedFrame(frame: Buffer): fc.Arbitrary<Buffer> {
  const position = fc.nat(frame.length - 1);
  const change = fc.oneof(
    fc.record({ kind: fc.constant("set" as const), at: position, byte: fc.nat(255) }),
    fc.record({
      kind: fc.constant("cut" as const),
      at: position,
      length: fc.integer({ min: 1, max: 60 }),
    }),
    fc.record({ kind: fc.constant("end" as const), at: position }),
    fc.record({
      kind: fc.constant("double" as const),
      at: position,
      length: fc.integer({ min: 1, max: 60 }),
    }),
    fc.record({
      kind: fc.constant("insert" as const),
      at: position,
      text: fc.constantFrom(
        "null",
        '"',
        "1e999",
        "-",
        "[]",
        "{}",
        ",",
        "\u0000",
        "99999999999999999999",
      ),
    }),
  );
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    let bytes = Buffer.from(frame);
    for (const one of changes) {
      const at = Math.min(one.at, bytes.length);
      switch (one.kind) {
        case "set":
          if (at < bytes.length) bytes[at] = one.byte;
          break;
        case "cut":
          bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + one.length)]);
          break;
        case "end":
          bytes = bytes.subarray(0, at);
          break;
        case "double":
          bytes = Buffer.concat([bytes.subarray(0, at + one.length), bytes.subarray(at)]);
          break;
        case "insert":
          bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(one.text), bytes.subarray(at)]);
          break;
      }
    }
    return bytes;
  });
}

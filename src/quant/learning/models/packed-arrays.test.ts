import { describe, expect, test } from "vitest";
import { createRandom } from "../../synthetic/random.ts";
import { base64Of, bytesOfBase64 } from "./base64.ts";
import { packedLength, withPackedArrays, withUnpackedArrays } from "./packed-arrays.ts";

describe("base64", () => {
  test.each([
    { text: "", base64: "" },
    { text: "f", base64: "Zg==" },
    { text: "fo", base64: "Zm8=" },
    { text: "foo", base64: "Zm9v" },
    { text: "foob", base64: "Zm9vYg==" },
    { text: "fooba", base64: "Zm9vYmE=" },
    { text: "foobar", base64: "Zm9vYmFy" },
    // RFC 4648, section 10.
  ])("of “$text” is that of the standard", ({ text, base64 }) => {
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    expect(base64Of(bytes)).toBe(base64);
    expect(bytesOfBase64(base64)).toEqual(bytes);
  });

  test("is that of another library over many pieces, and comes back", () => {
    const random = createRandom(1);
    const bytes = Uint8Array.from({ length: 100_003 }, () => Math.floor(256 * random.uniform()));
    expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString("base64"));
    expect(bytesOfBase64(base64Of(bytes))).toEqual(bytes);
  });

  test.each(["Zg", "Zg=a", "Z~==", "Zgé="])("refuses %s", (text) => {
    expect(() => bytesOfBase64(text)).toThrow(/no base64/);
  });
});

describe("packed arrays", () => {
  const data = {
    trees: [{ threshold: Float64Array.of(Number.NaN, -0, 1e-310, Number.POSITIVE_INFINITY) }],
    feature: Int32Array.of(-1, 2 ** 31 - 1),
    cover: Float32Array.of(0.1),
    flags: Uint8Array.of(0, 255),
    small: Uint16Array.of(65_535),
    large: Uint32Array.of(2 ** 32 - 1),
    empty: new Float64Array(0),
    ...{ name: "forest", rounds: 3, none: null },
  };

  test("come back to the bit through JSON", () => {
    const text = JSON.stringify(withPackedArrays(data));
    expect(withUnpackedArrays(JSON.parse(text))).toEqual(data);
  });

  test("of a part of a buffer are that part alone", () => {
    const whole = Float64Array.of(1, 2, 3);
    const packed = withPackedArrays(whole.subarray(1, 2));
    expect(withUnpackedArrays(packed)).toEqual(Float64Array.of(2));
  });

  test("take as many letters as is said", () => {
    const letters = JSON.stringify(withPackedArrays({ data }))
      .match(/"base64":"([^"]*)"/g)
      ?.reduce((sum, one) => sum + one.length - '"base64":""'.length, 0);
    expect(packedLength({ data })).toBe(letters);
  });

  test.each([
    { name: "another kind", value: { $packed: "float16", base64: "AAAA" } },
    { name: "half a number", value: { $packed: "float64", base64: "AAAA" } },
  ])("of $name are refused", ({ value }) => {
    expect(() => withUnpackedArrays([value])).toThrow(/no known kind/);
  });
});

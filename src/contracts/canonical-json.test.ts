import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.ts";

test("the order of keys does not change the text, at any depth", () => {
  const one = { b: [1, { y: 2, x: null }], a: "z" };
  const other = { a: "z", b: [1, { x: null, y: 2 }] };
  expect(canonicalJson(one)).toBe(canonicalJson(other));
  expect(canonicalJson(one)).toBe('{"a":"z","b":[1,{"x":null,"y":2}]}');
});

test("the text reads back as the value it was made of", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
    }),
  );
});

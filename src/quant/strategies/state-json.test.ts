import fc from "fast-check";
import { expect, test } from "vitest";
import { stateFromJson, stateToJson } from "./state-json.ts";

test("plain data come back to the bit", () => {
  const number = fc.double();
  const state = fc.record({
    count: number,
    side: fc.constantFrom("long", "short", null),
    isHeld: fc.boolean(),
    values: fc.float64Array(),
    places: fc.int32Array(),
    flags: fc.uint8Array(),
    weights: fc.float32Array(),
    nested: fc.array(fc.record({ average: number })),
  });
  fc.assert(
    fc.property(state, (value) => {
      expect(stateFromJson(stateToJson(value))).toEqual(value);
    }),
  );
});

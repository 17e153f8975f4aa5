import fc from "fast-check";
import { expect, test } from "vitest";
import { windowAroundTrade, zoomTextOf, zoomWindowOf } from "./zoom-window.ts";

test("a zoom comes back from the address as it went in", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 1e9 }), (startMs, lengthMs) => {
      const window = { startMs, endMs: startMs + lengthMs };
      expect(zoomWindowOf(zoomTextOf(window))).toEqual(window);
    }),
  );
});

test.each([null, "", "5-5", "9-1", "a-b", "1-2-3", "-1-2"])("%o is no zoom", (text) => {
  expect(zoomWindowOf(text)).toBeNull();
});

test("the span around a trade stays inside the report", () => {
  const whole = { startMs: 0, endMs: 1_000 };
  expect(windowAroundTrade({ entryMs: 10, exitMs: 990 }, whole, 1)).toEqual(whole);
  expect(windowAroundTrade({ entryMs: 400, exitMs: 410 }, whole, 1)).toEqual({
    startMs: 340,
    endMs: 470,
  });
});

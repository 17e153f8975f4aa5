import { describe, expect, test } from "vitest";
import { engleGranger } from "#quant/cointegration/engle-granger.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import { scanBarsMin, tooFewBarsMessage } from "./scan-bars-min.ts";
import { SCAN_PRESETS } from "./scan-presets.ts";

/** Two short series that no test refuses for anything but their length. */
function legs(bars: number): readonly [Float64Array, Float64Array] {
  const y = Float64Array.from({ length: bars }, (_, t) => Math.sin(t * t) + 0.3 * Math.cos(7 * t));
  const x = Float64Array.from({ length: bars }, (_, t) => Math.cos(t * t * 1.7) + 0.1 * t);
  return [y, x];
}

describe("fewest bars of a scan", () => {
  test.each([{ kind: "aic" }, { kind: "fixed", lags: 1 }, { kind: "fixed", lags: 60 }] as const)(
    "the test accepts so many bars and no fewer with lags %o",
    (lags) => {
      const least = scanBarsMin({ lags });
      const [y, x] = legs(least);
      expect(Number.isFinite(engleGranger(y, x, { lags }).pValue)).toBe(true);
      const [shortY, shortX] = legs(least - 1);
      expect(() => engleGranger(shortY, shortX, { lags })).toThrow(InvalidInputError);
    },
  );

  test("regression: five bars were scanned, and nothing could be tested", () => {
    expect(tooFewBarsMessage(5, SCAN_PRESETS.honest)).toBe(
      "The window has 5 bars; this test needs at least 30",
    );
    expect(tooFewBarsMessage(30, SCAN_PRESETS.honest)).toBeUndefined();
  });
});

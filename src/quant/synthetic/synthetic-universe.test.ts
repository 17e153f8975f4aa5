import { describe, expect, test } from "vitest";
import { correlation } from "../stats/correlation.ts";
import { logReturns } from "../stats/log-returns.ts";
import { simpleOls } from "../stats/ols.ts";
import { type SyntheticInstrument, syntheticUniverse } from "./synthetic-universe.ts";

const HOUR_MS = 3_600_000;
const options = { seed: 7, bars: 17_520, intervalMs: HOUR_MS, startMs: 0 };
const universe = syntheticUniverse(options);

type Pair = readonly [SyntheticInstrument, SyntheticInstrument];

function pairsWithin(relation: SyntheticInstrument["relation"]): readonly Pair[] {
  return universe.flatMap((legY, i) =>
    universe
      .slice(i + 1)
      .filter((legX) => legX.group === legY.group && legX.relation === relation)
      .map((legX): Pair => [legY, legX]),
  );
}

/** Dickey–Fuller t without lags, of the residuals of the pair over a range of bars. */
function dickeyFuller([legY, legX]: Pair, from = 0, to = options.bars): number {
  const logs = (leg: SyntheticInstrument) => leg.close.slice(from, to).map(Math.log);
  const { residuals } = simpleOls(logs(legY), logs(legX));
  const steps = residuals.slice(1).map((value, i) => value - (residuals[i] ?? 0));
  const line = simpleOls(steps, residuals.slice(0, -1));
  return line.slope / line.standardErrors.slope;
}

function meanCorrelation(pairs: readonly Pair[]): number {
  const all = pairs.map(([legY, legX]) =>
    correlation(logReturns(legY.close), logReturns(legX.close)),
  );
  return all.reduce((sum, value) => sum + value, 0) / all.length;
}

describe("syntheticUniverse", () => {
  test("the same seed gives the same universe to the bit", () => {
    expect(syntheticUniverse({ ...options, bars: 500 })).toEqual(
      syntheticUniverse({ ...options, bars: 500 }),
    );
  });

  test("another seed gives another universe", () => {
    const other = syntheticUniverse({ ...options, bars: 500, seed: 5 });
    expect(other[0]?.close).not.toEqual(universe[0]?.close.slice(0, 500));
  });

  test("fewer instruments are the first of the whole", () => {
    const few = syntheticUniverse({ ...options, instruments: 10 });
    expect(few).toEqual(universe.slice(0, 10));
    expect(new Set(few.map((one) => one.relation)).size).toBeGreaterThanOrEqual(3);
  });

  test("has 40 instruments, each called synthetic, and every relation", () => {
    expect(new Set(universe.map((one) => one.symbol)).size).toBe(40);
    for (const one of universe) {
      expect(one.symbol).toMatch(/^SYN-[A-Z]+$/);
      expect(one.name).toMatch(/^Synthetic /);
    }
    expect(new Set(universe.map((one) => one.relation)).size).toBe(4);
  });

  test("every bar has 0 < low ≤ open, close ≤ high and a volume", () => {
    for (const one of universe) {
      for (let t = 0; t < options.bars; t++) {
        const low = one.low[t] ?? Number.NaN;
        const high = one.high[t] ?? Number.NaN;
        const open = one.open[t] ?? Number.NaN;
        const close = one.close[t] ?? Number.NaN;
        const isSound =
          low > 0 &&
          low <= Math.min(open, close) &&
          high >= Math.max(open, close) &&
          (one.volume[t] ?? 0) > 0;
        if (!isSound) expect.fail(`${one.symbol} bar ${t}`);
      }
    }
  });

  test("opens follow an hourly grid", () => {
    const times = universe[0]?.openTimeMs ?? new Float64Array();
    expect(times.length).toBe(options.bars);
    expect(times[1]).toBe(HOUR_MS);
    expect(times.at(-1)).toBe((options.bars - 1) * HOUR_MS);
  });

  test("cointegrated pairs revert, decoys do not", () => {
    // −3.34 is the 5 % critical value of the cointegration test of two series with a constant.
    for (const pair of pairsWithin("cointegrated")) {
      expect(dickeyFuller(pair), pair.map((leg) => leg.symbol).join()).toBeLessThan(-3.9);
    }
    const decoys = pairsWithin("decoy").map((pair) => dickeyFuller(pair));
    const found = decoys.filter((statistic) => statistic < -3.34);
    expect(found.length).toBeLessThanOrEqual(1);
  });

  test("decoys are as correlated as cointegrated pairs, so correlation cannot tell them apart", () => {
    const decoys = meanCorrelation(pairsWithin("decoy"));
    expect(decoys).toBeGreaterThan(0.9);
    expect(decoys).toBeGreaterThan(meanCorrelation(pairsWithin("cointegrated")) - 0.05);
  });

  test("a broken pair reverts before its break and not after it", () => {
    const pairs = pairsWithin("regime-break");
    expect(pairs.length).toBe(3);
    for (const pair of pairs) {
      const breakMs = pair.find((leg) => leg.breakTimeMs !== null)?.breakTimeMs ?? 0;
      const breakBar = breakMs / HOUR_MS;
      expect(dickeyFuller(pair, 0, breakBar)).toBeLessThan(-8);
      expect(dickeyFuller(pair, breakBar)).toBeGreaterThan(-3.34);
    }
  });

  test.each([
    { name: "no instruments", changes: { instruments: 0 } },
    { name: "41 instruments", changes: { instruments: 41 } },
    { name: "no bars", changes: { bars: 0 } },
    { name: "half a seed", changes: { seed: 0.5 } },
    { name: "an interval of 0", changes: { intervalMs: 0 } },
  ])("refuses $name", ({ changes }) => {
    expect(() => syntheticUniverse({ ...options, ...changes })).toThrow(/must be a whole number/);
  });
});

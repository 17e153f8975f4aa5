import { describe, expect, test } from "vitest";
import { createRandom } from "../synthetic/random.ts";
import { analysePair } from "./analyse-pair.ts";
import { hedgeFit } from "./hedge-fit.ts";
import type { HedgeMethod } from "./pair-analysis-options.ts";
import { pairSpread } from "./pair-spread.ts";
import { spreadCusum } from "./spread-cusum.ts";

const METHODS: readonly (HedgeMethod & { readonly intercept: number })[] = [
  { kind: "ols", intercept: 0.5 },
  // Through the origin a spread is steady only where the pair has no intercept.
  { kind: "ols-no-intercept", intercept: 0 },
  { kind: "rolling-ols", windowBars: 60, intercept: 0.5 },
  { kind: "expanding-ols", intercept: 0.5 },
  { kind: "tls", intercept: 0.5 },
  { kind: "huber", intercept: 0.5 },
  { kind: "theil-sen", intercept: 0.5 },
  { kind: "kalman", delta: 1e-6, observationVariance: 1e-4, intercept: 0.5 },
  { kind: "kalman-ml", intercept: 0.5 },
  { kind: "johansen", intercept: 0.5 },
];

/** ln Y = intercept + 0.9 ln X + quick noise with a long tail above; `jump` moves its level halfway. */
function pair(seed: number, { intercept, jump = 0 }: { intercept: number; jump?: number }) {
  const random = createRandom(seed);
  const n = 300;
  let level = 4;
  const x = Float64Array.from({ length: n }, () => {
    level += 0.01 * random.gaussian();
    return level;
  });
  const y = x.map((value, t) => {
    const noise = 0.01 * (-Math.log(1 - random.uniform()) - 1);
    return intercept + 0.9 * value + noise + (t < n / 2 ? 0 : jump);
  });
  return { y, x };
}

function pValue({ y, x }: ReturnType<typeof pair>, method: HedgeMethod): number {
  const fit = hedgeFit(y, x, method);
  return spreadCusum(pairSpread(y, x, fit).subarray(fit.firstBar), method).pValue;
}

describe.each(METHODS)("with the hedge of $kind", (method) => {
  test("regression: the mean of a spread was taken for a break of a steady pair", () => {
    let rejections = 0;
    const pairs = 60;
    for (let seed = 1; seed <= pairs; seed++) {
      if (pValue(pair(seed, method), method) < 0.05) rejections++;
    }
    expect(rejections / pairs).toBeLessThanOrEqual(0.1);
  });
});

test.each(["ols", "tls", "huber", "theil-sen", "johansen", "expanding-ols"] as const)(
  "a level that jumps is seen with the hedge of %s",
  (kind) => {
    expect(pValue(pair(5, { intercept: 0.5, jump: 0.02 }), { kind })).toBeLessThan(0.01);
  },
);

test("the analysis of a pair tells this figure, and its path ends at zero", () => {
  const { y, x } = pair(9, { intercept: 0.5 });
  const hedge = { kind: "huber" } as const;
  const analysis = analysePair(
    { closeY: y.map(Math.exp), closeX: x.map(Math.exp), volumeY: null, volumeX: null },
    {
      prices: "log",
      hedge,
      zScoreWindowBars: 30,
      testWindowBars: 120,
      costBps: 5,
      riskFreeBps: 1,
    },
  );
  expect(analysis.structuralBreak.pValue).toBeGreaterThan(0.05);
  expect(Math.abs(analysis.views.cusum.at(-1) ?? Number.NaN)).toBeLessThan(1e-9);
});

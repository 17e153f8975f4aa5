import { describe, expect, test } from "vitest";
import { createRandom } from "../synthetic/random.ts";
import { type DecayReport, decayReport } from "./decay-report.ts";
import { createLiveColumns } from "./live-columns.ts";

const N = 600;

/**
 * y = β x + deviation about a wandering x: φ, β and the level of the deviation may change in the middle.
 */
function report(
  seed: number,
  second: { readonly root?: number; readonly beta?: number; readonly shift?: number } = {},
): DecayReport {
  const random = createRandom(seed);
  const columns = createLiveColumns(N);
  let deviation = 0;
  let level = 4;
  for (let t = 0; t < N; t++) {
    const isLater = t >= N / 2;
    level += 0.01 * random.gaussian();
    deviation = (isLater ? (second.root ?? 0.7) : 0.7) * deviation + 0.002 * random.gaussian();
    columns.x[t] = level;
    columns.y[t] =
      (isLater ? (second.beta ?? 0.8) : 0.8) * level +
      deviation +
      (isLater ? (second.shift ?? 0) : 0);
  }
  const spread = columns.y.map((y, t) => y - 0.8 * columns.x[t]!);
  const hedge = { kind: "rolling-ols", windowBars: 60, intercept: true } as const;
  return decayReport(columns, { start: 0, end: N }, spread, hedge);
}

const verdicts = (second: Parameters<typeof report>[1]) =>
  Array.from({ length: 40 }, (_, i) => report(i + 1, second).verdict);
const share = (all: readonly string[], verdict: string) =>
  all.filter((one) => one === verdict).length / all.length;

test("a pair that stays as it was is healthy nearly always, and never broken", () => {
  const steady = verdicts({});
  expect(share(steady, "healthy")).toBeGreaterThan(0.8);
  expect(share(steady, "broken")).toBe(0);
});

describe("a pair that decays", () => {
  test.each([
    { name: "the spread no longer comes back", second: { root: 1 } },
    { name: "the hedge ratio is another one", second: { beta: 1.7 } },
  ])("$name: hardly ever healthy", ({ second }) => {
    expect(share(verdicts(second), "healthy")).toBeLessThan(0.1);
  });

  test("says why in words", () => {
    const { reasons, hedgeDrift } = report(1, { beta: 1.7 });
    expect(hedgeDrift).toBeGreaterThan(0.5);
    expect(reasons.join("; ")).toMatch(/hedge ratio moved by \d+ %/);
    expect(report(1, { shift: 0.05 }).reasons.join("; ")).toMatch(/spread drifts: CUSUM/);
  });
});

test("too few bars are no verdict", () => {
  const columns = createLiveColumns(99);
  const found = decayReport(columns, { start: 0, end: 99 }, null, { kind: "buffer" });
  expect(found).toMatchObject({ verdict: "unknown", pValue: null });
  expect(found.reasons[0]).toMatch(/99 of 100 bars/);
});

test("two legs that are one cannot be tested, which is said", () => {
  const columns = createLiveColumns(200);
  const random = createRandom(1);
  let level = 4;
  for (let t = 0; t < 200; t++) {
    level += random.gaussian();
    columns.x[t] = level;
    columns.y[t] = level;
  }
  const found = decayReport(columns, { start: 0, end: 200 }, null, { kind: "buffer" });
  expect(found).toMatchObject({ verdict: "unknown", pValue: null, hedgeDrift: 0 });
  expect(found.reasons[0]).toMatch(/collinear/);
});

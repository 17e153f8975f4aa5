import { expect, test } from "vitest";
import { signalQuality } from "./signal-quality.ts";

/** Betas that moved at first and stand still now. */
const STABLE = Float64Array.from({ length: 200 }, (_, t) => (t < 150 ? Math.sin(t) : 1 + t * 1e-6));
/** Betas that stood still and move now. */
const UNSTABLE = STABLE.toReversed();
const flat = (value: number) => new Float64Array(60).fill(value);
const ending = (value: number) => flat(100).with(-1, value);

const GOOD = {
  adfPValue: 0.01,
  correlation: flat(0.9),
  beta: STABLE,
  volumeY: ending(200),
  volumeX: ending(300),
};

test.each([
  { name: "all four flags", change: {}, quality: "HIGH", guard: "GREEN", issues: [] },
  {
    name: "closes alone: an unknown volume is neither flag nor issue",
    change: { volumeY: null },
    quality: "HIGH",
    guard: "GREEN",
    issues: [],
  },
  {
    name: "a correlation between the two limits: no flag, no issue",
    change: { correlation: flat(0.6) },
    quality: "HIGH",
    guard: "GREEN",
    issues: [],
  },
  {
    name: "a spread that wanders, and thin trading in one leg",
    change: { adfPValue: 0.05, volumeX: ending(50) },
    quality: "MEDIUM",
    guard: "YELLOW",
    issues: ["stationary", "liquid"],
  },
  {
    name: "nothing that holds",
    change: { adfPValue: 0.5, correlation: flat(0.1), beta: UNSTABLE, volumeY: ending(1) },
    quality: "LOW",
    guard: "RED",
    issues: ["stationary", "correlated", "hedge-stable", "liquid"],
  },
])("$name: $quality and $guard", ({ change, quality, guard, issues }) => {
  expect(signalQuality({ ...GOOD, ...change })).toMatchObject({ quality, guard, issues });
});

test("what cannot be measured says why", () => {
  const { flags } = signalQuality({
    adfPValue: null,
    correlation: flat(Number.NaN),
    beta: flat(Number.NaN),
    volumeY: null,
    volumeX: null,
  });
  expect(flags.map(({ reason }) => reason)).toEqual([
    "no-test",
    "too-short",
    "too-short",
    "no-volume",
  ]);
});

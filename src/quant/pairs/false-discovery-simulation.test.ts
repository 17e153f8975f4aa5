import { expect, test } from "vitest";
import { falseDiscoverySimulation } from "./false-discovery-simulation.ts";

const UNIVERSE = {
  universes: 20,
  bars: 250,
  truePairs: 5,
  looseSeries: 10,
  persistence: 0.7,
  level: 0.05,
  seed: 31,
};

test("correction keeps false pairs rare, and the naive test is mostly wrong", () => {
  const rates = falseDiscoverySimulation(UNIVERSE);
  // Two standard deviations of the mean over 20 universes above the level.
  expect(rates.benjaminiHochberg.falseShare).toBeLessThan(0.05 + 0.06);
  expect(rates.benjaminiYekutieli.falseShare).toBeLessThan(0.05);
  expect(rates.benjaminiHochberg.power).toBeGreaterThan(0.9);
  expect(rates.combined.falseShare).toBeGreaterThan(0.4);
  expect(rates.naive?.falseShare).toBeGreaterThan(0.8);
  expect(rates.naive?.chosen).toBeGreaterThan(rates.combined.chosen);
});

test("Benjamini–Hochberg keeps its promise among pairs of random walks, and nearly does among all", () => {
  // Every series is a leg of a true pair, so that false finds come in clusters: the hardest case found.
  const rates = falseDiscoverySimulation({
    ...UNIVERSE,
    universes: 150,
    truePairs: 10,
    looseSeries: 0,
    withNaive: false,
  });
  expect(rates.naive).toBeNull();
  expect(rates.benjaminiHochberg.falseShareError).toBeLessThan(0.02);
  expect(rates.benjaminiHochberg.falseShare).toBeLessThan(0.1);
  expect(rates.walksBenjaminiHochberg.falseShare).toBeLessThan(0.05);
  expect(rates.walksBenjaminiHochberg.falseShare).toBeLessThan(rates.benjaminiHochberg.falseShare);
  expect(rates.walksBenjaminiHochberg.power).toBeGreaterThan(0.75);
  expect(rates.benjaminiYekutieli.falseShare).toBeLessThan(0.03);
  expect(rates.walksBenjaminiYekutieli.falseShare).toBeLessThan(0.03);
});

test("the more careful way never chooses more", () => {
  const { combined, benjaminiHochberg, benjaminiYekutieli } = falseDiscoverySimulation({
    ...UNIVERSE,
    universes: 3,
    truePairs: 0,
  });
  expect(benjaminiHochberg.chosen).toBeLessThanOrEqual(combined.chosen);
  expect(benjaminiYekutieli.chosen).toBeLessThanOrEqual(benjaminiHochberg.chosen);
  expect(combined.power).toBe(0);
});

test("is refused without a universe", () => {
  expect(() => falseDiscoverySimulation({ ...UNIVERSE, truePairs: 0, looseSeries: 1 })).toThrow(
    expect.objectContaining({ code: "out-of-range" }),
  );
});

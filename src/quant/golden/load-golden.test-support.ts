import { readFileSync } from "node:fs";
import { expect } from "vitest";

type Tolerance = { readonly rtol: number; readonly atol: number };

/** One case of a golden file; what `expected` holds depends on the case and is read by name. */
export type GoldenCase = {
  readonly case: string;
  readonly input: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly tolerance: Tolerance & { readonly fields?: Readonly<Record<string, Tolerance>> };
};

type StoredSeries = { readonly data: readonly unknown[] | Readonly<Record<string, unknown>> };

function readGolden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), "utf8"));
}

const storedSeries = (
  readGolden("series") as { readonly series: Readonly<Record<string, StoredSeries>> }
).series;

/** The cases of a topic whose name starts with a prefix; fails when there are none. */
export function goldenCases(topic: string, prefix: string): readonly GoldenCase[] {
  const { cases } = readGolden(topic) as { readonly cases: readonly GoldenCase[] };
  const selected = cases.filter((golden) => golden.case.startsWith(prefix));
  if (selected.length === 0) throw new Error(`no golden case ${prefix} in ${topic}`);
  return selected;
}

/** The input of a case by its role: a vector, or `name.column` of a table; logged if the case says so. */
export function goldenInput(golden: GoldenCase, role: string): Float64Array {
  const values = goldenSeries(String(golden.input[role]));
  return golden.params?.["transform"] === "log" ? values.map(Math.log) : values;
}

/** A stored series by name: a vector, or `name.column` of a table. */
export function goldenSeries(name: string): Float64Array {
  const [table = "", column] = name.split(".");
  const data = storedSeries[table]?.data;
  const values =
    column === undefined ? data : (data as Readonly<Record<string, unknown>> | undefined)?.[column];
  if (!Array.isArray(values)) throw new Error(`no golden series ${name}`);
  return Float64Array.from(values, Number);
}

/** Compares one field by the rule of the files: |actual − expected| ≤ atol + rtol · |expected|. */
export function expectGolden(golden: GoldenCase, field: string, actual: number): void {
  expectWithin(`${golden.case}: ${field}`, actual, Number(golden.expected[field]), {
    ...golden.tolerance,
    ...golden.tolerance.fields?.[field],
  });
}

/** The rule itself, for values that are not one field of a case; infinities must be equal. */
export function expectWithin(
  label: string,
  actual: number,
  expected: number,
  { rtol, atol }: Tolerance,
): void {
  if (!Number.isFinite(expected)) {
    expect(actual, label).toBe(expected);
    return;
  }
  const distance = Math.abs(actual - expected);
  const message = `${label}: ${actual} for ${expected}`;
  expect(distance, message).toBeLessThanOrEqual(atol + rtol * Math.abs(expected));
}

/** Seeded independent random walk of n values with normal-like steps, for tests that need many. */
export function randomWalk(n: number, seed: number): Float64Array {
  const random = seededUniform(seed);
  const walk = new Float64Array(n);
  let level = 0;
  for (let i = 0; i < n; i++) {
    // Sum of twelve uniforms less six: variance one, close enough to normal here.
    let step = -6;
    for (let k = 0; k < 12; k++) step += random();
    level += step;
    walk[i] = level;
  }
  return walk;
}

/** Mulberry32: uniform numbers in [0, 1) from a 32-bit seed. */
export function seededUniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

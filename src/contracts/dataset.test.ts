import { describe, expect, test } from "vitest";
import type { FeatureSpec } from "#quant/learning/features/feature-spec.ts";
import { DatasetConfig, DatasetName } from "./dataset.ts";

const HOUR_MS = 3_600_000;
const MEASURED = { unit: "level-deviations", windowBars: 60, hedge: "held" } as const;

const PAIRS: DatasetConfig = {
  books: [
    [1, 2],
    [3, 2],
  ],
  intervalMs: HOUR_MS,
  window: { startMs: 0, endMs: 5_000 * HOUR_MS },
  spread: { kind: "rolling", windowBars: 250, price: "log" },
  features: [
    { kind: "z-score", of: "spread", windowBars: 60 },
    { kind: "sma", of: { kind: "return", of: "close-y", lagBars: 1, form: "log" }, periodBars: 5 },
    { kind: "atr", instrument: "x", periodBars: 14, scale: "share-of-close" },
  ],
  label: {
    ...{ kind: "triple-barrier", of: "spread", side: "reversion", profit: 1, stop: null },
    ...{ limitBars: 50, timeOut: "by-result", ...MEASURED },
  },
  pooling: "each",
};

const SMA_10 = { kind: "sma", of: "close", periodBars: 10 } as const;
const SMA_30 = { kind: "sma", of: "close", periodBars: 30 } as const;
const INSTRUMENTS: DatasetConfig = {
  ...PAIRS,
  books: [[1], [2]],
  spread: null,
  features: [SMA_10, { kind: "difference", of: SMA_10, minus: SMA_30 }],
  label: { kind: "rule", rule: "above", of: SMA_10, over: SMA_30, aheadBars: 1 },
  pooling: "pooled",
};

test.each([
  { name: "pairs", config: PAIRS },
  { name: "instruments", config: INSTRUMENTS },
])("a dataset of $name survives being stored", ({ config }) => {
  expect(DatasetConfig.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
});

const features = (...list: unknown[]) => ({ ...PAIRS, features: list });
const lag = (lagBars: number) => ({ kind: "lag", of: "spread", lagBars });

describe("a dataset is refused", () => {
  test.each<{ name: string; config: unknown; path: string; says: RegExp }>([
    {
      name: "without anything to look at",
      config: { ...PAIRS, books: [] },
      path: "books",
      says: /Choose pairs or instruments/,
    },
    {
      name: "of pairs and instruments together",
      config: { ...PAIRS, books: [[1, 2], [3]] },
      path: "books.1",
      says: /do not mix/,
    },
    {
      name: "of a pair of the same instrument",
      config: {
        ...PAIRS,
        books: [
          [1, 2],
          [3, 3],
        ],
      },
      path: "books.1",
      says: /different instruments/,
    },
    {
      name: "of the same pair twice, turned round",
      config: {
        ...PAIRS,
        books: [
          [1, 2],
          [2, 1],
        ],
      },
      path: "books.1",
      says: /there twice/,
    },
    {
      name: "of the same instrument twice",
      config: { ...INSTRUMENTS, books: [[1], [1]] },
      path: "books.1",
      says: /there twice/,
    },
    {
      name: "of pairs without a spread",
      config: { ...PAIRS, spread: null },
      path: "spread",
      says: /how the spread is made/,
    },
    {
      name: "of instruments with a spread",
      config: { ...INSTRUMENTS, spread: PAIRS.spread },
      path: "spread",
      says: /has no spread/,
    },
    {
      name: "with a spread of an unknown kind",
      config: { ...PAIRS, spread: { kind: "best-of-all" } },
      path: "spread.kind",
      says: /Must be one of/,
    },
    { name: "without a feature", config: features(), path: "features", says: /Choose a feature/ },
    {
      name: "with a feature of an unknown kind",
      config: features(lag(1), { kind: "tomorrow", of: "spread" }),
      path: "features.1.kind",
      says: /Must be one of/,
    },
    {
      name: "with a lag that is negative",
      config: features(lag(-1)),
      path: "features.0.lagBars",
      says: /Reads the future/,
    },
    {
      name: "with a negative lag inside of another feature",
      config: features({ kind: "sma", of: lag(-3), periodBars: 5 }),
      path: "features.0.of.lagBars",
      says: /Reads the future/,
    },
    {
      name: "with a column of one instrument in a pair",
      config: features({
        kind: "sma",
        of: { kind: "delta", of: "close", lagBars: 1 },
        periodBars: 2,
      }),
      path: "features.0.of.of",
      says: /A pair has no column “Close”/,
    },
    {
      name: "with the range of no leg in a pair",
      config: features({ kind: "atr", instrument: "own", periodBars: 14, scale: "price" }),
      path: "features.0.instrument",
      says: /leg Y or leg X/,
    },
    {
      name: "with a label of the spread of one instrument",
      config: { ...INSTRUMENTS, label: { ...PAIRS.label } },
      path: "label.of",
      says: /One instrument has no column “Spread”/,
    },
    {
      name: "with a share of a spread to predict",
      config: {
        ...PAIRS,
        label: { kind: "change", of: "spread", horizonBars: 1, form: "log", ...MEASURED },
      },
      path: "label.form",
      says: /has no share/,
    },
    {
      name: "that ends before it begins",
      config: { ...PAIRS, window: { startMs: 2, endMs: 1 } },
      path: "window.endMs",
      says: /after the start/,
    },
    {
      name: "of too many bars times features",
      config: {
        ...PAIRS,
        features: Array.from(
          { length: 40 },
          (_, i): FeatureSpec => ({
            ...{ kind: "lag", of: "spread", lagBars: i + 1 },
          }),
        ),
        window: { startMs: 0, endMs: 600_000 * HOUR_MS },
      },
      path: "window",
      says: /Too many bars times features/,
    },
    {
      name: "with a setting that nobody knows",
      config: { ...PAIRS, shuffle: true },
      path: "",
      says: /./,
    },
  ])("$name", ({ config, path, says }) => {
    const { error } = DatasetConfig.safeParse(config);
    const issue = error?.issues.find((one) => one.path.join(".") === path);
    expect(issue?.message).toMatch(says);
  });
});

test("a dataset has a name", () => {
  expect(DatasetName.safeParse("  ").error?.issues[0]?.message).toBe("Give the dataset a name");
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { anyFeature } from "./arbitrary-features.test-support.ts";
import { FEATURE_KINDS } from "./feature-kinds.ts";
import { featureLookBackBars } from "./feature-look-back.ts";
import { featureName } from "./feature-name.ts";
import { type FeatureSpec, featureDepth } from "./feature-spec.ts";
import { readFeature } from "./read-feature.ts";

test("every feature goes through JSON, is read again, and keeps its name", () => {
  fc.assert(
    fc.property(anyFeature, (feature) => {
      const reading = readFeature(JSON.parse(JSON.stringify(feature)));
      expect(reading).toEqual({ kind: "valid", feature });
      expect(featureDepth(feature)).toBeLessThanOrEqual(4);
    }),
  );
});

test("features of different settings have different names", () => {
  fc.assert(
    fc.property(anyFeature, anyFeature, (a, b) => {
      const isSame = JSON.stringify(a) === JSON.stringify(b);
      if (!isSame && featureName(a) === featureName(b)) {
        // Of columns of columns only the innermost is named.
        expect([a.kind, b.kind]).toContain("column");
      }
    }),
  );
});

test.each(Object.entries(FEATURE_KINDS))(
  "a form can be made of the usual values: %s",
  (kind, form) => {
    const sources = Object.fromEntries(form.sources.map(({ field }) => [field, "close"]));
    const values = Object.fromEntries(
      Object.entries(form.parameters).map(([name, parameter]) => [name, parameter.default]),
    );
    expect(readFeature({ kind, ...sources, ...values }).kind).toBe("valid");
    expect(form.summary).toMatch(/\.$/);
  },
);

test.each<{ feature: FeatureSpec; name: string; lookBackBars: number }>([
  { feature: { kind: "column", of: "spread" }, name: "spread", lookBackBars: 49 },
  {
    feature: { kind: "sma", of: "spread", periodBars: 10 },
    name: "sma(spread, 10)",
    lookBackBars: 58,
  },
  {
    feature: {
      kind: "difference",
      of: { kind: "sma", of: "close", periodBars: 10 },
      minus: { kind: "sma", of: "close", periodBars: 30 },
    },
    name: "difference(sma(close, 10), sma(close, 30))",
    lookBackBars: 29,
  },
  {
    feature: { kind: "lag", of: { kind: "rsi", of: "close", periodBars: 14 }, lagBars: 2 },
    name: "lag(rsi(close, 14), 2)",
    lookBackBars: 96,
  },
  {
    feature: {
      kind: "macd",
      of: "close",
      fastBars: 12,
      slowBars: 26,
      signalBars: 9,
      line: "signal",
    },
    name: "macd(close, 12, 26, 9, signal)",
    lookBackBars: 119,
  },
  {
    feature: { kind: "return", of: "close", lagBars: 5, form: "log" },
    name: "return(close, 5, log)",
    lookBackBars: 5,
  },
  {
    feature: { kind: "time", cycle: "hour-of-day", wave: "sine", calendar: "continuous" },
    name: "time(hour-of-day, sine, continuous)",
    lookBackBars: 0,
  },
])("$name reads $lookBackBars bars back", ({ feature, name, lookBackBars }) => {
  expect(featureName(feature)).toBe(name);
  const spread = { kind: "rolling", windowBars: 50, price: "log" } as const;
  expect(featureLookBackBars(feature, spread)).toBe(lookBackBars);
});

const deep = (depth: number): unknown =>
  depth === 0 ? "close" : { kind: "lag", of: deep(depth - 1), lagBars: 1 };

test.each<{ name: string; value: unknown; field: string; message: RegExp }>([
  { name: "nothing", value: null, field: "kind", message: /description/ },
  { name: "an unknown kind", value: { kind: "magic" }, field: "kind", message: /one of/ },
  {
    name: "a lag into the future",
    value: { kind: "lag", of: "close", lagBars: -1 },
    field: "lagBars",
    message: /future/,
  },
  {
    name: "an unknown column",
    value: { kind: "lag", of: "colour", lagBars: 1 },
    field: "of",
    message: /one of/,
  },
  {
    name: "a setting that it does not have",
    value: { kind: "lag", of: "close", lagBars: 1, periodBars: 2 },
    field: "periodBars",
    message: /no such setting/,
  },
  {
    name: "a source that is wrong within",
    value: { kind: "lag", of: { kind: "sma", of: "close", periodBars: 0.5 }, lagBars: 1 },
    field: "of.periodBars",
    message: /whole/,
  },
  {
    name: "a fast average that is slow",
    value: { kind: "macd", of: "close", fastBars: 9, slowBars: 9, signalBars: 1, line: "macd" },
    field: "slowBars",
    message: /longer/,
  },
  { name: "five within each other", value: deep(5), field: "of.of.of.of", message: /deep/ },
])("is refused: $name", ({ value, field, message }) => {
  const reading = readFeature(value);
  if (reading.kind === "valid") throw new Error("it was read");
  expect(reading.issues[0]?.field).toBe(field);
  expect(reading.issues[0]?.message).toMatch(message);
});

test("four within each other are read", () => {
  expect(readFeature(deep(4)).kind).toBe("valid");
});

import { describe, expect, test } from "vitest";
import { defaultConfig, readConfig } from "./parameter-values.ts";
import { zScoreStrategy } from "./z-score-strategy.ts";

const usual = defaultConfig(zScoreStrategy);

describe("readConfig", () => {
  test("takes the defaults as they are", () => {
    expect(readConfig(zScoreStrategy, usual)).toEqual({ kind: "valid", config: usual });
  });

  test("lets an optional rule be switched off", () => {
    expect(readConfig(zScoreStrategy, { ...usual, stopZScore: null }).kind).toBe("valid");
  });

  test.each([
    { name: "a text for a number", change: { entryZScore: "2" }, field: "entryZScore" },
    { name: "NaN", change: { entryZScore: Number.NaN }, field: "entryZScore" },
    { name: "null where a number is needed", change: { entryZScore: null }, field: "entryZScore" },
    { name: "a number below its range", change: { entryZScore: 0 }, field: "entryZScore" },
    { name: "a number above its range", change: { entryZScore: 11 }, field: "entryZScore" },
    { name: "half a bar", change: { zScoreWindowBars: 20.5 }, field: "zScoreWindowBars" },
    { name: "an unknown choice", change: { prices: "toString" }, field: "prices" },
    { name: "a setting of no strategy", change: { leverage: 3 }, field: "leverage" },
    { name: "an exit beyond the entry", change: { exitZScore: 3 }, field: "exitZScore" },
    { name: "a stop before the entry", change: { stopZScore: 1 }, field: "stopZScore" },
    {
      name: "a Kalman z-score without the filter",
      change: { zScoreMethod: "kalman" },
      field: "zScoreMethod",
    },
  ])("refuses $name", ({ change, field }) => {
    const reading = readConfig(zScoreStrategy, { ...usual, ...change });
    expect(reading.kind === "refused" && reading.issues.map((issue) => issue.field)).toEqual([
      field,
    ]);
  });

  test("refuses a setting that is not given", () => {
    const { entryZScore: _left, ...rest } = usual;
    expect(readConfig(zScoreStrategy, rest).kind).toBe("refused");
  });
});

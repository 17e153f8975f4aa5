import { zodResolver } from "@hookform/resolvers/zod";
import { describe, expect, test } from "vitest";
import type { StrategyConfig } from "#contracts/strategy.ts";
import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";
import { inputWords } from "./input-words.ts";
import { STRATEGY_FIELDS } from "./strategy-fields.ts";
import {
  StrategyForm,
  type StrategyFormValues,
  strategyFormValues,
} from "./strategy-form-values.ts";

const CONFIG: StrategyConfig = {
  kind: "z-score-reversion",
  instrumentY: 1,
  instrumentX: 2,
  intervalMs: 3_600_000,
  hedgeRatio: "formation",
  formation: { startMs: Date.UTC(2023, 0, 1), endMs: Date.UTC(2023, 6, 1) },
  trading: { startMs: Date.UTC(2023, 6, 1), endMs: Date.UTC(2024, 0, 1, 12, 30, 5) },
  ...STRATEGY_DEFAULTS,
};

function named(config: StrategyFormValues) {
  return { name: "A name", notes: "", config };
}

/** What the form says of settings, without the level that holds the name. */
async function errorsOf(values: StrategyFormValues) {
  const resolve = zodResolver(StrategyForm, { error: inputWords });
  const result = await resolve(named(values), undefined, {
    fields: {},
    shouldUseNativeValidation: false,
  });
  return result.errors.config;
}

test("a configuration comes back from the form as it went in", () => {
  expect(StrategyForm.parse(named(strategyFormValues(CONFIG))).config).toEqual(CONFIG);
});

describe("the form", () => {
  test("takes an empty stop and holding for none", () => {
    const values = { ...strategyFormValues(CONFIG), stopZScore: "", holdingMaxBars: " " };
    expect(StrategyForm.parse(named(values)).config).toMatchObject({
      stopZScore: null,
      holdingMaxBars: null,
    });
  });

  test("says in words that a field is empty, beside that field", async () => {
    const errors = await errorsOf({ ...strategyFormValues(CONFIG), notional: "" });
    expect(errors).toMatchObject({ notional: { message: "Fill in this field" } });
  });

  test("regression: of half a bar it said that the field was empty", async () => {
    const errors = await errorsOf({ ...strategyFormValues(CONFIG), zScoreWindowBars: "20.5" });
    expect(errors).toMatchObject({ zScoreWindowBars: { message: "Enter a whole number" } });
  });

  test("names the bound that a number breaks", async () => {
    const errors = await errorsOf({ ...strategyFormValues(CONFIG), zScoreWindowBars: "2" });
    expect(errors).toMatchObject({ zScoreWindowBars: { message: "At least 3" } });
  });

  test("puts an end before its start beside the end", async () => {
    const values = strategyFormValues(CONFIG);
    const errors = await errorsOf({
      ...values,
      formation: { startMs: values.formation.endMs, endMs: values.formation.startMs },
    });
    expect(errors).toMatchObject({
      formation: { endMs: { message: "The end must be after the start" } },
    });
  });

  test("refuses trading that starts inside the formation period", async () => {
    const values = strategyFormValues(CONFIG);
    const errors = await errorsOf({
      ...values,
      trading: { ...values.trading, startMs: Date.UTC(2023, 4, 1) },
    });
    expect(errors).toMatchObject({
      trading: { message: "Trading must start after the formation period has ended" },
    });
  });
});

const PLAIN_FIELDS = STRATEGY_FIELDS.filter((field) => field.kind !== "time");

test.each(PLAIN_FIELDS)("the bounds of $path are those of the schema", (field) => {
  // The cross-checks (exit below entry, …) speak up too; only the field's own bound is looked at here.
  const boundIssues = (value: number) => {
    const result = StrategyForm.safeParse(
      named({
        ...strategyFormValues(CONFIG),
        [field.path]: String(value),
      }),
    );
    const issues = result.success ? [] : result.error.issues;
    return issues.filter(({ code, path }) => code.startsWith("too_") && path[1] === field.path);
  };
  const min = field.min;
  if (min !== undefined) {
    expect(boundIssues(min)).toEqual([]);
    expect(boundIssues(min - 1)).toHaveLength(1);
  } else {
    expect(boundIssues(0)).toHaveLength(1);
  }
  if (field.max !== undefined) {
    expect(boundIssues(field.max)).toEqual([]);
    expect(boundIssues(field.max + 1)).toHaveLength(1);
  }
});

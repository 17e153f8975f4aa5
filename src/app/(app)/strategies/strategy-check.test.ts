import { describe, expect, test } from "vitest";
import type { GateModelView } from "#contracts/gate-model.ts";
import { StrategyConfig } from "#contracts/strategy.ts";
import { problemLabel } from "./field-labels.ts";
import { testConfig, testCoverage } from "./strategy.test-support.ts";
import { checkStrategy } from "./strategy-check.ts";
import { type StrategyFormValues, strategyFormValues } from "./strategy-form-values.ts";
import { blankStrategy } from "./strategy-prefill.ts";

const SERIES = [testCoverage(1), testCoverage(2), testCoverage(3)];
const VALUES = strategyFormValues(testConfig());

function problemsOf(
  config: StrategyFormValues,
  gates: readonly GateModelView[] = [],
): Record<string, string> {
  const values = { name: "A name", notes: "", tags: "", config };
  const { problems } = checkStrategy(values, SERIES, gates);
  return Object.fromEntries(problems.map(({ path, message }) => [path, message]));
}

function withParameters(typed: Readonly<Record<string, string | boolean>>): StrategyFormValues {
  return { ...VALUES, parameters: { ...VALUES.parameters, ...typed } };
}

test("a form without faults makes a strategy, with its tags apart", () => {
  const values = { name: " A name ", notes: "", tags: "Crypto, , daily", config: VALUES };
  const { problems, strategy, config } = checkStrategy(values, SERIES);
  expect(problems).toEqual([]);
  expect(strategy).toEqual({
    name: "A name",
    notes: "",
    tags: ["crypto", "daily"],
    config: testConfig(),
  });
  expect(config).toEqual(testConfig());
});

test("without a name there is no strategy, and still something to preview", () => {
  const check = checkStrategy({ name: "", notes: "", tags: "", config: VALUES }, SERIES);
  expect(check.problems).toEqual([
    { path: "name", message: "Give the strategy a name", isEmpty: true },
  ]);
  expect(check.strategy).toBeNull();
  expect(check.config).toEqual(testConfig());
});

describe("a fault is told beside its field", () => {
  const margin = { isOn: true, initialRate: "10", maintenanceRate: "20", liquidationFeeRate: "0" };
  const costs = (more: Partial<StrategyFormValues["costs"]>): StrategyFormValues => ({
    ...VALUES,
    costs: { ...VALUES.costs, ...more },
  });
  test.each([
    {
      name: "an empty number",
      values: withParameters({ entryZScore: "" }),
      problems: { "config.parameters.entryZScore": "Fill in this field" },
    },
    {
      name: "half a bar",
      values: withParameters({ zScoreWindowBars: "20.5" }),
      problems: { "config.parameters.zScoreWindowBars": "Must be a whole number" },
    },
    {
      name: "a bound of the kind",
      values: withParameters({ zScoreWindowBars: "2" }),
      problems: { "config.parameters.zScoreWindowBars": "Must be at least 3" },
    },
    {
      name: "a rule of the kind",
      values: withParameters({ exitZScore: "3", stopZScore: "" }),
      problems: { "config.parameters.exitZScore": "The exit must be below the entry" },
    },
    {
      name: "an amount of nothing",
      values: {
        ...VALUES,
        sizing: { ...VALUES.sizing, amount: { kind: "quote" as const, value: "0" } },
      },
      problems: { "config.sizing.amount.value": "Must be above 0" },
    },
    {
      name: "a bound in per cent",
      values: costs({ borrowRateAnnual: "2000" }),
      problems: { "config.costs.borrowRateAnnual": "At most 1,000" },
    },
    {
      name: "margin that cannot be",
      values: { ...VALUES, account: { ...VALUES.account, margin } },
      problems: {
        "config.account.margin.maintenanceRate": "Maintenance cannot ask for more than the entry",
      },
    },
    {
      name: "an end before its start",
      values: { ...VALUES, formation: { startMs: VALUES.formation.endMs, endMs: 0 } },
      problems: expect.objectContaining({
        "config.formation.endMs": "The end must be after the start",
      }),
    },
    {
      name: "trading inside the formation period",
      values: { ...VALUES, trading: { ...VALUES.trading, startMs: Date.UTC(2023, 4, 1) } },
      problems: {
        "config.trading": "Trading must start after the formation period has ended",
      },
    },
    {
      name: "one instrument as both legs",
      values: { ...VALUES, pairs: [{ y: "1", x: "1" }] },
      problems: { "config.pairs.0": "The two legs must be different instruments" },
    },
    {
      name: "a leg that is not chosen",
      values: { ...VALUES, pairs: [...VALUES.pairs, { y: "3", x: "" }] },
      problems: { "config.pairs.1.x": "Fill in this field" },
    },
    {
      name: "a pair that is there twice",
      values: { ...VALUES, pairs: [...VALUES.pairs, { y: "2", x: "1" }] },
      problems: { "config.pairs": "A pair is there twice" },
    },
    {
      name: "a row that is none",
      values: costs({ dividends: [{ instrumentId: "1", text: "2024-01-02, 1\nsoon, 1" }] }),
      problems: { "config.costs.dividends.0.text": "Row 2: “soon” is no time" },
    },
    {
      name: "dividends of nothing",
      values: costs({ dividends: [{ instrumentId: "", text: "" }] }),
      problems: {
        "config.costs.dividends.0.text": "Paste at least one row",
        "config.costs.dividends.0.instrumentId": "Fill in this field",
      },
    },
    {
      name: "dates without prices",
      values: { ...VALUES, trading: { ...VALUES.trading, endMs: Date.UTC(2026, 0, 1) } },
      problems: { "config.trading.endMs": "The prices of S1 and S2 end on 2024-12-31" },
    },
    {
      name: "regression: a stop that the slippage of the entry had reached",
      values: {
        ...costs({ slippage: { ...VALUES.costs.slippage, kind: "bps", slippageBps: "50" } }),
        protection: { stopLoss: "0.5", takeProfit: "" },
      },
      problems: {
        "config.protection.stopLoss":
          "Must be wider than the slippage of the entry, 0.5 %: it would act at once",
      },
    },
    {
      name: "regression: half of a quoted spread is a slippage as well",
      values: {
        ...costs({
          slippage: { ...VALUES.costs.slippage, kind: "half-spread", bidAskSpreadBps: "100" },
        }),
        protection: { stopLoss: "0.5", takeProfit: "" },
      },
      problems: {
        "config.protection.stopLoss":
          "Must be wider than the slippage of the entry, 0.5 %: it would act at once",
      },
    },
    {
      name: "regression: a limit that no short leg could reach",
      values: { ...VALUES, protection: { stopLoss: "", takeProfit: "100" } },
      problems: {
        "config.protection.takeProfit":
          "Must be below 100 %: the short leg of a pair can gain no more",
      },
    },
  ])("$name", ({ values, problems }) => {
    expect(problemsOf(values)).toEqual(problems);
  });
});

test("what is still empty in a new form is known to be empty", () => {
  const values = { name: "", notes: "", tags: "", config: blankStrategy() };
  const { problems } = checkStrategy(values, SERIES);
  expect(problems.every(({ isEmpty }) => isEmpty)).toBe(true);
  expect(problems.map(({ path }) => path)).toContain("config.pairs.0.y");
});

describe("regression: a gate that its model cannot be was called filled in", () => {
  const gateModel: GateModelView = {
    modelVersionId: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
    modelId: "6f9619ff-8b86-4d01-b42d-00cf4fc964fe",
    ...{ name: "Reverter", version: 1, stage: "draft", isDeleted: false },
    ...{ legs: 2, intervalMs: testConfig().intervalMs, learnedUntilMs: 0 },
    ...{ classCount: 2, subject: null },
  };
  const gate = (threshold: string): StrategyFormValues["gate"] => ({
    ...{ modelVersionId: gateModel.modelVersionId, mode: "approve", threshold },
  });
  const PROBABILITY = "Must be a probability, above 0 and at most 1: the model predicts classes";
  test.each([
    { typed: "0.5", model: gateModel, problems: {} },
    { typed: "5", model: gateModel, problems: { "config.gate.threshold": PROBABILITY } },
    { typed: "0", model: gateModel, problems: { "config.gate.threshold": PROBABILITY } },
    { typed: "", model: gateModel, problems: { "config.gate.threshold": "Fill in this field" } },
    { typed: "5", model: { ...gateModel, classCount: 0 }, problems: {} },
    {
      typed: "0.5",
      model: { ...gateModel, legs: 1 },
      problems: { "config.gate.modelVersionId": expect.stringContaining("single instruments") },
    },
  ])("threshold “$typed” of $model.legs legs, $model.classCount classes", (row) => {
    expect(problemsOf({ ...VALUES, gate: gate(row.typed) }, [row.model])).toEqual(row.problems);
  });
});

test("too few instruments of a kind for many are told at their list", () => {
  const values = strategyFormValues(testConfig("momentum-ranking"));
  expect(problemsOf({ ...values, instruments: [1] })).toEqual({
    "config.instruments": "Momentum ranking takes 2 to 1000 instruments",
  });
  expect(problemsOf({ ...values, instruments: [] })).toEqual({
    "config.instruments": "Choose instruments",
  });
});

test.each([
  { path: "config.parameters.entryZScore", label: "Entry" },
  { path: "config.account.initialEquity", label: "Initial equity" },
  { path: "config.pairs.1.x", label: "Pair 2, leg X" },
  { path: "config.costs.funding.rates.0.text", label: "Funding, list 1" },
  { path: "config.trading", label: "" },
])("the summary calls $path “$label”", ({ path, label }) => {
  expect(problemLabel(path, VALUES)).toBe(label);
});

test("a basket may wait for more than its price, and what was saved can be read", () => {
  const values = strategyFormValues(testConfig("momentum-ranking"));
  const protection = { stopLoss: "", takeProfit: "150" };
  expect(problemsOf({ ...values, protection })).toEqual({});
  const stored = { ...testConfig(), protection: { stopLoss: null, takeProfit: 2 } };
  expect(StrategyConfig.parse(stored)).toEqual(stored);
});

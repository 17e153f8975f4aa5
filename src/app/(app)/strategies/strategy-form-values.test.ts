import { describe, expect, test } from "vitest";
import { StrategyConfig } from "#contracts/strategy.ts";
import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { testConfig } from "./strategy.test-support.ts";
import { strategyCandidate, strategyFormValues, withKind } from "./strategy-form-values.ts";

const KINDS = Object.keys(STRATEGIES) as StrategyKind[];
const { costs, account } = testConfig();

function there(config: StrategyConfig): unknown {
  return strategyCandidate(strategyFormValues(config));
}

test.each(KINDS)("a configuration of %s comes back from the form as it went in", (kind) => {
  const config = testConfig(kind);
  expect(StrategyConfig.parse(config)).toEqual(config);
  expect(there(config)).toEqual(config);
});

const EVENTS = [
  { timeMs: Date.UTC(2024, 0, 2), value: 0.25 },
  { timeMs: Date.UTC(2024, 3, 2, 8), value: 1e-4 },
];

const VARIANTS: readonly { name: string; more: Partial<StrategyConfig> }[] = [
  {
    name: "several pairs",
    more: {
      books: [
        [1, 2],
        [3, 2],
      ],
    },
  },
  {
    name: "a share of both legs",
    more: { sizing: { kind: "hedge-weighted", amount: { kind: "equity-share", value: 0.07 } } },
  },
  {
    name: "the same worth in each leg",
    more: { sizing: { kind: "dollar-neutral", amount: { kind: "quote", value: 5_000 } } },
  },
  { name: "a fixed quantity", more: { sizing: { kind: "fixed-quantity", quantity: 0.5 } } },
  {
    name: "a volatility",
    more: {
      sizing: {
        kind: "volatility-target",
        volatilityAnnual: 0.155,
        windowBars: 60,
        notionalMax: { kind: "equity-share", value: 1.5 },
      },
      pricedAt: "fill",
    },
  },
  {
    name: "an account with every rule",
    more: {
      account: {
        initialEquity: 1_234.5,
        pairsMax: 3,
        grossExposureMax: 2.5,
        margin: { initialRate: 0.2, maintenanceRate: 0.1, liquidationFeeRate: 0.005 },
      },
    },
  },
  {
    name: "fees of the venue, half a spread, lots",
    more: {
      costs: {
        ...costs,
        fees: { kind: "venue" },
        slippage: { kind: "half-spread", bidAskSpreadBps: 3 },
        lots: "venue",
      },
    },
  },
  {
    name: "every cost of holding",
    more: {
      costs: {
        ...costs,
        slippage: { kind: "volume-share", impact: 0.1, shareMax: 0.025 },
        funding: { kind: "constant", rate: 0.0001, everyHours: 8 },
        borrowRateAnnual: 0.035,
        dividends: [{ instrumentId: 1, events: EVENTS }],
      },
    },
  },
  {
    name: "funding that was paid",
    more: {
      costs: {
        ...costs,
        funding: { kind: "series", rates: [{ instrumentId: 2, events: EVENTS }] },
      },
    },
  },
  {
    name: "a benchmark and a rate",
    more: { benchmarkInstrument: 7, riskFreeRateAnnual: -0.005, account },
  },
];

test.each(VARIANTS)("a configuration with $name comes back as it went in", ({ more }) => {
  const config = testConfig("z-score-reversion", more);
  expect(StrategyConfig.parse(config)).toEqual(config);
  expect(there(config)).toEqual(config);
});

describe("the form", () => {
  test("takes an empty optional setting for none", () => {
    const values = strategyFormValues(testConfig());
    const parameters = { ...values.parameters, stopZScore: " " };
    expect(strategyCandidate({ ...values, parameters }).parameters).toMatchObject({
      stopZScore: null,
    });
  });

  test("has the default of what nothing reads and is no number", () => {
    const values = strategyFormValues(testConfig());
    const parameters = { ...values.parameters, kalmanDelta: "", hedgeWindowBars: "100" };
    expect(strategyCandidate({ ...values, parameters }).parameters).toMatchObject({
      kalmanDelta: 1e-4,
      hedgeWindowBars: 100,
    });
  });

  test("keeps what was typed while another kind is looked at", () => {
    const values = strategyFormValues(testConfig());
    const typed = { ...values, parameters: { ...values.parameters, entryZScore: "3" } };
    const back = withKind(withKind(typed, "momentum-ranking"), "z-score-reversion");
    expect(back).toEqual({ ...typed, parameters: back.parameters });
    expect(strategyCandidate(back)).toEqual(strategyCandidate(typed));
  });
});

test.each([
  { stopLoss: 0.02, takeProfit: null },
  { stopLoss: null, takeProfit: 0.07 },
  { stopLoss: 0.015, takeProfit: 0.03 },
])("protective prices of $stopLoss and $takeProfit come back as they were", (protection) => {
  const config = StrategyConfig.parse({ ...testConfig(), protection });
  expect(there(config)).toEqual(config);
  expect(strategyFormValues(testConfig()).protection).toEqual({ stopLoss: "", takeProfit: "" });
});

test("a draft of a form that had no protective prices yet is read without them", () => {
  const { protection: _, ...before } = strategyFormValues(testConfig());
  const draft: ReturnType<typeof strategyFormValues> = JSON.parse(JSON.stringify(before));
  expect(strategyCandidate(draft)).toEqual(testConfig());
});

test.each(["binance-spot", "binance-usdm", "alpaca-equities"] as const)(
  "regression: the fees of %s could not be chosen",
  (venue) => {
    const config = testConfig();
    const costs = { ...config.costs, fees: { kind: "schedule" as const, venue } };
    const chosen = StrategyConfig.parse({ ...config, costs });
    expect(there(chosen)).toEqual(chosen);
  },
);

import { expect, test } from "vitest";
import { type HedgeChoice, PairAnalysisConfig } from "#contracts/pair-analysis.ts";
import {
  configOfFields,
  fieldsOfConfig,
  HEDGE_LABELS,
  WORKBENCH_KEYS,
  workbenchFields,
} from "./workbench-fields.ts";

const CONFIG: PairAnalysisConfig = {
  instrumentY: 1,
  instrumentX: 2,
  intervalMs: 3_600_000,
  window: { startMs: 0, endMs: 86_400_000 },
  prices: "level",
  hedge: { kind: "ols" },
  zScoreWindowBars: 30,
  testWindowBars: 100,
  costBps: 2.5,
  riskFreeBps: 0,
};

function hedgeOfKind(kind: string): HedgeChoice {
  if (kind === "rolling-ols") return { kind, windowBars: 90 };
  if (kind === "kalman") return { kind, delta: 1e-5, observationVariance: 0.02 };
  return PairAnalysisConfig.shape.hedge.parse({ kind });
}

test.each(Object.keys(HEDGE_LABELS))(
  "a question with the hedge %s survives the address",
  (kind) => {
    const config = { ...CONFIG, hedge: hedgeOfKind(kind) };
    const params = new URLSearchParams(fieldsOfConfig(config));
    const fields = workbenchFields((key) => params.get(key), null);
    expect(configOfFields(fields)).toEqual({ config, problems: null });
    expect(PairAnalysisConfig.parse(config)).toEqual(config);
  },
);

test("the address wins over the analysis that it names, and that over the defaults", () => {
  const params = new URLSearchParams("z=99");
  const fields = workbenchFields((key) => params.get(key), CONFIG);
  expect(fields).toMatchObject({ z: "99", test: "100", prices: "level" });
  expect(Object.keys(fields).sort()).toEqual([...WORKBENCH_KEYS].sort());
});

test.each([
  { change: { x: "1" }, field: "x" },
  { change: { y: "" }, field: "y" },
  { change: { to: "0" }, field: "to" },
  { change: { z: "2" }, field: "z" },
  { change: { z: "3.5" }, field: "z" },
  { change: { test: "" }, field: "test" },
  { change: { cost: "-1" }, field: "cost" },
  { change: { hedge: "magic" }, field: "hedge" },
  { change: { hedge: "rolling-ols", window: "x" }, field: "window" },
  { change: { hedge: "kalman", delta: "1" }, field: "delta" },
])("a problem is told at its field: $field", ({ change, field }) => {
  const { problems } = configOfFields({ ...fieldsOfConfig(CONFIG), ...change });
  expect(Object.keys(problems ?? {})).toEqual([field]);
});

test("a wrong number of a method that is not chosen does no harm", () => {
  expect(configOfFields({ ...fieldsOfConfig(CONFIG), delta: "nonsense" }).problems).toBeNull();
});

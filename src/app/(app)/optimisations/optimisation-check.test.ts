import { expect, test } from "vitest";
import { GATED_OPTIMISATION } from "#contracts/walk-forward-trials.ts";
import { defaultParameters } from "./default-parameters.test-support.ts";
import { checkOptimisation } from "./optimisation-check.ts";
import {
  type BaseParameters,
  initialOptimisation,
  type OptimisationFormValues,
  type ParameterFormValues,
} from "./optimisation-form-values.ts";

const KIND = "z-score-reversion";
const BASE: BaseParameters = defaultParameters(KIND);

function form(
  space: Readonly<Record<string, Partial<ParameterFormValues>>>,
  rest: Partial<OptimisationFormValues> = {},
): OptimisationFormValues {
  const initial = initialOptimisation(KIND, BASE);
  const changed = Object.entries(space).map(([name, typed]) => {
    const suggested = initial.space[name];
    if (suggested === undefined) throw new Error(`Invariant: ${name} is a parameter`);
    return [name, { ...suggested, isVaried: true, ...typed }] as const;
  });
  return { ...initial, ...rest, space: { ...initial.space, ...Object.fromEntries(changed) } };
}

const check = (values: OptimisationFormValues) =>
  checkOptimisation({ kind: KIND, parameters: BASE }, values);

test("suggested ranges hold the present value and stay within the bounds of the parameter", () => {
  const { space } = initialOptimisation(KIND, BASE);
  expect(space["zScoreWindowBars"]).toMatchObject({ from: "35", to: "85", step: "5" });
  expect(space["exitZScore"]).toMatchObject({ from: "0", to: "1.75", step: "0.25" });
});

test("what is ticked becomes ranges of the contract, and their product is counted", () => {
  const { config, combinations, problems } = check(
    form({ zScoreWindowBars: {}, entryZScore: { from: "1", to: "3", step: "0.5" } }),
  );
  expect(problems).toEqual([]);
  expect(combinations).toBe(55n);
  expect(config?.space).toEqual({
    zScoreWindowBars: { kind: "range", from: 35, to: 85, step: 5 },
    entryZScore: { kind: "range", from: 1, to: 3, step: 0.5 },
  });
});

test("regression: a strategy behind a model could be filled in, and was refused when it was started", () => {
  const strategy = { kind: KIND, parameters: BASE, gate: {} } as const;
  const { config, problems } = checkOptimisation(strategy, form({ zScoreWindowBars: {} }));
  expect(config).toBeNull();
  expect(problems).toEqual([{ path: "strategyVersionId", message: GATED_OPTIMISATION }]);
});

test("nothing ticked asks for a parameter", () => {
  expect(check(form({})).problems).toEqual([
    { path: "space", message: "Choose a parameter to vary" },
  ]);
});

test.each([
  { typed: { from: "" }, path: "space.entryZScore.from", message: "Fill in this field" },
  {
    typed: { from: "3", to: "2" },
    path: "space.entryZScore.to",
    message: "The end must not be below the start",
  },
  { typed: { step: "0" }, path: "space.entryZScore.step", message: "Must be above 0" },
  {
    typed: { by: "list" as const, list: "1, two" },
    path: "space.entryZScore.list",
    message: "“two” is no number",
  },
])("$typed is refused beside its field", ({ typed, path, message }) => {
  const { problems, config, combinations } = check(form({ entryZScore: typed }));
  expect(problems).toEqual([{ path, message }]);
  expect(config).toBeNull();
  expect(combinations).toBeNull();
});

test("a value that the parameter cannot take is refused at the parameter", () => {
  const { problems } = check(form({ entryZScore: { from: "0", to: "1", step: "0.5" } }));
  expect(problems).toHaveLength(1);
  expect(problems[0]?.path).toBe("space.entryZScore");
});

test("a grid that is too large is refused with its count, however large, and may be drawn from", () => {
  const large = {
    zScoreWindowBars: { from: "3", to: "1002", step: "1" },
    entryZScore: { from: "0.1", to: "10", step: "0.01" },
    stopZScore: { from: "10", to: "20", step: "0.01" },
  };
  const { problems, combinations, config } = check(form(large));
  expect(combinations).toBe(1_000n * 991n * 1_001n);
  expect(problems[0]?.path).toBe("space");
  expect(problems[0]?.message).toContain("991,991,000 combinations (991.9 million)");
  expect(config).toBeNull();
  const drawn = check(form(large, { method: { kind: "random", trials: "500", seed: "7" } }));
  expect(drawn.config?.method).toEqual({ kind: "random", trials: 500, seed: 7 });
});

test("a number that may be left out is tried without it as well", () => {
  const { config, combinations } = check(
    form({ stopZScore: { from: "3", to: "4", step: "0.5", alsoNone: true } }),
  );
  expect(config?.space["stopZScore"]).toEqual({ kind: "values", values: [3, 3.5, 4, null] });
  expect(combinations).toBe(4n);
});

test("choices and yes or no are lists", () => {
  const { config } = check(form({ hedgeMethod: { choices: { formation: true, rolling: false } } }));
  expect(config?.space["hedgeMethod"]).toEqual({ kind: "values", values: ["formation"] });
});

test("trials and least trades are checked beside their fields", () => {
  const values = form(
    { entryZScore: {} },
    { method: { kind: "tpe", trials: "5", seed: "" }, tradesMin: "1.5" },
  );
  expect(check(values).problems).toEqual([
    { path: "method.trials", message: "At least 10" },
    { path: "method.seed", message: "Fill in this field" },
    { path: "tradesMin", message: "Enter a whole number" },
  ]);
});

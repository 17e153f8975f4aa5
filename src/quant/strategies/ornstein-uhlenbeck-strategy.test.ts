import { describe, expect, test } from "vitest";
import { bertramReturnThresholds } from "../mean-reversion/bertram-thresholds.ts";
import { ornsteinUhlenbeck } from "../mean-reversion/ornstein-uhlenbeck.ts";
import { simpleOls } from "../stats/ols.ts";
import { createRandom } from "../synthetic/random.ts";
import {
  type OrnsteinUhlenbeckConfig,
  ornsteinUhlenbeckStrategy,
} from "./ornstein-uhlenbeck-strategy.ts";
import { defaultConfig } from "./parameter-values.ts";
import {
  cointegratedCloses,
  formationOf,
  sidesOf,
  stepsOver,
} from "./strategy-bars.test-support.ts";

const usual = defaultConfig(ornsteinUhlenbeckStrategy);
const fit = {
  hedgeRatio: 0,
  intercept: 0,
  mean: 0,
  stationaryDeviation: 1,
  halfLifeBars: 5,
  lower: -1,
  upper: 1,
};

function steps(change: Partial<OrnsteinUhlenbeckConfig>, spread: readonly number[]) {
  const closes = [spread.map(Math.exp), spread.map(() => 1)];
  return stepsOver(ornsteinUhlenbeckStrategy, { ...usual, ...change }, fit, closes);
}

describe("ornsteinUhlenbeckStrategy by hand", () => {
  test.each([
    { name: "waits between the thresholds", change: {}, s: [0, 0.9, -0.9], is: "..." },
    { name: "is long from the lower to the upper", change: {}, s: [-1.1, 0, 0.9], is: "LLL" },
    { name: "turns round at the other threshold", change: {}, s: [-1.1, 1.1, -1.1], is: "LSL" },
    {
      name: "rests at the other threshold when long only",
      change: { sides: "long-only" },
      s: [1.1, -1.1, 0, 1.1],
      is: ".LL.",
    },
    {
      name: "gives up at the stop and waits for the mean",
      change: { stopDeviations: 2 },
      s: [-1.1, -2.1, -1.1, 0.1, -1.1],
      is: "L...L",
    },
    {
      name: "does not enter beyond the stop",
      change: { stopDeviations: 2 },
      s: [-2.1, 2.1],
      is: "..",
    },
    {
      name: "rests instead of turning beyond the stop",
      change: { stopDeviations: 2 },
      s: [-1.1, 2.1],
      is: "L.",
    },
    {
      name: "gives up after the longest holding, also in a gap",
      change: { holdingMaxBars: 2 },
      s: [-1.1, -1, Number.NaN, -1.1],
      is: "LL..",
    },
    { name: "holds through a gap", change: {}, s: [-1.1, Number.NaN, 0], is: "LLL" },
  ] as const)("$name", ({ change, s, is }) => {
    expect(sidesOf(steps(change, s))).toBe(is);
  });

  test("tells turning round an entry and resting an exit", () => {
    expect(steps({}, [-1.1, 1.1]).map(({ reason }) => reason)).toEqual(["entry", "entry"]);
    expect(steps({ sides: "long-only" }, [-1.1, 1.1]).map(({ reason }) => reason)).toEqual([
      "entry",
      "exit",
    ]);
  });
});

describe("the fit", () => {
  const closes = cointegratedCloses(2, 500);

  test("is Bertram's thresholds of the process of the residual", () => {
    const [y = [], x = []] = closes;
    const line = simpleOls(Float64Array.from(y, Math.log), Float64Array.from(x, Math.log));
    const process = ornsteinUhlenbeck(line.residuals, 1);
    if (process.kind === "refused") throw new Error(process.reason);
    const thresholds = bertramReturnThresholds({ ...process, cost: 0.002 });
    expect(ornsteinUhlenbeckStrategy.fit(usual, formationOf(closes))).toMatchObject({
      kind: "fitted",
      fit: {
        hedgeRatio: line.slope,
        mean: process.theta,
        lower: thresholds.entry,
        upper: thresholds.exit,
      },
    });
  });

  test("waits for larger deviations when trading is dearer", () => {
    const widths = [5, 20, 80].map((roundTripCostBps) => {
      const outcome = ornsteinUhlenbeckStrategy.fit(
        { ...usual, roundTripCostBps, stopDeviations: null },
        formationOf(closes),
      );
      return outcome.kind === "fitted" ? outcome.fit.upper - outcome.fit.lower : 0;
    });
    expect(widths[0]).toBeGreaterThan(0);
    expect(widths[1]).toBeGreaterThan(widths[0] ?? 0);
    expect(widths[2]).toBeGreaterThan(widths[1] ?? 0);
  });

  test("refuses thresholds beyond the stop", () => {
    const config = { ...usual, roundTripCostBps: 1000, stopDeviations: 2 };
    expect(ornsteinUhlenbeckStrategy.fit(config, formationOf(closes))).toMatchObject({
      code: "no-profitable-thresholds",
    });
  });

  test("refuses a spread that overshoots its mean on every bar", () => {
    const random = createRandom(1);
    const x = Array.from({ length: 60 }, () => Math.exp(random.gaussian()));
    const y = x.map((price, i) => price * Math.exp((i % 2 === 0 ? 1 : -1) * 0.1));
    expect(ornsteinUhlenbeckStrategy.fit(usual, formationOf([y, x]))).toMatchObject({
      code: "no-mean-reversion",
    });
  });
});

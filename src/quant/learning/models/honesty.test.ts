// What learners find where there is nothing, and where there is something. The numbers of false discoveries are those
// of seeded pairs, so that they are the same every time. Every learner is there, small enough for a test;
// `npm run bench -- learning` holds them to the same in their usual sizes.
import { describe, expect, test } from "vitest";
import { type Asked, beating, FOUND_MAX } from "./honesty.test-support.ts";

const NETWORK = { lengthBars: 8, units: 4, epochs: 3 };

const CLASSIFIERS: Asked = {
  task: "classification",
  models: {
    logistic: {},
    neighbours: {},
    "decision-tree": {},
    "random-forest": { treeCount: 5 },
    "gradient-boosting": { rounds: 10 },
    gru: NETWORK,
    lstm: NETWORK,
  },
};
const REGRESSIONS: Asked = {
  task: "regression",
  models: {
    linear: {},
    ridge: {},
    neighbours: {},
    "decision-tree": {},
    "random-forest": { treeCount: 5 },
    "gradient-boosting": { rounds: 10 },
    arima: { orderMax: 1, isDifferenced: false },
    rlrt: {},
    gru: NETWORK,
    lstm: NETWORK,
  },
};

describe.each([CLASSIFIERS, REGRESSIONS])("verdicts of a $task", (asked) => {
  test("on 200 pairs of random walks some model beats its baselines in no more than the level allows", () => {
    let found = 0;
    for (let seed = 1; seed <= 200; seed++) {
      found += beating({ seed, strength: 0 }, asked).length > 0 ? 1 : 0;
    }
    expect(found).toBeLessThanOrEqual(FOUND_MAX);
  });

  test("where volume tells the next change, it is found", () => {
    let found = 0;
    for (let seed = 1; seed <= 20; seed++) {
      found += beating({ seed, strength: 1.2 }, asked).length > 0 ? 1 : 0;
    }
    expect(found).toBeGreaterThanOrEqual(18);
  });
});

import { type Asked, beating, FOUND_MAX } from "#quant/learning/models/honesty.test-support.ts";
import { atMost, type Figure } from "./figure.ts";

const PAIRS = 200;

/** Every learner of each task; networks of fewer rounds than usual, which is all the rows there are bear. */
const ASKED: readonly Asked[] = [
  {
    task: "classification",
    models: {
      logistic: {},
      neighbours: {},
      "decision-tree": {},
      "random-forest": {},
      "gradient-boosting": {},
      gru: { epochs: 5 },
      lstm: { epochs: 5 },
    },
  },
  {
    task: "regression",
    models: {
      linear: {},
      ridge: {},
      neighbours: {},
      "decision-tree": {},
      "random-forest": {},
      "gradient-boosting": {},
      arima: {},
      rlrt: {},
      gru: { epochs: 5 },
      lstm: { epochs: 5 },
    },
  },
];

/** On how many pairs of random walks any learner at all is said to beat "nothing". */
export function learningHonesty(): readonly Figure[] {
  return ASKED.map((asked) => {
    let found = 0;
    for (let seed = 1; seed <= PAIRS; seed++) {
      if (beating({ seed, strength: 0 }, asked).length > 0) found += 1;
    }
    const count = Object.keys(asked.models).length;
    return atMost(
      `${PAIRS} pairs of random walks, ${asked.task}, ${count} learners: pairs on which one is said to beat its baselines`,
      found,
      FOUND_MAX,
      "pairs",
    );
  });
}

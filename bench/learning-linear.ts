import { logisticProbabilities, trainLogistic } from "#quant/learning/linear/logistic-model.ts";
import { trainNeighbours } from "#quant/learning/neighbours/neighbours-model.ts";
import { neighboursProbabilities } from "#quant/learning/neighbours/neighbours-predictions.ts";
import { type TrainingData, tableRows, valuesAt } from "#quant/learning/training-data.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { atMost, type Figure, observed } from "./figure.ts";
import { timing } from "./stopwatch.ts";

const ROWS = 16_000;
const QUERIES = 4_000;
const FEATURES = 30;
const NEIGHBOURS = 5;

/** Linear models and nearest neighbours, on one core. */
export function learningLinear(): readonly Figure[] {
  return [...logistic(), ...neighbours()];
}

function logistic(): readonly Figure[] {
  const { train, test } = split(2);
  const three = split(3);
  const settings = { penalty: 1 };
  let model = trainLogistic(train, settings, { seed: 1 });
  const { best, median } = timing(() => {
    model = trainLogistic(train, settings, { seed: 1 });
  }, 12);
  const multinomial = timing(() => trainLogistic(three.train, settings, { seed: 1 }), 4);
  const one = tableRows(test.table, Int32Array.of(0));
  const prediction = timing(() => logisticProbabilities(model, one), 12, 1000);
  return [
    atMost("logistic regression, 16,000 × 30, two classes", best, 0.2, "s"),
    observed("logistic regression, median", median, "s"),
    observed("logistic regression, three classes", multinomial.best, "s"),
    observed("logistic regression, prediction of one row", prediction.best * 1e6, "µs"),
    observed(
      "logistic regression, accuracy on rows not seen",
      accuracy(logisticProbabilities(model, test.table), test.target),
      "",
    ),
  ];
}

function neighbours(): readonly Figure[] {
  const { train, test } = split(2);
  const settings = { neighbours: NEIGHBOURS, weighting: "uniform" } as const;
  const model = trainNeighbours(train, settings, { seed: 1 });
  let probabilities: Float64Array = new Float64Array(0);
  const { best, median } = timing(() => {
    probabilities = neighboursProbabilities(model, test.table);
  }, 4);
  return [
    atMost("5 nearest neighbours, 4,000 of 16,000 × 30", best, 3, "s"),
    observed("5 nearest neighbours, median", median, "s"),
    observed(
      "5 nearest neighbours, accuracy on rows not seen",
      accuracy(probabilities, test.target),
      "",
    ),
  ];
}

/** Normal features, ten of which move the classes by a plane and two by their product; a tenth is noise. */
function split(classCount: number): { readonly train: TrainingData; readonly test: TrainingData } {
  const { gaussian, uniform } = createRandom(7);
  const n = ROWS + QUERIES;
  const columns = Array.from({ length: FEATURES }, () =>
    Float64Array.from({ length: n }, gaussian),
  );
  const target = Float64Array.from({ length: n }, (_, i) => {
    if (uniform() < 0.1) return Math.floor(uniform() * classCount);
    const value = (j: number): number => columns[j]?.[i] ?? 0;
    let score = 2 * value(10) * value(11);
    for (let j = 0; j < 10; j++) score += (j % 2 === 0 ? 0.7 : -0.7) * value(j);
    return Math.min(Math.max(Math.floor(score / 2 + classCount / 2), 0), classCount - 1);
  });
  const names = columns.map((_, j) => `x${j}`);
  const whole = { names, columns, rowCount: n };
  const cut = (from: number, to: number): TrainingData => {
    const rows = Int32Array.from({ length: to - from }, (_, i) => from + i);
    return {
      table: tableRows(whole, rows),
      target: valuesAt(target, rows),
      classCount,
      weights: null,
    };
  };
  return { train: cut(0, ROWS), test: cut(ROWS, n) };
}

/** Share of two-class rows whose likelier class is theirs. */
function accuracy(probabilities: Float64Array, target: Float64Array): number {
  const right = target.reduce((count, value, i) => {
    const predicted = (probabilities[2 * i + 1] ?? 0) >= 0.5 ? 1 : 0;
    return predicted === value ? count + 1 : count;
  }, 0);
  return right / target.length;
}

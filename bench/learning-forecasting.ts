import { arimaForecasts } from "#quant/learning/forecasting/arima-forecasts.ts";
import { arimaByAic } from "#quant/learning/forecasting/arima-search.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { atMost, type Figure, observed } from "./figure.ts";
import { timing } from "./stopwatch.ts";
import { walks } from "./walks.ts";

const BARS = 1_000;
const RUNS = 12;
const FORECAST_BARS = 1_000_000;

/** The order search of the published comparison on series that ask for it differently, on one core. */
export function learningForecasting(): readonly Figure[] {
  const [walk] = walks(1, BARS);
  if (walk === undefined) throw new Error("Invariant: there is a walk");
  const settings = { orderMax: 2, differences: [0, 1], comparison: "own-values" } as const;
  const cases = [
    { name: "a spread with a half-life of 20 bars", series: reverting(BARS), limit: 1 },
    { name: "a walk", series: walk, limit: 1 },
  ];
  const figures = cases.flatMap(({ name, series, limit }) => {
    const label = `ARIMA by AIC, 18 models, ${BARS} bars of ${name}`;
    const { best, median } = timing(() => arimaByAic(series, settings), RUNS);
    return [atMost(label, best, limit, "s"), observed(`${label}, median`, median, "s")];
  });
  return [...figures, frozenForecasts()];
}

/** One forecast a bar over a long history, parameters frozen. */
function frozenForecasts(): Figure {
  const series = reverting(FORECAST_BARS);
  const { model } = arimaByAic(series.subarray(0, BARS), {
    orderMax: 1,
    differences: [0],
    comparison: "own-values",
  });
  if (model === null) throw new Error("Invariant: there is a model of noise");
  const { best } = timing(() => arimaForecasts(model, series, 3), RUNS);
  return observed(
    `ARIMA(${model.order.p}, 0, ${model.order.q}) forecasts, 1,000,000 bars`,
    best,
    "s",
  );
}

/** Reversion seen through a little noise. */
function reverting(bars: number): Float64Array {
  const { gaussian } = createRandom(3);
  const decay = 2 ** (-1 / 20);
  let level = 0;
  return Float64Array.from({ length: bars }, () => {
    level = decay * level + 0.006 * gaussian();
    return level + 0.002 * gaussian();
  });
}

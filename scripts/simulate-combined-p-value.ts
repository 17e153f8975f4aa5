// Simulates the law of the smaller Engle–Granger p-value of both directions under two independent
// random walks, from which src/quant/cointegration/combined-p-value-table.ts is made. Prints one
// JSON object: the quantiles of that smaller p-value, by number of bars.
//
// use: node scripts/simulate-combined-p-value.ts TREND BARS PAIRS [LAGS] [SEED]
// TREND c or ct; LAGS aic (default), bic, t-stat, or one of these with its largest lag, as aic:4;
// fixed:8 for eight lags, fixed for one
import process from "node:process";
import { engleGranger } from "#quant/cointegration/engle-granger.ts";
import type { LagOption } from "#quant/cointegration/lag-selection.ts";
import { createRandom } from "#quant/synthetic/random.ts";

const PROBABILITIES = [
  0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2,
  0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99,
];

const trend = process.argv[2] === "ct" ? "ct" : "c";
const bars = Number(process.argv[3]);
const pairs = Number(process.argv[4]);
const criterion = process.argv[5] ?? "aic";
const seed = Number(process.argv[6] ?? 20260102);

function lagsOf(text: string): LagOption {
  const [kind, count] = text.split(":");
  if (kind === "aic" || kind === "bic" || kind === "t-stat") {
    return count === undefined ? { kind } : { kind, lagsMax: Number(count) };
  }
  return { kind: "fixed", lags: Number(count ?? 1) };
}

const lags = lagsOf(criterion);
const random = createRandom(seed, bars);
const walk = (): Float64Array => {
  let level = 0;
  return Float64Array.from({ length: bars }, () => {
    level += random.gaussian();
    return level;
  });
};

const smaller = new Float64Array(pairs);
for (let pair = 0; pair < pairs; pair++) {
  const y = walk();
  const x = walk();
  const yOnX = engleGranger(y, x, { trend, lags }).pValue;
  const xOnY = engleGranger(x, y, { trend, lags }).pValue;
  smaller[pair] = Math.min(yOnX, xOnY);
}
smaller.sort();
const quantiles = PROBABILITIES.map((probability) => {
  const position = probability * pairs - 0.5;
  const below = Math.floor(position);
  const lower = smaller[below] ?? 0;
  const upper = smaller[below + 1] ?? 1;
  return Number((lower + (position - below) * (upper - lower)).toPrecision(5));
});
console.info(
  JSON.stringify({ trend, criterion, bars, pairs, seed, probabilities: PROBABILITIES, quantiles }),
);

// The published comparison on the prices that it was made with. The data is not part of the project; without it
// these tests are skipped.
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  HAS_REAL_PRICES,
  readTable,
  sayWhatIsSkipped,
} from "../../cointegration/real-prices.test-support.ts";
import { createRandom } from "../../synthetic/random.ts";
import {
  PUBLISHED_MODELS,
  type PublishedModel,
  publishedForecast,
  publishedSpread,
} from "./published-comparison.ts";

const isAbsent = !(
  HAS_REAL_PRICES && existsSync(new URL("../../../../../shared/golden/thesis/", import.meta.url))
);

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe.skipIf(isAbsent)("on the published pairs", () => {
  test("RLRT is right in 83.6 % by the published definition and in 41.7 % against the last value", () => {
    const [header = [], ...rows] = readTable("equities/thesis-etf-close-2023.csv.gz");
    const closes = new Map(
      header
        .slice(1)
        .map(
          (symbol, j) => [symbol, Float64Array.from(rows, (row) => Number(row[j + 1]))] as const,
        ),
    );
    const [names = [], ...pairs] = readTable("../golden/thesis/published-rlrt-results.csv");
    expect(pairs).toHaveLength(19);
    const said = pairs.map((pair) => {
      const [x, y] = (pair[names.indexOf("Name")] ?? "").split(" and ");
      const [closesX, closesY] = [closes.get(x ?? ""), closes.get(y ?? "")];
      if (closesX === undefined || closesY === undefined)
        throw new Error(`no closes of ${x}, ${y}`);
      const { wholeSpan } = publishedForecast(publishedSpread({ x: closesX, y: closesY }), "rlrt", {
        seed: 1,
      });
      if (wholeSpan === null) throw new Error("RLRT is scored on the whole span");
      return wholeSpan;
    });
    expect(mean(said.map(({ published }) => published ?? Number.NaN))).toBeCloseTo(0.836, 3);
    expect(mean(said.map(({ againstLast }) => againstLast ?? Number.NaN))).toBeCloseTo(0.417, 3);
    expect(mean(said.map((one) => one.publishedAtBest ?? Number.NaN))).toBeCloseTo(0.849, 3);
    expect(mean(said.map((one) => one.againstLastAtBest ?? Number.NaN))).toBeCloseTo(0.429, 3);
  });
});

sayWhatIsSkipped();

describe("publishedForecast", () => {
  const random = createRandom(11);
  let walk = 100;
  let gap = 0;
  const x = Float64Array.from({ length: 120 }, () => {
    walk += random.gaussian();
    return walk;
  });
  const y = x.map((price) => {
    gap = 0.9 * gap + random.gaussian();
    return 5 + 1.2 * price + gap;
  });
  const spread = publishedSpread({ y, x });

  test.each(
    Object.keys(PUBLISHED_MODELS).filter(
      (model): model is PublishedModel => model in PUBLISHED_MODELS,
    ),
  )("%s forecasts every bar of the last fifth, each from the bars before it", (model) => {
    const said = publishedForecast(spread, model, { seed: 5 }).forecasts;
    expect(said.findIndex(Number.isFinite)).toBe(spread.testFrom);
    expect(said.subarray(spread.testFrom).every(Number.isFinite)).toBe(true);
    const changed = { ...spread, scaled: spread.scaled.slice() };
    changed.scaled.fill(0.5, 110);
    const other = publishedForecast(changed, model, { seed: 5 }).forecasts;
    expect(other.subarray(0, 111)).toEqual(said.subarray(0, 111));
  });

  test("is refused on a span of hardly any bars", () => {
    expect(() => publishedSpread({ y: y.slice(0, 50), x: x.slice(0, 50) })).toThrow(/60/);
  });
});

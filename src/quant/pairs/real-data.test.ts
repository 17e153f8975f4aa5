// The funnel on 214 exchange-traded funds against published results. The data is not part of the
// project; without it the tests are skipped.
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { expectWithin } from "../golden/load-golden.test-support.ts";
import { candidateColumnsOf } from "./candidate-columns.test-support.ts";
import { candidatePairs } from "./candidate-pairs.ts";
import { clusterUniverse } from "./cluster-universe.ts";
import { dataQuality, qualityReason } from "./data-quality.ts";
import { judgeCandidates } from "./judge-candidates.ts";
import { naiveScreen } from "./naive-screen.ts";

const pricesFile = new URL(
  "../../../../shared/data/equities/thesis-etf-close-2019-2022.csv.gz",
  import.meta.url,
);
const statisticsFile = new URL(
  "../../../../shared/golden/thesis/candidate-pair-statistics.csv",
  import.meta.url,
);
const isAbsent = !(existsSync(pricesFile) && existsSync(statisticsFile));

const BOUNDS = {
  requiresJohansen: false,
  hurstMax: 0.5,
  halfLifeBarsMax: 260,
  correlationMin: null,
};
const THESIS = { kind: "optics", components: 5, minSamples: 3, epsMax: 5, xi: 0.05 } as const;
const SERVICE = { kind: "optics", components: 5, minSamples: 5, epsMax: 10, xi: 0.1 } as const;

type Universe = { readonly symbols: readonly string[]; readonly prices: readonly Float64Array[] };

function readUniverse(): Universe {
  const [header = "", ...lines] = gunzipSync(readFileSync(pricesFile))
    .toString("utf8")
    .trim()
    .split("\n");
  const rows = lines.map((line) => line.split(",").slice(1));
  const all = header
    .split(",")
    .slice(1)
    .map((symbol, j) => ({
      symbol,
      prices: Float64Array.from(rows, (row) => Number(row[j]?.trim() || Number.NaN)),
    }));
  const kept = all.filter(
    ({ prices }) =>
      qualityReason(dataQuality(prices), { missingShareMax: 0, frozenShareMax: 1 }) === null,
  );
  return { symbols: kept.map(({ symbol }) => symbol), prices: kept.map(({ prices }) => prices) };
}

describe.skipIf(isAbsent)("the funnel on 214 funds", () => {
  const { symbols, prices } = isAbsent ? { symbols: [], prices: [] } : readUniverse();

  test.each([
    {
      name: "thesis",
      clustering: THESIS,
      bounds: { ...BOUNDS, significance: 0.1, meanCrossingsMin: 48 },
      clusters: 22,
      assigned: 92,
      candidates: 166,
      passed: 19,
    },
    {
      name: "service",
      clustering: SERVICE,
      bounds: { ...BOUNDS, significance: 0.05, meanCrossingsMin: 12 },
      clusters: 6,
      assigned: 71,
      candidates: 804,
      passed: 85,
    },
  ])("has the published counts with the settings of $name", (row) => {
    expect(prices).toHaveLength(214);
    const { labels, clusterCount, map } = clusterUniverse(prices, row.clustering, { seed: 1 });
    expect(clusterCount).toBe(row.clusters);
    expect(labels.filter((label) => label >= 0)).toHaveLength(row.assigned);
    expect(map?.tsne).toHaveLength(2 * 214);
    const ratios = [0.66434865, 0.08302953, 0.0317344, 0.02497835, 0.02058704];
    for (const [i, ratio] of ratios.entries()) {
      expectWithin(`ratio ${i}`, map!.explainedVarianceRatio[i]!, ratio, { rtol: 0, atol: 5.1e-9 });
    }
    const pairs = candidatePairs(labels);
    expect(pairs).toHaveLength(2 * row.candidates);
    const figures = Array.from({ length: row.candidates }, (_, k) =>
      naiveScreen(prices[pairs[2 * k + 1]!]!, prices[pairs[2 * k]!]!, { lags: { kind: "aic" } }),
    );
    const candidates = {
      columns: candidateColumnsOf(figures),
      pairs,
      integrationOrderOf: new Map(),
    };
    const { rank } = judgeCandidates(candidates, row.bounds, "none");
    expect(rank.filter((position) => position > 0)).toHaveLength(row.passed);
  });

  test("has all published numbers of every candidate", () => {
    const [, ...lines] = readFileSync(statisticsFile, "utf8").trim().split("\n");
    expect(lines).toHaveLength(159);
    const priceOf = new Map(symbols.map((symbol, i) => [symbol, prices[i]!]));
    const { labels } = clusterUniverse(prices, THESIS, { seed: 1 });
    const labelOf = new Map(symbols.map((symbol, i) => [symbol, labels[i]!]));
    for (const line of lines) {
      const [, slope, intercept, p, hurst, halfLife, crossings, pair = ""] = line.split(",");
      const [first = "", second = ""] = pair.split("/");
      expect(labelOf.get(first)).toBe(labelOf.get(second));
      const figures = naiveScreen(priceOf.get(second)!, priceOf.get(first)!, {
        lags: { kind: "aic" },
      });
      const within = (name: string, actual: number | null, expected: string | undefined) =>
        expectWithin(`${pair} ${name}`, actual ?? Number.NaN, Number(expected), {
          rtol: 1e-7,
          atol: 1e-9,
        });
      within("slope", figures.hedgeRatio, slope);
      within("intercept", figures.intercept, intercept);
      within("p", figures.pValue, p);
      within("H", figures.hurst, hurst);
      within("half-life", figures.halfLifeBars, halfLife);
      expect(figures.meanCrossings).toBe(Number(crossings));
    }
  });
});

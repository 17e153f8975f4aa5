import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { expectWithin } from "../golden/load-golden.test-support.ts";
import { matrixFromRows } from "../linalg/matrix.ts";
import { optics } from "./optics.ts";
import { principalComponents } from "./principal-components.ts";
import { standardise } from "./standardise.ts";

const file = new URL(
  "../../../../shared/data/equities/thesis-etf-close-2019-2022.csv.gz",
  import.meta.url,
);

/** Simple returns of the instruments without a missing close: bars × instruments. */
function completeReturns(): readonly (readonly number[])[] {
  const [, ...lines] = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
  const closes = lines.map((line) =>
    line
      .split(",")
      .slice(1)
      .map((cell) => (cell.trim() === "" ? Number.NaN : Number(cell))),
  );
  const complete = closes[0]!.flatMap((_, j) =>
    closes.every((row) => Number.isFinite(row[j])) ? [j] : [],
  );
  return closes.slice(1).map((row, t) => complete.map((j) => row[j]! / closes[t]![j]! - 1));
}

describe.skipIf(!existsSync(file))("clusters of 214 exchange-traded funds", () => {
  const returns = existsSync(file) ? completeReturns() : [[0]];

  const published = [
    { name: "thesis", minSamples: 3, epsMax: 5, xi: 0.05, clusters: 22, assigned: 92, pairs: 166 },
    { name: "service", minSamples: 5, epsMax: 10, xi: 0.1, clusters: 6, assigned: 71, pairs: 804 },
  ];
  test.each(published)("are those of the preset $name", (preset) => {
    const { components, explainedVarianceRatio } = principalComponents(matrixFromRows(returns), {
      components: 5,
    });
    const ratios = [0.66434865, 0.08302953, 0.0317344, 0.02497835, 0.02058704];
    ratios.forEach((ratio, i) => {
      expectWithin(`ratio ${i}`, explainedVarianceRatio[i]!, ratio, { rtol: 0, atol: 5.1e-9 });
    });
    const p = components.columns;
    expect(p).toBe(214);
    const loadings = Array.from({ length: p }, (_, j) =>
      Array.from({ length: 5 }, (_, i) => components.values[i * p + j]!),
    );
    const { minSamples, epsMax, xi } = preset;
    const { labels } = optics(standardise(matrixFromRows(loadings)).matrix, {
      minSamples,
      epsMax,
      extraction: { method: "xi", xi },
    });
    const sizes = Array.from({ length: preset.clusters }, (_, label) =>
      labels.reduce((count, own) => count + (own === label ? 1 : 0), 0),
    );
    expect(Math.max(...labels) + 1).toBe(preset.clusters);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(preset.assigned);
    expect(sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)).toBe(preset.pairs);
  });
});

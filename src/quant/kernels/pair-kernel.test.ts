import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { randomWalk } from "../golden/load-golden.test-support.ts";
import { builtPairKernel } from "./built-pair-kernel.test-support.ts";
import { KERNEL_INPUT, type PairKernel } from "./pair-kernel.ts";
import { createPlainPairKernel } from "./plain-pair-kernel.ts";
import { seriesMoments } from "./series-moments.ts";

let compiled: PairKernel;
beforeAll(async () => {
  compiled = await builtPairKernel();
});

type Pair = { readonly y: Float64Array; readonly x: Float64Array };

/** Two walks that share a part of their way, so that both cointegrated and other pairs come up. */
function pairOfWalks(bars: number, seed: number, share: number): Pair {
  const own = randomWalk(bars, 3 * seed);
  const common = randomWalk(bars, 3 * seed + 1);
  const noise = randomWalk(bars + 1, 3 * seed + 2);
  return {
    y: own.map((value, i) => (1 - share) * value + share * common[i]! + noise[i + 1]! - noise[i]!),
    x: common,
  };
}

function runOn(kernel: PairKernel, pair: Pair, lags: number, isSearched: boolean): number[] {
  const bars = pair.y.length;
  const memory = kernel.reserve(bars, lags);
  memory.y.set(pair.y);
  memory.x.set(pair.x);
  const y = seriesMoments(pair.y);
  const x = seriesMoments(pair.x);
  memory.inputs[KERNEL_INPUT.meanY] = y.mean;
  memory.inputs[KERNEL_INPUT.meanX] = x.mean;
  memory.inputs[KERNEL_INPUT.squaresY] = y.squares;
  memory.inputs[KERNEL_INPUT.squaresX] = x.squares;
  for (let j = 0; j <= lags; j++) memory.penalties[j] = Math.exp((2 * j) / (bars - 1 - lags));
  return kernel.run(bars, lags, isSearched) ? [...memory.answers] : [];
}

describe("the compiled kernel", () => {
  test("agrees with the plain one to the bit, whatever the parity of bars and lags", () => {
    const inputs = fc.record({
      bars: fc.integer({ min: 40, max: 400 }),
      lags: fc.integer({ min: 0, max: 18 }),
      seed: fc.integer({ min: 0, max: 1e6 }),
      share: fc.constantFrom(0, 0.5, 1),
      isSearched: fc.boolean(),
    });
    const plain = createPlainPairKernel();
    let answered = 0;
    fc.assert(
      fc.property(inputs, ({ bars, lags, seed, share, isSearched }) => {
        const pair = pairOfWalks(bars, seed, share);
        const answers = runOn(plain, pair, lags, isSearched);
        expect(runOn(compiled, pair, lags, isSearched)).toEqual(answers);
        if (answers.length > 0) answered++;
      }),
      { numRuns: 300 },
    );
    expect(answered).toBeGreaterThan(250);
  });

  test("grows for a pair longer than what it has room for at first", () => {
    const pair = pairOfWalks(9_001, 5, 0.5);
    const answers = runOn(createPlainPairKernel(), pair, 70, true);
    expect(answers).not.toEqual([]);
    expect(runOn(compiled, pair, 70, true)).toEqual(answers);
  });

  test("declines a pair of copies, as the plain one does", () => {
    const walk = randomWalk(100, 1);
    const pair = { y: walk, x: walk.map((value) => 2 * value + 1) };
    expect(runOn(compiled, pair, 5, true)).toEqual([]);
    expect(runOn(createPlainPairKernel(), pair, 5, true)).toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  stepZScoreReversion,
  ZSCORE_REVERSION_START,
  type ZScoreReversionConfig,
} from "./z-score-reversion.ts";

const plain: ZScoreReversionConfig = {
  entryZScore: 2,
  exitZScore: 0.5,
  stopZScore: null,
  holdingMaxBars: null,
};

/**
 * One letter a bar: L, S, dot for flat; the reason of an exit stands for the flat bar it leads to.
 */
function trace(config: ZScoreReversionConfig, zScores: readonly number[]): string {
  let state = ZSCORE_REVERSION_START;
  return zScores
    .map((zScore) => {
      const step = stepZScoreReversion(config, state, { zScore });
      state = step.state;
      if (step.exitReason !== null) return step.exitReason[0];
      return { long: "L", short: "S", flat: "." }[step.target];
    })
    .join("");
}

describe("stepZScoreReversion", () => {
  const stopped = { ...plain, stopZScore: 3 };
  const limited = { ...plain, holdingMaxBars: 2 };
  const rows = [
    { name: "stays flat inside the entry thresholds", config: plain, z: [0, 1.9, -1.9], is: "..." },
    { name: "enters at the threshold itself", config: plain, z: [2], is: "S" },
    { name: "goes long below −entry", config: plain, z: [-2.5], is: "L" },
    { name: "leaves a short at the exit level", config: plain, z: [2, 1, 0.5], is: "SSe" },
    { name: "leaves a long at minus the exit level", config: plain, z: [-2, -1, -0.5], is: "LLe" },
    {
      name: "leaves at the mean when exit is 0",
      config: { ...plain, exitZScore: 0 },
      z: [2, 0.1, 0, -2, -0.1, 0],
      is: "SSeLLe",
    },
    { name: "leaves before it reverses", config: plain, z: [2, -2, -2], is: "SeL" },
    { name: "stops at the stop level", config: stopped, z: [2, 3], is: "Ss" },
    { name: "does not enter at or beyond the stop", config: stopped, z: [3, -4, 2.9], is: "..S" },
    {
      name: "waits after a stop until z has crossed the exit level",
      config: stopped,
      z: [2, 3, 2.5, 2, 0.6, 2, 0.5, 2],
      is: "Ss.....S",
    },
    {
      name: "may enter the other side on the bar that unlocks",
      config: stopped,
      z: [2, 3, -2],
      is: "SsL",
    },
    {
      name: "calls a jump through the mean an exit, not a stop",
      config: stopped,
      z: [2, -5],
      is: "Se",
    },
    { name: "leaves after the maximum holding", config: limited, z: [2, 2, 2], is: "SSt" },
    {
      name: "waits after a time stop until z has crossed the exit level",
      config: limited,
      z: [-2, -2, -2, -2, -0.4, -2],
      is: "LLt..L",
    },
    { name: "prefers the exit to the time stop", config: limited, z: [2, 2, 0], is: "SSe" },
    { name: "enters nothing on a gap", config: plain, z: [Number.NaN, 2], is: ".S" },
    { name: "holds through a gap", config: stopped, z: [2, Number.NaN, 0], is: "SSe" },
    {
      name: "keeps the time limit during a gap",
      config: limited,
      z: [2, Number.NaN, Number.NaN],
      is: "SSt",
    },
    {
      name: "is not unlocked by a gap",
      config: stopped,
      z: [2, 3, Number.NaN, 2],
      is: "Ss..",
    },
  ];
  test.each(rows)("$name", ({ config, z, is }) => {
    expect(trace(config, z)).toBe(is);
  });

  test("mirrored z-scores give mirrored positions", () => {
    const z = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { maxLength: 200 });
    const mirror: Record<string, string> = { L: "S", S: "L" };
    fc.assert(
      fc.property(z, (zScores) => {
        const config = { ...plain, stopZScore: 3, holdingMaxBars: 7 };
        const mirrored = trace(
          config,
          zScores.map((value) => -value),
        );
        const expected = [...trace(config, zScores)].map((letter) => mirror[letter] ?? letter);
        expect(mirrored).toBe(expected.join(""));
      }),
    );
  });
});

import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../invalid-input-error.ts";
import { type WindowPlan, walkForwardWindows } from "./walk-forward-windows.ts";

const PLAN: WindowPlan = {
  formationBars: 100,
  tradingBars: 30,
  stepBars: 30,
  isAnchored: false,
  purgeBars: 0,
  embargoBars: 0,
};

describe("walk-forward windows", () => {
  test("rolling windows are equally long and trade one after the other", () => {
    expect(walkForwardWindows(160, PLAN)).toEqual([
      {
        index: 0,
        formationFrom: 0,
        formationTo: 100,
        tradingFrom: 100,
        tradingTo: 130,
        isCut: false,
      },
      {
        index: 1,
        formationFrom: 30,
        formationTo: 130,
        tradingFrom: 130,
        tradingTo: 160,
        isCut: false,
      },
    ]);
  });

  test("anchored windows all begin with the first bar", () => {
    const windows = walkForwardWindows(190, { ...PLAN, isAnchored: true });
    expect(windows.map(({ formationFrom, formationTo }) => [formationFrom, formationTo])).toEqual([
      [0, 100],
      [0, 130],
      [0, 160],
    ]);
  });

  test("the purge shortens the formation and the embargo puts the trading off", () => {
    const [first] = walkForwardWindows(200, { ...PLAN, purgeBars: 10, embargoBars: 5 });
    expect(first).toMatchObject({ formationTo: 90, tradingFrom: 105, tradingTo: 135 });
  });

  test("the last window is cut by the end of the history, not left out", () => {
    const windows = walkForwardWindows(145, PLAN);
    expect(windows.at(-1)).toMatchObject({ tradingFrom: 130, tradingTo: 145, isCut: true });
  });

  test("a step longer than the trading leaves bars in cash", () => {
    const windows = walkForwardWindows(250, { ...PLAN, stepBars: 50 });
    expect(windows.map(({ tradingFrom, tradingTo }) => [tradingFrom, tradingTo])).toEqual([
      [100, 130],
      [150, 180],
      [200, 230],
    ]);
  });

  test.each([110, 131, 160, 187, 400])(
    "the windows of a prefix of %i bars are those of the whole",
    (bars) => {
      const plan = { ...PLAN, embargoBars: 3, purgeBars: 4 };
      const whole = walkForwardWindows(500, plan);
      const prefix = walkForwardWindows(bars, plan);
      const complete = prefix.filter(({ isCut }) => !isCut);
      expect(complete).toEqual(whole.slice(0, complete.length));
      for (const one of prefix) {
        const { tradingFrom, formationFrom, formationTo } = one;
        expect(whole[one.index]).toMatchObject({ tradingFrom, formationFrom, formationTo });
      }
    },
  );

  test.each<[string, number, Partial<WindowPlan>, string]>([
    [
      "too few bars",
      101,
      {},
      "100 formation and 0 embargo bars before at least 2 traded ones need 102 bars, and there are 101",
    ],
    [
      "a step shorter than the trading",
      500,
      { stepBars: 29 },
      "a step of 29 bars is shorter than the 30 traded ones",
    ],
    [
      "a purge of everything",
      500,
      { purgeBars: 100 },
      "a purge of 100 bars leaves nothing of a formation of 100",
    ],
    ["half a bar", 500, { tradingBars: 2.5 }, "tradingBars must be a whole number of at least 2"],
    ["NaN", 500, { formationBars: Number.NaN }, "formationBars must be"],
    [
      "no end of windows",
      100_000,
      { tradingBars: 2, stepBars: 2 },
      "49950 windows are more than 1000",
    ],
  ])("%s is refused with its numbers", (_, bars, change, message) => {
    expect(() => walkForwardWindows(bars, { ...PLAN, ...change })).toThrow(InvalidInputError);
    expect(() => walkForwardWindows(bars, { ...PLAN, ...change })).toThrow(message);
  });
});

import { describe, expect, test } from "vitest";
import { lookAheadProof } from "../backtest/look-ahead-proof.ts";
import {
  settingsFor,
  syntheticMarket,
  TOOLS,
  Z_SCORE_VALUES,
} from "./walk-forward.test-support.ts";
import { walkForwardPipeline, walkForwardProof } from "./walk-forward-pipeline.ts";
import type { WalkForwardSettings, WalkForwardTools } from "./walk-forward-settings.ts";
import { windowsFrom } from "./walk-forward-windows.ts";

const MARKET = syntheticMarket(1_700);
const SETTINGS = settingsFor(MARKET);
const OPTIONS = { seed: 3, noShiftReason: null };

/** Windows whose formation ends so many bars after their trading has begun. */
function leakOf(
  bars: number,
  settings: WalkForwardSettings = SETTINGS,
  tools: WalkForwardTools = TOOLS,
) {
  const windowsOf = (barCount: number) =>
    windowsFrom(barCount, settings.plan, 0).map((window) => ({
      ...window,
      formationTo: window.tradingFrom + bars,
    }));
  return lookAheadProof(walkForwardPipeline(settings, tools, windowsOf), MARKET, {
    ...OPTIONS,
    barsMin: 900,
    decisionBars: windowsOf(MARKET.openTimeMs.length).map(({ tradingFrom }) => tradingFrom - 1),
  });
}

describe("look-ahead proof of a walk-forward", () => {
  test.each<[string, Partial<WalkForwardSettings>]>([
    ["rolling", {}],
    ["anchored", { plan: { ...SETTINGS.plan, isAnchored: true } }],
    ["purge and embargo", { plan: { ...SETTINGS.plan, purgeBars: 20, embargoBars: 10 } }],
    [
      "fixed pairs",
      {
        selection: {
          kind: "fixed",
          books: [
            [0, 1],
            [2, 3],
          ],
        },
      },
    ],
  ])("%s passes, cut before every decision too", (_, change) => {
    const settings = settingsFor(MARKET, change);
    const proof = walkForwardProof(MARKET, settings, TOOLS, OPTIONS);
    expect(proof).toMatchObject({ isPassed: true, differences: [], shift: { kind: "passed" } });
    for (const { tradingFrom } of windowsFrom(1_700, settings.plan, 1)) {
      expect(proof.cutBars).toContain(tradingFrom - 1);
    }
  });

  test.each([false, true])(
    "regression: a long walk-forward was cut at 3 entries and exits; now at 20 (anchored: %s)",
    (isAnchored) => {
      const settings = settingsFor(MARKET, { plan: { ...SETTINGS.plan, isAnchored } });
      const all = walkForwardProof(MARKET, settings, TOOLS, OPTIONS);
      const few = walkForwardProof(MARKET, settings, TOOLS, { ...OPTIONS, eventsMax: 1 });
      expect(few).toMatchObject({ isPassed: true, differences: [], eventsMax: 20 });
      expect(few.cutBars).toEqual(all.cutBars);
      expect(few.continuedCuts).toBeGreaterThan(10);
    },
  );

  test("of a pipeline whose prefixes are prepared otherwise nobody goes on", () => {
    const pipeline = walkForwardPipeline(SETTINGS, TOOLS, (barCount) =>
      windowsFrom(barCount, SETTINGS.plan, 0).map((window) => ({
        ...window,
        formationTo: window.tradingFrom + 1,
      })),
    );
    expect(pipeline.staged?.(MARKET, [1_199, 1_300])).toBeNull();
    const honest = walkForwardPipeline(SETTINGS, TOOLS);
    expect(honest.staged?.(MARKET, [1_199, 1_300])?.equity).toHaveLength(1_301);
  });

  test("a formation that overlaps one bar of the trading is caught before it trades", () => {
    const proof = leakOf(1);
    expect(proof.isPassed).toBe(false);
    expect(proof.differences.map(({ what, bar }) => [what, bar])).toContainEqual([
      "figures",
      1_199,
    ]);
  });

  test("no overlap is no difference", () => {
    expect(leakOf(0).isPassed).toBe(true);
  });

  test("fixed pairs leak through their fit as well", () => {
    const settings = settingsFor(MARKET, { selection: { kind: "fixed", books: [[0, 1]] } });
    expect(leakOf(1, settings).differences[0]).toMatchObject({ what: "figures", bar: 899 });
  });

  test("a configuration chosen with a bar too many is caught", () => {
    const settings = settingsFor(MARKET, {
      selection: { kind: "fixed", books: [[0, 1]] },
      values: { ...Z_SCORE_VALUES, hedgeMethod: "rolling" },
    });
    const tools: WalkForwardTools = {
      ...TOOLS,
      chooseConfig: ({ instruments }) => {
        const last = instruments[0]?.close.at(-1) ?? 0;
        return {
          values: { ...settings.values, entryZScore: 1 + (last - Math.floor(last)) },
          trials: 2,
        };
      },
    };
    expect(leakOf(0, settings, tools).isPassed).toBe(true);
    expect(leakOf(1, settings, tools).isPassed).toBe(false);
  });
});

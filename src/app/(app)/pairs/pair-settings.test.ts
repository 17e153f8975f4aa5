import fc from "fast-check";
import { expect, test } from "vitest";
import { PAIR_SETTING_DEFAULTS, pairSettingsOf, settingParams } from "./pair-settings.ts";

function read(query: string) {
  const params = new URLSearchParams(query);
  return pairSettingsOf((key) => params.get(key));
}

test("an address without settings means the defaults, and the defaults need no address", () => {
  expect(read("")).toEqual(PAIR_SETTING_DEFAULTS);
  expect(settingParams(read("")).toString()).toBe("");
});

test("settings come back from the address as they went in", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 3, max: 5_000 }),
      fc.double({ min: 0.01, max: 10, noNaN: true }),
      fc.double({ min: 0, max: 10, noNaN: true }),
      fc.option(fc.double({ min: 0.01, max: 50, noNaN: true })),
      (zScoreWindowBars, entryZScore, exit, stopZScore) => {
        // An address does not tell −0 from 0, and neither does a threshold.
        const settings = { zScoreWindowBars, entryZScore, exitZScore: exit + 0, stopZScore };
        expect(read(settingParams(settings).toString())).toEqual(settings);
      },
    ),
  );
});

test.each(["z=2", "z=x", "entry=0", "entry=11", "exit=-1", "stop=0", "stop="])(
  "an address with %s falls back to the default",
  (query) => {
    expect(read(query)).toEqual(read(""));
  },
);

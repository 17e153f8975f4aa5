import { expect, test } from "vitest";
import { LIVE_PRESETS, LiveSettings } from "./live-settings.ts";
import { RetireReason, WatchInput, watchSettings } from "./watch.ts";

const PAIR = { instrumentY: 1, instrumentX: 2 };

test.each(Object.entries(LIVE_PRESETS))("the preset %s is a valid setting", (_, preset) => {
  expect(LiveSettings.parse(preset)).toEqual(preset);
});

test("a preset stands for its settings", () => {
  expect(watchSettings(WatchInput.parse({ ...PAIR, preset: "desk" }))).toEqual(LIVE_PRESETS.desk);
  const settings = { ...LIVE_PRESETS.stack, threshold: 3 };
  expect(watchSettings(WatchInput.parse({ ...PAIR, settings }))).toEqual(settings);
});

test.each([
  {
    name: "two equal legs",
    input: { instrumentY: 1, instrumentX: 1, preset: "desk" },
    path: ["instrumentX"],
  },
  { name: "an unknown preset", input: { ...PAIR, preset: "best" }, path: ["preset"] },
  { name: "neither preset nor settings", input: PAIR, path: ["settings"] },
  {
    name: "both",
    input: { ...PAIR, preset: "desk", settings: LIVE_PRESETS.desk },
    path: ["settings"],
  },
  {
    name: "a threshold that is not a number",
    input: { ...PAIR, settings: { ...LIVE_PRESETS.desk, threshold: Number.NaN } },
    path: ["settings", "threshold"],
  },
  {
    name: "an interval that nobody makes bars of",
    input: { ...PAIR, settings: { ...LIVE_PRESETS.desk, intervalMs: 7_000 } },
    path: ["settings", "intervalMs"],
  },
  {
    name: "a buffer that does not hold its windows",
    input: { ...PAIR, settings: { ...LIVE_PRESETS.default, bufferBars: 250 } },
    path: ["settings", "bufferBars"],
  },
])("$name: refused with the field", ({ input, path }) => {
  const { error } = WatchInput.safeParse(input);
  expect(error?.issues[0]?.path).toEqual(path);
});

test("regression: legs that nobody had chosen were called the same", () => {
  const unset = WatchInput.safeParse({ instrumentY: 0, instrumentX: 0, preset: "default" });
  expect(unset.error?.issues.map(({ path, message }) => [path.at(-1), message])).toEqual([
    ["instrumentY", "Choose an instrument"],
    ["instrumentX", "Choose an instrument"],
  ]);
});

test("a pair is retired with a reason", () => {
  expect(RetireReason.safeParse("  ").success).toBe(false);
  expect(RetireReason.parse(" broken since Tuesday ")).toBe("broken since Tuesday");
});

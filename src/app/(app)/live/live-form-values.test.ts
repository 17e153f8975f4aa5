import { expect, test } from "vitest";
import { LIVE_PRESETS, LiveSettings } from "#contracts/live-settings.ts";
import { WatchInput } from "#contracts/watch.ts";
import { liveFieldsOfSearch, settingFields, settingsOf, watchInputOf } from "./live-form-values.ts";

const legs = (text: string) => {
  const params = new URLSearchParams(text);
  return liveFieldsOfSearch((key) => params.get(key));
};

test.each(Object.entries(LIVE_PRESETS))(
  "the preset %s comes back from the form as it went in",
  (_name, settings) => {
    const fields = { ...legs("y=1&x=2"), ...settingFields(settings) };
    expect(LiveSettings.parse(settingsOf(fields))).toEqual(settings);
  },
);

test("a preset is sent by its name, settings of one's own in full", () => {
  expect(WatchInput.parse(watchInputOf(legs("y=1&x=2")))).toEqual({
    instrumentY: 1,
    instrumentX: 2,
    preset: "default",
  });
  const custom = WatchInput.parse(watchInputOf({ ...legs("y=1&x=2"), preset: "custom" }));
  expect(custom.settings).toEqual(LIVE_PRESETS.default);
});

test("a leg that was not chosen is refused at its field", () => {
  const parsed = WatchInput.safeParse(watchInputOf(legs("y=1")));
  expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual(["instrumentX"]);
});

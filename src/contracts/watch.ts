import { z } from "zod";
import { InstrumentId } from "./instrument-id.ts";
import { LIVE_PRESETS, LiveSettings } from "./live-settings.ts";
import { plainLine, plainText } from "./plain-text.ts";

/** Pairs that a workspace, and a guest's, watches at a time. */
export const WATCHED_PAIRS_MAX = 50;
export const GUEST_WATCHED_PAIRS_MAX = 5;

const LivePreset = z.enum(["default", "desk", "stack"]) satisfies z.ZodType<
  keyof typeof LIVE_PRESETS
>;

/** A pair to be watched: its legs, and a preset or settings of one's own. */
export const WatchInput = z
  .strictObject({
    instrumentY: InstrumentId,
    instrumentX: InstrumentId,
    preset: LivePreset.optional(),
    settings: LiveSettings.optional(),
  })
  // Two legs that nobody has chosen yet are alike too, but that is not what is wrong with them.
  .refine(({ instrumentY, instrumentX }) => instrumentY <= 0 || instrumentY !== instrumentX, {
    message: "The legs must be two instruments",
    path: ["instrumentX"],
  })
  .refine(({ preset, settings }) => (preset === undefined) !== (settings === undefined), {
    message: "Give a preset or settings",
    path: ["settings"],
  });
export type WatchInput = z.infer<typeof WatchInput>;

/** The settings that are meant. */
export function watchSettings({ preset, settings }: WatchInput): LiveSettings {
  return settings ?? LIVE_PRESETS[preset ?? "default"];
}

export const WatchNotes = plainText(2_000);
export const RetireReason = plainLine(200).min(1, "Say why");

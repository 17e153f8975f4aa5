import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { DecayReport, LiveSnapshot, LiveState } from "#contracts/live-message.ts";
import type { LiveHedge, LiveSettings } from "#contracts/live-settings.ts";
import type { SignalFlagName, SignalQuality } from "#contracts/pair-analysis.ts";
import { formatNumber } from "#ui/format.ts";
import type { Tone } from "#ui/tone.ts";

export const STATES: Record<LiveState, { label: string; tone: Tone }> = {
  live: { label: "Live", tone: "good" },
  stale: { label: "Stale", tone: "warn" },
  "insufficient-data": { label: "Too few bars yet", tone: "neutral" },
  waiting: { label: "Waiting for trades", tone: "neutral" },
  halted: { label: "Halted", tone: "bad" },
};

export const SIGNALS: Record<LiveSnapshot["signal"], { label: string; help: string; tone: Tone }> =
  {
    long: {
      label: "Long",
      help: "The spread is low: buy Y, sell X against it.",
      tone: "good",
    },
    short: {
      label: "Short",
      help: "The spread is high: sell Y, buy X against it.",
      tone: "bad",
    },
    flat: { label: "Flat", help: "The z-score is within the threshold.", tone: "neutral" },
    none: { label: "–", help: "There is no z-score to judge by.", tone: "neutral" },
  };

export const GUARDS: Record<SignalQuality["guard"], { label: string; tone: Tone }> = {
  GREEN: { label: "Green", tone: "good" },
  YELLOW: { label: "Yellow", tone: "warn" },
  RED: { label: "Red", tone: "bad" },
};

export const QUALITIES: Record<SignalQuality["quality"], { label: string; tone: Tone }> = {
  HIGH: { label: "High", tone: "good" },
  MEDIUM: { label: "Medium", tone: "warn" },
  LOW: { label: "Low", tone: "bad" },
};

export const DECAY: Record<DecayReport["verdict"], { label: string; tone: Tone }> = {
  healthy: { label: "Holds", tone: "good" },
  weakening: { label: "Weakening", tone: "warn" },
  broken: { label: "Broken", tone: "bad" },
  unknown: { label: "Not known", tone: "neutral" },
};

const ISSUES: Record<SignalFlagName, string> = {
  stationary: "the spread may be a random walk (ADF p ≥ 0.05)",
  correlated: "the legs do not move together now (correlation < 0.5)",
  "hedge-stable": "the hedge ratio swings more than it usually does",
  liquid: "less than usual is traded in one of the legs",
};

/** Why the trade guard is not green, in a sentence. */
export function guardInWords({ guard, issues }: Pick<SignalQuality, "guard" | "issues">): string {
  if (issues.length === 0) return "Nothing speaks against trading this pair now.";
  const reasons = issues.map((name) => ISSUES[name]).join("; ");
  return `${guard === "RED" ? "Much" : "Something"} speaks against it: ${reasons}.`;
}

/** What a live pair computes, in a line. */
export function settingsInWords(settings: LiveSettings): string {
  const { intervalMs, prices, hedge, zScoreWindowBars, threshold } = settings;
  return [
    `${intervalLabel(intervalMs)} bars`,
    prices === "log" ? "log prices" : "prices",
    hedgeInWords(hedge),
    `z over ${formatNumber(zScoreWindowBars)}`,
    `|z| > ${formatNumber(threshold)}`,
  ].join(", ");
}

function hedgeInWords(hedge: LiveHedge): string {
  switch (hedge.kind) {
    case "rolling-ols":
      return `OLS over ${formatNumber(hedge.windowBars)}${hedge.intercept ? "" : " without intercept"}`;
    case "buffer":
      return "one ratio over the buffer";
    case "kalman":
      return "Kalman";
  }
}

/** An age as one reads it in passing: "0.4 s", "12 s", "3 min", "2 h". */
export function ageInWords(ageMs: number): string {
  const seconds = Math.max(0, ageMs) / 1_000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  if (seconds < 5_970) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3_600)} h`;
}

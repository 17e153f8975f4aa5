import type { SignalFlagName, SignalQuality } from "#contracts/pair-analysis.ts";
import { Badge } from "#ui/badge.tsx";
import { formatNumber, formatPValue, formatTimeUtc } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import type { Tone } from "#ui/tone.ts";
import { REASON_WORDS } from "./reason-words.ts";

const GUARD_TONES: Readonly<Record<SignalQuality["guard"], Tone>> = {
  GREEN: "good",
  YELLOW: "warn",
  RED: "bad",
};

const GUARD_WORDS: Readonly<Record<SignalQuality["guard"], string>> = {
  GREEN: "nothing speaks against trading this pair",
  YELLOW: "something speaks against trading this pair",
  RED: "much speaks against trading this pair",
};

const FLAG_WORDS: Readonly<
  Record<SignalFlagName, { readonly label: string; readonly issue: string }>
> = {
  stationary: {
    label: "Dickey–Fuller p below",
    issue: "The spread may be a random walk.",
  },
  correlated: {
    label: "Correlation of 50 bars above",
    issue: "The legs do not move together now.",
  },
  "hedge-stable": {
    label: "Swing of the slope, 20 bars against all, below",
    issue: "The hedge ratio swings more than it usually does.",
  },
  liquid: {
    label: "Volume against its 50-bar mean above",
    issue: "Less than usual is traded in one of the legs.",
  },
};

/** How far a signal at the last bar is to be trusted, and why. */
export function SignalBanner({ signal, lastMs }: { signal: SignalQuality; lastMs: number }) {
  const { quality, guard, flags, issues } = signal;
  return (
    <Notice
      tone={GUARD_TONES[guard]}
      title={`Signal quality ${quality}, guard ${guard}: ${GUARD_WORDS[guard]} at ${formatTimeUtc(lastMs)}`}
    >
      {issues.map((name) => FLAG_WORDS[name].issue).join(" ")}
      <ul className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-[13px]">
        {flags.map(({ name, holds, value, limit, reason }) => (
          <li key={name} className="flex items-center gap-1.5">
            <Badge tone={holds === null ? "neutral" : holds ? "good" : "warn"}>
              {holds === null ? "unknown" : holds ? "yes" : "no"}
            </Badge>
            {FLAG_WORDS[name].label} {formatNumber(limit)}:{" "}
            {value === null
              ? reason === null
                ? "–"
                : REASON_WORDS[reason]
              : name === "stationary"
                ? formatPValue(value)
                : formatNumber(value)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

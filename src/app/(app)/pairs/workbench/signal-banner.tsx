import type { SignalQuality } from "#contracts/pair-analysis.ts";
import { Badge } from "#ui/badge.tsx";
import { CsvButton } from "#ui/csv-button.tsx";
import { formatNumber, formatPValue, formatTimeUtc } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import type { Tone } from "#ui/tone.ts";
import { REASON_WORDS } from "./reason-words.ts";
import { FLAG_WORDS, signalCsv } from "./signal-words.ts";

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

/** How far a signal at the last bar is to be trusted, and why. */
export function SignalBanner(props: { signal: SignalQuality; lastMs: number; csvName: string }) {
  const { signal, lastMs, csvName } = props;
  const { quality, guard, flags, issues } = signal;
  return (
    <Notice
      tone={GUARD_TONES[guard]}
      title={`Signal quality ${quality}, guard ${guard}: ${GUARD_WORDS[guard]} at ${formatTimeUtc(lastMs)}`}
      action={<CsvButton name={csvName} csv={() => signalCsv(signal, lastMs)} />}
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

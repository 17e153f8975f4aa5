const UNITS = [
  { ms: 365.25 * 86_400_000, one: "year", many: "years" },
  { ms: 86_400_000, one: "day", many: "days" },
  { ms: 3_600_000, one: "hour", many: "hours" },
  { ms: 60_000, one: "minute", many: "minutes" },
  { ms: 1_000, one: "second", many: "seconds" },
] as const;

/** A length of time as one says it: "1.6 days", "38 hours", "1 year". Two digits are enough for speech. */
export function durationInWords(durationMs: number): string {
  const unit = UNITS.find(({ ms }) => durationMs >= ms * 0.995) ?? {
    ms: 1_000,
    one: "second",
    many: "seconds",
  };
  const count = durationMs / unit.ms;
  const rounded = count >= 10 ? Math.round(count) : Number(count.toPrecision(2));
  return `${rounded.toLocaleString("en-US")} ${rounded === 1 ? unit.one : unit.many}`;
}

/** A number of bars with the time that they take: "38 bars (1.6 days)". */
export function barsInWords(bars: number, intervalMs: number): string {
  const shown = bars >= 10 ? Math.round(bars) : Number(bars.toPrecision(2));
  const noun = shown === 1 ? "bar" : "bars";
  return `${shown.toLocaleString("en-US")} ${noun} (${durationInWords(bars * intervalMs)})`;
}

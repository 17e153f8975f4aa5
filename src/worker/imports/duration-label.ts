const UNITS = [
  { label: "d", ms: 86_400_000 },
  { label: "h", ms: 3_600_000 },
  { label: "min", ms: 60_000 },
  { label: "s", ms: 1_000 },
] as const;

/** A length of time for a message: "7 d", "90 min", "1.5 s". */
export function durationLabel(durationMs: number): string {
  const unit = UNITS.find(({ ms }) => durationMs >= ms && durationMs % ms === 0);
  return unit === undefined ? `${durationMs / 1_000} s` : `${durationMs / unit.ms} ${unit.label}`;
}

/** The field of every pair strategy that may give up a trade by time alone. */
export const HOLDING_MAX_BARS = {
  kind: "integer",
  label: "Longest holding",
  help: "Bars after which a trade is closed whatever it has earned; none waits.",
  unit: "bars",
  min: 1,
  max: 1_000_000,
  step: 10,
  optional: true,
  default: null,
} as const;

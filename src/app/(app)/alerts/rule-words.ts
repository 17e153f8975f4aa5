import type {
  AlertOperator,
  AlertRuleView,
  AlertSeverity,
  AlertSubject,
} from "#contracts/alert.ts";
import { formatNumber } from "#ui/format.ts";
import type { Tone } from "#ui/tone.ts";

type Metric = AlertSubject["metric"];

/** What a rule can look at: its name, its unit, and what it tells of. */
export const METRICS: Record<Metric, { label: string; unit: string; help: string }> = {
  "z-score": {
    label: "z-score",
    unit: "deviations",
    help: "Of the newest trades of both legs, with the last closed bar's hedge ratio, mean and deviation.",
  },
  spread: { label: "Spread", unit: "price", help: "Of the newest trades of both legs." },
  correlation: {
    label: "Rolling correlation",
    unit: "",
    help: "Of the two prices over the last 50 closed bars.",
  },
  "adf-p-value": {
    label: "ADF p-value",
    unit: "",
    help: "Of the spread over the buffer; a high one says that the spread no longer reverts.",
  },
  "hedge-ratio": { label: "Hedge ratio", unit: "", help: "At the last closed bar." },
  "hedge-drift": {
    label: "Hedge drift",
    unit: "fraction",
    help: "How far the hedge ratio has moved from the start of the buffer: 0.1 is ten percent.",
  },
  "half-life": {
    label: "Half-life",
    unit: "bars",
    help: "Bars in which half of a deviation decays.",
  },
  "feed-gap": {
    label: "Missing trades",
    unit: "trades",
    help: "Trades that the venue has made and that are not stored yet.",
  },
  "feed-silence": {
    label: "Silence",
    unit: "s",
    help: "Time since the last trade, by the venue's clock.",
  },
  price: { label: "Price", unit: "quote asset", help: "Of the newest trade." },
  "job-failed": { label: "A job fails", unit: "", help: "Any job of the workspace." },
  "job-succeeded": { label: "A job is done", unit: "", help: "Any job of the workspace." },
};

const OPERATORS: Record<AlertOperator, string> = {
  above: "rises above",
  below: "falls below",
  "absolute-above": "is further from zero than",
};

export const OPERATOR_OPTIONS = Object.entries(OPERATORS).map(([value, label]) => ({
  value,
  label,
}));

export const SEVERITIES: Record<AlertSeverity, { label: string; tone: Tone }> = {
  info: { label: "Info", tone: "neutral" },
  warning: { label: "Warning", tone: "warn" },
  critical: { label: "Critical", tone: "bad" },
};

export const SEVERITY_OPTIONS = Object.entries(SEVERITIES).map(([value, { label }]) => ({
  value,
  label,
}));

/** The condition of a rule as a sentence: "z-score is further from zero than 2 (again below 1.5)". */
export function conditionInWords(
  rule: Pick<AlertRuleView, "subject" | "operator" | "threshold" | "hysteresis">,
): string {
  const { subject, operator, threshold, hysteresis } = rule;
  const { label } = METRICS[subject.metric];
  if (subject.kind === "job") return label;
  const condition = `${label} ${OPERATORS[operator]} ${formatNumber(threshold)}`;
  if (hysteresis === 0) return condition;
  const back = operator === "below" ? threshold + hysteresis : threshold - hysteresis;
  return `${condition}, armed again ${operator === "below" ? "above" : "below"} ${formatNumber(back)}`;
}

const MINUTE_MS = 60_000;

/** How long a rule keeps quiet after an alert. */
export const COOLDOWN_OPTIONS = [
  { ms: 0, label: "None" },
  { ms: MINUTE_MS, label: "1 minute" },
  { ms: 5 * MINUTE_MS, label: "5 minutes" },
  { ms: 15 * MINUTE_MS, label: "15 minutes" },
  { ms: 60 * MINUTE_MS, label: "1 hour" },
  { ms: 24 * 60 * MINUTE_MS, label: "1 day" },
].map(({ ms, label }) => ({ value: String(ms), label }));

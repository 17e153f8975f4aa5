import type { AlertSubject } from "#contracts/alert.ts";
import type { KeptRule } from "#db/kept-alert-rules.ts";

const METRIC: Record<AlertSubject["metric"], string> = {
  "z-score": "z-score",
  spread: "spread",
  correlation: "correlation",
  "adf-p-value": "ADF p-value",
  "hedge-ratio": "hedge ratio",
  "hedge-drift": "drift of the hedge ratio",
  "half-life": "half-life in bars",
  "feed-gap": "number of missing trades",
  "feed-silence": "seconds without a trade",
  price: "price",
  "job-failed": "failed jobs",
  "job-succeeded": "finished jobs",
};

/** What a crossing is told in: "BTCUSDT / ETHUSDT (1m): z-score 2.31 is above 2". */
export function alertMessage(
  { subject, subjectTitle, condition }: KeptRule,
  value: number,
): string {
  const { operator, threshold } = condition;
  const metric = METRIC[subject.metric];
  const name = operator === "absolute-above" ? `|${metric}|` : metric;
  const shown = operator === "absolute-above" ? Math.abs(value) : value;
  const side = operator === "below" ? "below" : "above";
  return `${subjectTitle}: ${name} ${figure(shown, threshold)} is ${side} ${figure(threshold)}`;
}

/** Six digits, or as many as it takes to see on which side of the threshold the value is. */
function figure(value: number, threshold = Number.NaN): string {
  for (const digits of [6, 9, 12]) {
    const rounded = Number(value.toPrecision(digits));
    if (rounded !== Math.abs(threshold) && rounded !== threshold) return String(rounded);
  }
  return String(value);
}

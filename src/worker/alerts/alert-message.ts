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

/** What of a rule its message tells. */
export type ToldRule = Pick<KeptRule, "subjectTitle" | "synthetic" | "condition"> & {
  readonly subject: Pick<AlertSubject, "metric">;
};

/**
 * What a crossing is told in: "BTCUSDT / ETHUSDT (1m): z-score 2.31 is above 2". Wherever it is read,
 * prices of a program must not pass for those of a market.
 */
export function alertMessage(
  { subject, subjectTitle, synthetic, condition }: ToldRule,
  value: number,
): string {
  const { operator, threshold } = condition;
  const metric = METRIC[subject.metric];
  const name = operator === "absolute-above" ? `|${metric}|` : metric;
  const shown = operator === "absolute-above" ? Math.abs(value) : value;
  const side = operator === "below" ? "below" : "above";
  const limit = String(Number(threshold.toPrecision(12)));
  const told = `${name} ${figure(shown, subject.metric, threshold)} is ${side} ${limit}`;
  return `${subjectTitle}: ${told}${synthetic ? " (simulated)" : ""}`;
}

/**
 * All whole digits and at least three, of a price six; more if it takes them to see on which side of the
 * threshold the value is.
 */
function figure(value: number, metric: AlertSubject["metric"], threshold: number): string {
  const least = Math.max(
    metric === "price" ? 6 : 3,
    Math.ceil(Math.log10(Math.max(1, Math.abs(value)))),
  );
  for (const digits of [least, 6, 9, 12]) {
    const rounded = Number(value.toPrecision(Math.max(least, digits)));
    if (rounded !== threshold) return String(rounded);
  }
  return String(value);
}

import type { AlertRuleInput, AlertRuleView, AlertSubject } from "#contracts/alert.ts";

/** What the rule form holds: one flat row of fields, whatever the rule looks at. */
export type RuleFields = {
  name: string;
  kind: AlertSubject["kind"];
  watchedPairId: string;
  instrumentId: string;
  metric: AlertSubject["metric"];
  operator: AlertRuleInput["operator"];
  threshold: number;
  hysteresis: number;
  cooldownMs: string;
  severity: AlertRuleInput["severity"];
  channelIds: string[];
  isEnabled: boolean;
};

/** The metrics of each kind of subject; the first is what a new rule starts with. */
export const METRICS_OF_KIND = {
  pair: [
    "z-score",
    "spread",
    "correlation",
    "adf-p-value",
    "hedge-ratio",
    "hedge-drift",
    "half-life",
  ],
  feed: ["price", "feed-gap", "feed-silence"],
  job: ["job-failed", "job-succeeded"],
} as const satisfies Record<AlertSubject["kind"], readonly AlertSubject["metric"][]>;

/** Sensible first values of a metric's condition. */
export function defaultCondition(
  metric: AlertSubject["metric"],
): Pick<RuleFields, "operator" | "threshold" | "hysteresis"> {
  switch (metric) {
    case "z-score":
      return { operator: "absolute-above", threshold: 2, hysteresis: 0.5 };
    case "correlation":
      return { operator: "below", threshold: 0.5, hysteresis: 0.05 };
    case "adf-p-value":
      return { operator: "above", threshold: 0.05, hysteresis: 0.01 };
    case "hedge-drift":
      return { operator: "above", threshold: 0.2, hysteresis: 0.05 };
    case "half-life":
      return { operator: "above", threshold: 100, hysteresis: 10 };
    case "feed-gap":
      return { operator: "above", threshold: 0, hysteresis: 0 };
    case "feed-silence":
      return { operator: "above", threshold: 30, hysteresis: 0 };
    case "spread":
    case "hedge-ratio":
    case "price":
    case "job-failed":
    case "job-succeeded":
      return { operator: "above", threshold: 0, hysteresis: 0 };
  }
}

/** A new rule, as far as the address that led here says what it is about. */
export function fieldsOfSearch(get: (key: string) => string | null): RuleFields {
  const instrumentId = get("instrumentId") ?? "";
  const kind = instrumentId === "" ? "pair" : "feed";
  const metrics: readonly AlertSubject["metric"][] = METRICS_OF_KIND[kind];
  const metric = metrics.find((one) => one === get("metric")) ?? METRICS_OF_KIND[kind][0];
  const condition = defaultCondition(metric);
  const threshold = Number.parseFloat(get("threshold") ?? "");
  return {
    name: get("name") ?? "",
    kind,
    watchedPairId: get("watchedPairId") ?? "",
    instrumentId,
    metric,
    ...condition,
    threshold: Number.isFinite(threshold) ? threshold : condition.threshold,
    cooldownMs: "60000",
    severity: "warning",
    channelIds: [],
    isEnabled: true,
  };
}

/** A saved rule in the form. */
export function fieldsOfRule(rule: AlertRuleView): RuleFields {
  const { subject } = rule;
  return {
    name: rule.name,
    kind: subject.kind,
    watchedPairId: subject.kind === "pair" ? subject.watchedPairId : "",
    instrumentId: subject.kind === "feed" ? String(subject.instrumentId) : "",
    metric: subject.metric,
    operator: rule.operator,
    threshold: rule.threshold,
    hysteresis: rule.hysteresis,
    cooldownMs: String(rule.cooldownMs),
    severity: rule.severity,
    channelIds: rule.channelIds,
    isEnabled: rule.isEnabled,
  };
}

/** What is sent of the form, to be judged by the schema. */
export function inputOfFields(fields: RuleFields): unknown {
  const { kind, watchedPairId, instrumentId, metric, cooldownMs, ...rest } = fields;
  const isJob = kind === "job";
  return {
    ...rest,
    subject: subjectOf({ kind, watchedPairId, instrumentId, metric }),
    // A select of the browser holds text.
    cooldownMs: Number(cooldownMs),
    threshold: isJob ? 0 : rest.threshold,
    hysteresis: isJob ? 0 : rest.hysteresis,
  };
}

function subjectOf(
  fields: Pick<RuleFields, "kind" | "watchedPairId" | "instrumentId" | "metric">,
): unknown {
  const { kind, watchedPairId, instrumentId, metric } = fields;
  switch (kind) {
    case "pair":
      return { kind, watchedPairId, metric };
    case "feed":
      return { kind, instrumentId: Number(instrumentId), metric };
    case "job":
      return { kind, metric };
  }
}

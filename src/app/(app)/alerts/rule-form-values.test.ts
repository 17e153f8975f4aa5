import { expect, test } from "vitest";
import { AlertRuleInput, AlertSubject } from "#contracts/alert.ts";
import {
  defaultCondition,
  fieldsOfRule,
  fieldsOfSearch,
  inputOfFields,
  METRICS_OF_KIND,
} from "./rule-form-values.ts";

const PAIR_ID = "6f1e2c6e-8d0a-4b58-9d0e-0d6f1c1f7a11";
const search = (text: string) => {
  const params = new URLSearchParams(text);
  return fieldsOfSearch((key) => params.get(key));
};

test("an address prefills the rule that it asks for", () => {
  expect(search(`watchedPairId=${PAIR_ID}&metric=z-score&threshold=2.5`)).toMatchObject({
    kind: "pair",
    watchedPairId: PAIR_ID,
    metric: "z-score",
    operator: "absolute-above",
    threshold: 2.5,
  });
  expect(search("instrumentId=7&metric=feed-gap")).toMatchObject({ kind: "feed", threshold: 0 });
});

test.each([
  { address: "watchedPairId=&metric=z-score", words: "Choose a pair" },
  { address: "instrumentId=0&metric=price", words: "Choose an instrument" },
])(
  "regression: an empty choice was refused in a programmer's words, now: $words",
  ({ address, words }) => {
    const { error } = AlertRuleInput.safeParse(inputOfFields({ ...search(address), name: "Rule" }));
    expect(error?.issues.map(({ message }) => message)).toEqual([words]);
  },
);

test("a metric that the kind has not, and a threshold that is no number, fall back", () => {
  expect(search("instrumentId=7&metric=z-score&threshold=high")).toMatchObject({
    metric: "price",
    threshold: 0,
  });
});

test.each(
  Object.entries(METRICS_OF_KIND).flatMap(([kind, metrics]) =>
    metrics.map((metric) => ({ kind, metric })),
  ),
)("the default condition of $metric of a $kind is a rule", ({ kind, metric }) => {
  const fields = {
    ...search(""),
    kind: AlertSubject.options.map((option) => option.shape.kind.value).find((k) => k === kind),
    name: "Rule",
    watchedPairId: PAIR_ID,
    instrumentId: "7",
    metric,
    ...defaultCondition(metric),
  };
  if (fields.kind === undefined) throw new Error("Invariant: the kind is a subject's");
  const parsed = AlertRuleInput.safeParse(inputOfFields({ ...fields, kind: fields.kind }));
  expect(parsed.error).toBeUndefined();
});

test("a saved rule comes back from the form as it went in", () => {
  const input = AlertRuleInput.parse({
    name: "Wide",
    subject: { kind: "pair", watchedPairId: PAIR_ID, metric: "z-score" },
    operator: "absolute-above",
    threshold: 2,
    hysteresis: 0.5,
    cooldownMs: 60_000,
    severity: "critical",
    channelIds: [],
    isEnabled: false,
  });
  const view = {
    ...input,
    id: PAIR_ID,
    subjectTitle: "A / B (1m)",
    synthetic: true,
    hasSubject: true,
    state: "armed" as const,
    lastValue: null,
    lastFiredAtMs: null,
    alertCount: 0,
    createdAtMs: 0,
  };
  expect(AlertRuleInput.parse(inputOfFields(fieldsOfRule(view)))).toEqual(input);
});

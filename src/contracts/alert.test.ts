import { describe, expect, test } from "vitest";
import { AlertChannelInput, AlertRuleInput } from "./alert.ts";

const ID = "11111111-1111-4111-8111-111111111111";
const RULE = {
  name: "High",
  subject: { kind: "pair", watchedPairId: ID, metric: "z-score" },
  operator: "absolute-above",
  threshold: 2,
  hysteresis: 0.5,
  cooldownMs: 0,
  severity: "warning",
  channelIds: [],
  isEnabled: true,
};

/** Fields at fault. */
function faults(schema: typeof AlertRuleInput | typeof AlertChannelInput, input: unknown) {
  const { error } = schema.safeParse(input);
  return (error?.issues ?? []).map(({ path }) => path.join("."));
}

test("a rule that says all is accepted", () => {
  expect(AlertRuleInput.parse(RULE)).toEqual(RULE);
});

describe("a rule with a fault is refused by its field", () => {
  test.each([
    ["threshold", { threshold: "two" }],
    ["threshold", { threshold: Number.NaN }],
    ["threshold", { threshold: Number.POSITIVE_INFINITY }],
    ["threshold", { threshold: null }],
    ["threshold", { threshold: { not: 1 } }],
    ["threshold", { threshold: 1e300 }],
    ["threshold", { threshold: -1 }],
    ["hysteresis", { hysteresis: -0.1 }],
    ["hysteresis", { hysteresis: 2.1 }],
    ["cooldownMs", { cooldownMs: 0.5 }],
    ["name", { name: "  " }],
    ["name", { name: "a\u0000b" }],
    ["subject.watchedPairId", { subject: { ...RULE.subject, watchedPairId: "x" } }],
    ["subject.metric", { subject: { ...RULE.subject, metric: "profit" } }],
    ["operator", { operator: "equals" }],
    ["channelIds.0", { channelIds: ["x"] }],
    ["", { workspaceId: ID }],
  ])("%s: %j", (field, change) => {
    expect(faults(AlertRuleInput, { ...RULE, ...change })).toEqual([field]);
  });
});

test("a negative threshold is of no harm but to an absolute value", () => {
  const rule = { ...RULE, operator: "below", threshold: -2, hysteresis: 3 };
  expect(faults(AlertRuleInput, rule)).toEqual([]);
});

describe("a channel with a fault is refused by its field", () => {
  const token = `123456789:${"a".repeat(35)}`;
  test.each([
    ["address", { kind: "email", name: "Mail", address: "nobody" }],
    ["address", { kind: "email", name: "Mail", address: "a@b.example\r\nBcc: c@d.example" }],
    ["url", { kind: "webhook", name: "Hook", url: "file:///etc/passwd" }],
    ["url", { kind: "webhook", name: "Hook", url: "" }],
    ["botToken", { kind: "telegram", name: "Bot", chatId: "-1", botToken: "x/../y" }],
    ["chatId", { kind: "telegram", name: "Bot", chatId: "me", botToken: token }],
    ["", { kind: "email", name: "Mail", address: "a@b.example", secret: "x" }],
  ])("%s: %j", (field, input) => {
    expect(faults(AlertChannelInput, input)).toEqual([field]);
  });
  test("and one without is accepted", () => {
    expect(
      faults(AlertChannelInput, { kind: "telegram", name: "B", chatId: "-1", botToken: token }),
    ).toEqual([]);
  });
});

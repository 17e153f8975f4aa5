import { describe, expect, test } from "vitest";
import {
  maskedWebhookUrl,
  mayAllowLoopbackWebhooks,
  PRIVATE_ADDRESS,
  WebhookAllow,
  webhookUrlProblem,
} from "./webhook-url.ts";

test.each([
  "https://example.org/hook",
  "https://example.org:443/hook?x=1",
  "https://1.1.1.1/",
  "https://[2606:4700:4700::1111]/",
  "https://localhost.example.org/",
])("%s may be called", (url) => {
  expect(webhookUrlProblem(url, [])).toBeNull();
});

describe("what no webhook may be", () => {
  test.each([
    ["plain http", "http://example.org/", "https"],
    ["another port", "https://example.org:8443/", "443"],
    ["port 80 of https", "https://example.org:80/", "443"],
    ["another protocol", "ftp://example.org/", "https"],
    ["a password in it", "https://user:pass@example.org/", "password"],
    ["loopback", "https://127.0.0.1/", PRIVATE_ADDRESS],
    ["loopback in decimal", "https://2130706433/", PRIVATE_ADDRESS],
    ["loopback in hexadecimal", "https://0x7f000001/", PRIVATE_ADDRESS],
    ["loopback in octal", "https://0177.0.0.1/", PRIVATE_ADDRESS],
    ["loopback in short", "https://127.1/", PRIVATE_ADDRESS],
    ["loopback in full-width digits", "https://１２７.0.0.1/", PRIVATE_ADDRESS],
    ["loopback with a dot after it", "https://127.0.0.1./", PRIVATE_ADDRESS],
    ["loopback by name", "https://localhost/", PRIVATE_ADDRESS],
    ["loopback by name with a dot", "https://LOCALHOST./", PRIVATE_ADDRESS],
    ["a name below localhost", "https://a.localhost/", PRIVATE_ADDRESS],
    ["loopback of IPv6", "https://[::1]/", PRIVATE_ADDRESS],
    ["IPv4 in IPv6", "https://[::ffff:127.0.0.1]/", PRIVATE_ADDRESS],
    ["metadata", "http://169.254.169.254/latest/meta-data/", PRIVATE_ADDRESS],
    ["metadata by name", "https://metadata.google.internal/", PRIVATE_ADDRESS],
    ["private", "https://10.1.2.3/", PRIVATE_ADDRESS],
    ["nothing", "https://", "not an address"],
  ])("%s", (_, url, problem) => {
    expect(webhookUrlProblem(url, [])).toContain(problem);
  });
});

test("WEBHOOK_ALLOW lets in exactly the endpoints that it names", () => {
  const allow = WebhookAllow.parse("127.0.0.1:8080, [::1]:9000");
  expect(webhookUrlProblem("http://127.0.0.1:8080/hook", allow)).toBeNull();
  expect(webhookUrlProblem("http://[::1]:9000/hook", allow)).toBeNull();
  expect(webhookUrlProblem("http://127.0.0.1:8081/hook", allow)).toBe(PRIVATE_ADDRESS);
  expect(webhookUrlProblem("http://127.0.0.2:8080/hook", allow)).toBe(PRIVATE_ADDRESS);
  expect(webhookUrlProblem("http://localhost:8080/hook", allow)).toBe(PRIVATE_ADDRESS);
  expect(webhookUrlProblem("http://x@127.0.0.1:8080/hook", allow)).toContain("password");
});

test.each([
  "10.0.0.1:80",
  "example.org:443",
  "localhost:80",
  "127.0.0.1",
  "*",
  "169.254.169.254:80",
])("WEBHOOK_ALLOW=%s is refused: only this machine can be let in", (text) => {
  expect(WebhookAllow.safeParse(text).success).toBe(false);
});

test("WEBHOOK_ALLOW is honoured on one machine only", () => {
  expect(WebhookAllow.parse(undefined)).toEqual([]);
  expect(mayAllowLoopbackWebhooks("http://127.0.0.1:3000", "production")).toBe(true);
  expect(mayAllowLoopbackWebhooks("https://pairdesk.example", "production")).toBe(false);
  expect(mayAllowLoopbackWebhooks("https://pairdesk.example", "test")).toBe(false);
  expect(mayAllowLoopbackWebhooks(undefined, "production")).toBe(false);
  expect(mayAllowLoopbackWebhooks(undefined, "test")).toBe(true);
});

test("what may be secret in an address is not shown", () => {
  expect(maskedWebhookUrl("https://hooks.example.org/services/T0/B0/canary1234")).toBe(
    "https://hooks.example.org/…1234",
  );
  expect(maskedWebhookUrl("https://example.org/hook")).toBe("https://example.org/hook");
});

import { expect, test } from "vitest";
import { allowedOrigins, requireBodyWithin, requireOwnOrigin } from "./request-guard.ts";

const LOOPBACK = { NEXTAUTH_URL: "http://127.0.0.1:3000" };
const PUBLIC = { NEXTAUTH_URL: "https://pairs.example.org" };
const GOOD = {
  origin: "http://127.0.0.1:3000",
  "content-type": "application/json",
  "x-pairdesk": "1",
};

test.each([
  { name: "the interface itself", headers: GOOD, allowed: true },
  {
    name: "the other name of this machine",
    headers: { ...GOOD, origin: "http://localhost:3000" },
    allowed: true,
  },
  {
    name: "a content type with a charset",
    headers: { ...GOOD, "content-type": "application/json; charset=utf-8" },
    allowed: true,
  },
  { name: "another site", headers: { ...GOOD, origin: "https://evil.example" }, allowed: false },
  {
    name: "another port of this machine",
    headers: { ...GOOD, origin: "http://127.0.0.1:3001" },
    allowed: false,
  },
  { name: "a sandboxed page", headers: { ...GOOD, origin: "null" }, allowed: false },
  {
    name: "no origin",
    headers: { "content-type": "application/json", "x-pairdesk": "1" },
    allowed: false,
  },
  {
    name: "a form post",
    headers: { ...GOOD, "content-type": "application/x-www-form-urlencoded" },
    allowed: false,
  },
  { name: "plain text", headers: { ...GOOD, "content-type": "text/plain" }, allowed: false },
  {
    name: "no header of its own",
    headers: { origin: GOOD.origin, "content-type": GOOD["content-type"] },
    allowed: false,
  },
])("$name: allowed is $allowed", ({ headers, allowed }) => {
  const attempt = () => requireOwnOrigin(new Headers(headers), LOOPBACK, "application/json");
  if (allowed) expect(attempt).not.toThrow();
  else expect(attempt).toThrow(expect.objectContaining({ code: "forbidden" }));
});

test("a public address allows itself alone", () => {
  expect(allowedOrigins(PUBLIC)).toEqual(["https://pairs.example.org"]);
});

test("a body that says it is larger than anything that is sent is refused before it is read", () => {
  const of = (length: string) => () =>
    requireBodyWithin(new Headers({ "content-length": length }), 10);
  expect(of("10")).not.toThrow();
  expect(of("11")).toThrow(/larger than anything/);
  expect(of("x")).toThrow(/larger than anything/);
  expect(() => requireBodyWithin(new Headers(), 10)).not.toThrow();
});

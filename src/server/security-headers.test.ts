import { expect, test } from "vitest";
import {
  contentSecurityPolicy,
  pathSecurityHeaders,
  STATIC_SECURITY_HEADERS,
} from "./security-headers.ts";

const policy = (https: boolean, development = false) =>
  contentSecurityPolicy({ nonce: "bm9uY2U=", https, development });

test("scripts run by nonce alone", () => {
  const scripts = policy(true)
    .split("; ")
    .find((directive) => directive.startsWith("script-src"));
  expect(scripts).toBe("script-src 'nonce-bm9uY2U=' 'strict-dynamic'");
});

test.each(["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"])(
  "the policy says %s",
  (directive) => {
    expect(policy(false).split("; ")).toContain(directive);
  },
);

test("eval is for development only", () => {
  expect(policy(false, true)).toContain("'unsafe-eval'");
  expect(policy(false)).not.toContain("unsafe-eval");
});

test("only an https site insists on https", () => {
  expect(pathSecurityHeaders("/home", { https: true })["Strict-Transport-Security"]).toBe(
    "max-age=31536000; includeSubDomains",
  );
  expect(pathSecurityHeaders("/home", { https: false })).not.toHaveProperty(
    "Strict-Transport-Security",
  );
  expect(policy(true)).toContain("upgrade-insecure-requests");
  expect(policy(false)).not.toContain("upgrade-insecure-requests");
});

test("a shared report is not indexed, not cached and sends no referrer", () => {
  expect(pathSecurityHeaders("/r/abc", { https: false })).toEqual({
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "private, no-store",
  });
  expect(pathSecurityHeaders("/reports", { https: false })).not.toHaveProperty("X-Robots-Tag");
});

test("every answer says nosniff and same-origin", () => {
  const headers = Object.fromEntries(STATIC_SECURITY_HEADERS.map(({ key, value }) => [key, value]));
  expect(headers["X-Content-Type-Options"]).toBe("nosniff");
  expect(headers["Cross-Origin-Opener-Policy"]).toBe("same-origin");
  expect(headers["X-Frame-Options"]).toBe("DENY");
});

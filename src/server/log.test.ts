import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createLog, logPath } from "./log.ts";

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const stream = new PassThrough();
  write(createLog("info", stream));
  return String(stream.read());
}

test("secrets do not reach the log, wherever they stand", () => {
  const text = logged((log) =>
    log.info({
      password: "canary-1",
      request: { headers: { cookie: "canary-2", authorization: "canary-3" } },
      input: { token: "canary-4", current: "canary-5" },
      "set-cookie": "canary-6",
    }),
  );
  expect(text).not.toMatch(/canary/);
  expect(text).toContain("[redacted]");
});

test("the token of a share link does not reach the log", () => {
  const text = logged((log) => log.info({ path: "/r/canary-7?x=canary-8" }));
  expect(text).toContain("/r/[token]");
  expect(text).not.toMatch(/canary/);
  expect(logPath("/r/m/canary-9?x=canary-10")).toBe("/r/m/[token]");
  expect(logPath("/backtests/1")).toBe("/backtests/1");
});

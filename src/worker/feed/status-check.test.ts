import { expect, test } from "vitest";
import { StatusCheck } from "./status-check.ts";

/** A check whose calls are written down; each ends when the test says so. */
function watched() {
  const calls: string[][] = [];
  const errors: unknown[] = [];
  let pending = Promise.withResolvers<void>();
  const check = new StatusCheck({
    everyMs: 30_000,
    read: (symbols) => {
      calls.push([...symbols]);
      pending = Promise.withResolvers();
      return pending.promise;
    },
    onError: (error) => errors.push(error),
  });
  const settle = async (error?: Error) => {
    if (error === undefined) pending.resolve();
    else pending.reject(error);
    await pending.promise.catch(() => undefined);
    // What follows the call in the check runs before this does.
    await Promise.resolve();
    await Promise.resolve();
  };
  return { check, calls, errors, settle };
}

test("a suspected symbol is asked for at once, and again only after its time", async () => {
  const { check, calls, settle } = watched();
  check.suspect("BTCUSDT");
  check.tick(1_000);
  await settle();
  check.suspect("BTCUSDT");
  check.tick(30_999);
  expect(calls).toEqual([["BTCUSDT"]]);
  check.tick(31_000);
  expect(calls).toEqual([["BTCUSDT"], ["BTCUSDT"]]);
});

test("symbols that are suspected while a call is under way, or just after one, share the next", async () => {
  const { check, calls, settle } = watched();
  check.suspect("BTCUSDT");
  check.tick(0);
  check.suspect("ETHUSDT");
  check.tick(6_000);
  expect(calls).toHaveLength(1);
  await settle();
  check.suspect("SOLUSDT");
  check.tick(6_000);
  await settle();
  check.suspect("XRPUSDT");
  check.tick(10_999);
  expect(calls).toEqual([["BTCUSDT"], ["ETHUSDT", "SOLUSDT"]]);
  check.tick(11_000);
  expect(calls.at(-1)).toEqual(["XRPUSDT"]);
});

test("a symbol that trades again before it was asked for is not asked for", () => {
  const { check, calls } = watched();
  check.suspect("BTCUSDT");
  check.clear("BTCUSDT");
  check.tick(60_000);
  expect(calls).toEqual([]);
});

test("a venue that does not answer is asked again", async () => {
  const { check, calls, errors, settle } = watched();
  check.suspect("BTCUSDT");
  check.tick(0);
  await settle(new Error("no answer"));
  expect(errors).toHaveLength(1);
  check.tick(29_999);
  expect(calls).toHaveLength(1);
  check.tick(30_000);
  expect(calls).toHaveLength(2);
});

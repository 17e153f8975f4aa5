import { expect, test } from "vitest";
import { z } from "zod";
import { isRefusal } from "./is-refusal.ts";

const coded = (code: string) => Object.assign(new Error("said so"), { code });

test.each([
  { name: "a connection that is refused", error: coded("ECONNREFUSED") },
  { name: "a connection that is reset", error: coded("ECONNRESET") },
  { name: "a pipe that is broken", error: coded("EPIPE") },
  { name: "a name that is not found", error: coded("EAI_AGAIN") },
  { name: "a stream that was destroyed", error: coded("ERR_STREAM_DESTROYED") },
  { name: "a server that shuts down", error: coded("57P01") },
  { name: "a full disk", error: coded("53100") },
  { name: "a deadlock", error: coded("40P01") },
  { name: "a lost connection", error: new Error("Connection terminated unexpectedly") },
  { name: "no answer", error: new Error("Query read timeout") },
  { name: "no connection", error: new Error("timeout exceeded when trying to connect") },
])("$name is no refusal", ({ error }) => {
  expect(isRefusal(error)).toBe(false);
});

test.each([
  { name: "a number out of range", error: coded("22003") },
  { name: "a doubled key", error: coded("23505") },
  { name: "a column that is not there", error: coded("42703") },
  { name: "an invariant", error: new Error("Invariant: a cursor begins with a start") },
  { name: "a type error", error: new TypeError("x is not a function") },
  { name: "a wrong argument", error: Object.assign(new TypeError(), { code: "ERR_INVALID_ARG" }) },
  { name: "a row that cannot be read", error: z.string().safeParse(1).error },
  { name: "something that is no error", error: "no" },
])("regression: $name was taken for an outage without end", ({ error }) => {
  expect(isRefusal(error)).toBe(true);
});

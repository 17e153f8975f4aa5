import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runDoor } from "./ask-door.test-support.ts";
import { CALLS } from "./calls.ts";

const text = readFileSync(path.resolve(import.meta.dirname, "../../../docs/quant-door.md"), "utf8");

/** A request and its answer, a line each. */
const examples = [...text.matchAll(/```json\n(.+)\n(.+)\n```/g)].map(([, request, answer]) => ({
  request: String(request),
  answer: JSON.parse(String(answer)) as unknown,
  name: String(request).slice(0, 40),
}));
const { answers } = runDoor(examples.map(({ request }) => request));

test.each(examples.map((example, i) => ({ ...example, actual: answers[i] })))(
  "the document's answer holds: $name",
  ({ answer, actual }) => {
    expect(actual).toMatchObject(Object(nearly(answer)));
  },
);

/** Another machine may differ in the last digits of a logarithm. */
function nearly(value: unknown): unknown {
  if (typeof value === "number" && !Number.isInteger(value)) {
    const digits = 10 - Math.ceil(Math.log10(Math.abs(value)));
    return expect.closeTo(value, Math.max(0, digits));
  }
  if (Array.isArray(value)) return value.map(nearly);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, nearly(part)]));
}

test("the document has an example of every call", () => {
  const called = examples.map(({ request }) => JSON.parse(request).call as string);
  expect([...new Set(called)].sort()).toEqual([...CALLS.keys()].sort());
});

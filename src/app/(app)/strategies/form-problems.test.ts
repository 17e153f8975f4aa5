import { expect, test } from "vitest";
import { formProblems } from "./form-problems.ts";

test("errors at any depth are listed with their label and the id of their field", () => {
  const errors = {
    notional: { type: "custom", message: "Fill in this field", ref: {} },
    formation: { endMs: { type: "custom", message: "The end must be after the start" } },
  };
  expect(formProblems(errors, { notional: "Notional" })).toEqual([
    { message: "Notional: Fill in this field", fieldId: "notional" },
    { message: "The end must be after the start", fieldId: "formation.endMs" },
  ]);
});

test("a form without errors has no problems", () => {
  expect(formProblems({}, {})).toEqual([]);
});

import { expect, test } from "vitest";
import { LABEL_KINDS } from "#quant/learning/labels/label-kinds.ts";
import { unreadLabelWhy } from "./label-fields-read.ts";
import { usualSpec } from "./spec-values.ts";

const label = (kind: string, column: string, values: Record<string, string> = {}) => {
  const usual = usualSpec(LABEL_KINDS, kind, column);
  return { ...usual, values: { ...usual.values, ...values } };
};

test.each([
  { field: "hedge", of: label("direction", "spread"), isRead: true },
  { field: "hedge", of: label("direction", "close"), isRead: false },
  { field: "windowBars", of: label("direction", "close"), isRead: true },
  { field: "windowBars", of: label("direction", "close", { unit: "absolute" }), isRead: false },
  { field: "unit", of: label("change", "close", { form: "log" }), isRead: false },
  { field: "windowBars", of: label("change", "close", { form: "log" }), isRead: false },
  // The mean that the position is against is that of the window.
  {
    field: "windowBars",
    of: label("triple-barrier", "spread", { unit: "absolute" }),
    isRead: true,
  },
  {
    field: "windowBars",
    of: label("triple-barrier", "spread", { unit: "absolute", side: "long" }),
    isRead: false,
  },
  { field: "aheadBars", of: label("rule", "close"), isRead: true },
])("$field of $of.kind is read: $isRead", ({ field, of, isRead }) => {
  expect(unreadLabelWhy(of, field) === null).toBe(isRead);
});

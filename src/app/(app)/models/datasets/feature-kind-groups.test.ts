import { expect, test } from "vitest";
import { foreignColumns } from "#contracts/dataset-columns.ts";
import { FEATURE_KINDS } from "#quant/learning/features/feature-kinds.ts";
import { readFeature } from "#quant/learning/features/read-feature.ts";
import {
  FEATURE_KIND_GROUPS,
  featureOfKind,
  fieldOfSubject,
  newFeature,
} from "./feature-kind-groups.ts";
import { specCandidate } from "./spec-values.ts";

test("every kind of feature stands in one group", () => {
  const grouped = FEATURE_KIND_GROUPS.flatMap(({ kinds }) => kinds);
  expect(grouped.toSorted()).toEqual(Object.keys(FEATURE_KINDS).toSorted());
});

test.each(
  (["pairs", "instruments"] as const).flatMap((subject) =>
    Object.keys(FEATURE_KINDS).map((kind) => ({ subject, kind })),
  ),
)("a new $kind of $subject is valid and reads what they have", ({ subject, kind }) => {
  const reading = readFeature(specCandidate(FEATURE_KINDS, newFeature(kind, subject)));
  if (reading.kind === "refused") return expect.fail(reading.issues[0]?.message);
  expect(foreignColumns(reading.feature, subject === "pairs" ? 2 : 1)).toEqual([]);
});

test("a range of a pair is of a leg, also when it was another feature before", () => {
  const range = featureOfKind(newFeature("sma", "pairs"), "atr", "pairs");
  expect(range.values).toMatchObject({ instrument: "y" });
  const field = FEATURE_KINDS.atr.parameters["instrument"];
  if (field === undefined) return expect.fail("a range has an instrument");
  expect(fieldOfSubject("instrument", field, "pairs")).toMatchObject({
    choices: { y: "Leg Y", x: "Leg X" },
  });
});

import { expect, test } from "vitest";
import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { parameterGroups, parametersOf, readerOf, unreadWhy } from "./parameter-groups.ts";

const KINDS = Object.keys(STRATEGIES) as StrategyKind[];

test.each(KINDS)("every setting of %s stands in one group", (kind) => {
  const grouped = parameterGroups(kind).flatMap(({ parameters }) => parameters);
  const names = grouped.map(({ name }) => name).toSorted();
  expect(names).toEqual(
    parametersOf(kind)
      .map(({ name }) => name)
      .toSorted(),
  );
  expect(parameterGroups(kind).map(({ title }) => title)).not.toContain("Other");
});

test.each(KINDS)("what decides whether a setting of %s is read is itself a setting", (kind) => {
  const names = parametersOf(kind).map(({ name }) => name);
  for (const name of names) {
    const reader = readerOf(name);
    if (reader !== null) expect(names).toContain(reader);
  }
});

test("the Kalman settings are unread unless the hedge ratio is the filter's", () => {
  expect(unreadWhy("kalmanDelta", { hedgeMethod: "rolling" })).toContain("Kalman");
  expect(unreadWhy("kalmanDelta", { hedgeMethod: "kalman" })).toBeNull();
  expect(unreadWhy("entryZScore", { hedgeMethod: "kalman" })).toBeNull();
});

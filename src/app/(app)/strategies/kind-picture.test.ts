import { expect, test } from "vitest";
import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { kindPicture } from "./kind-picture.ts";

const KINDS = Object.keys(STRATEGIES) as StrategyKind[];

test.each(KINDS)("the picture of %s shows it enter and leave, and is always the same", (kind) => {
  const picture = kindPicture(kind);
  const kinds = picture.markers.map((marker) => marker.kind);
  expect(kinds.filter((one) => one !== "exit").length).toBeGreaterThan(1);
  expect(kinds).toContain("exit");
  expect(picture.lines.some(({ values }) => values.some(Number.isFinite))).toBe(true);
  expect(kindPicture(kind)).toEqual(picture);
});

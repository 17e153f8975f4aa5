import { expect, test } from "vitest";
import { COVERAGE_COLUMNS } from "./coverage-columns.tsx";

test("what is counted has its unit in a CSV", () => {
  const units = new Map(COVERAGE_COLUMNS.map(({ id, csv }) => [id, csv?.unit]));
  expect(units.get("missing")).toBe("bars");
  expect(units.get("rejected")).toBe("rows");
  expect(units.get("first")).toBe("UTC");
});

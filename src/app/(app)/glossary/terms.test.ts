import { expect, test } from "vitest";
import {
  BENCHMARK_DEFINITIONS,
  EVIDENCE_DEFINITIONS,
  METRIC_DEFINITIONS,
  SCAN_FIGURE_DEFINITIONS,
} from "#ui/metric-definitions.ts";
import { TERMS } from "./terms.ts";

test("every entry has an address of its own", () => {
  const ids = [
    ...TERMS.map(({ id }) => id),
    ...Object.keys(METRIC_DEFINITIONS),
    ...Object.keys(SCAN_FIGURE_DEFINITIONS),
    ...Object.keys(EVIDENCE_DEFINITIONS),
    ...Object.keys(BENCHMARK_DEFINITIONS),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

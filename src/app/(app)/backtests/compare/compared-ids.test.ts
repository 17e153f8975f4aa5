import { expect, test } from "vitest";
import { comparedIds, withReference } from "./compared-ids.ts";

const IDS = Array.from({ length: 8 }, (_, i) => `00000000-0000-4000-8000-00000000000${i}`);

test("an address names up to six, each once, and nonsense is left out", () => {
  expect(comparedIds(null)).toEqual([]);
  expect(comparedIds(`${IDS[0]},x,${IDS[0]},${IDS[1]}`)).toEqual([IDS[0], IDS[1]]);
  expect(comparedIds(IDS.join(","))).toHaveLength(6);
});

test("another reference comes first and the others keep their order", () => {
  expect(withReference(["a", "b", "c"], "c")).toEqual(["c", "a", "b"]);
  expect(withReference(["a", "b"], "x")).toEqual(["a", "b"]);
});

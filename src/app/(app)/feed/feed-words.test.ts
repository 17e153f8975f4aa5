import { expect, test } from "vitest";
import { proofInWords } from "./feed-words.ts";

test("a day without a missing id says so in the words of the proof", () => {
  const proof = { firstId: 5_933_014, lastId: 9_120_551 };
  expect(proofInWords({ ...proof, missingCount: 0, isComplete: true })).toBe(
    "ids 5,933,014 … 9,120,551 complete",
  );
  expect(proofInWords({ ...proof, missingCount: 12, isComplete: false })).toBe(
    "ids 5,933,014 … 9,120,551, 12 missing",
  );
  expect(proofInWords({ ...proof, missingCount: 0, isComplete: false })).toBe(
    "ids 5,933,014 … 9,120,551, a gap is being closed",
  );
});

import { expect, test } from "vitest";
import { studyProblem, tradingAfter } from "./study-dates.ts";

const FORMATION = { startMs: Date.UTC(2019, 0, 1), endMs: Date.UTC(2023, 0, 1) };

test("a study trades the year after the formation period, or as much of it as there is", () => {
  const until = (lastOpenTimeMs: number | null) => tradingAfter(FORMATION, [{ lastOpenTimeMs }]);
  expect(until(Date.UTC(2025, 0, 1))).toEqual({
    startMs: FORMATION.endMs,
    endMs: Date.UTC(2024, 0, 1),
  });
  expect(until(Date.UTC(2023, 5, 30)).endMs).toBe(Date.UTC(2023, 6, 1));
  expect(until(null).endMs).toBe(FORMATION.endMs);
});

test.each([
  { change: {}, problem: null },
  { change: { pairs: 0 }, problem: /no pair/ },
  { change: { trading: { startMs: null, endMs: 1 } }, problem: /Both dates/ },
  { change: { trading: { startMs: 1, endMs: 2 } }, problem: /after the formation/ },
  { change: { trading: { startMs: FORMATION.endMs, endMs: FORMATION.endMs } }, problem: /Nothing/ },
  { change: { traditionalPairs: Number.NaN }, problem: /1 to 100/ },
])("a study with $change", ({ change, problem }) => {
  const trading = { startMs: FORMATION.endMs, endMs: Date.UTC(2024, 0, 1) };
  const said = studyProblem({
    formation: FORMATION,
    trading,
    pairs: 3,
    traditionalPairs: 19,
    ...change,
  });
  if (problem === null) expect(said).toBeNull();
  else expect(said).toMatch(problem);
});

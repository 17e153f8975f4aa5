import { expect, test } from "vitest";
import { PublishedStudyConfig } from "./published-study.ts";

const DAY_MS = 86_400_000;

test("more bars than a study can hold are refused at the start (S15)", () => {
  const config = {
    intervalMs: DAY_MS,
    formation: { startMs: 0, endMs: 1_000 * DAY_MS },
    trading: { startMs: 1_000 * DAY_MS, endMs: 1_300 * DAY_MS },
    instruments: Array.from({ length: 500 }, (_, i) => i + 1),
    pairs: [[1, 2]],
    traditionalPairs: 5,
  };
  expect(PublishedStudyConfig.safeParse(config).success).toBe(true);
  const parsed = PublishedStudyConfig.safeParse({ ...config, intervalMs: 60_000 });
  expect(parsed.error?.issues[0]).toMatchObject({
    path: ["instruments"],
    message: expect.stringContaining("Too many bars"),
  });
});

import { expect, test } from "vitest";
import { JobKind, JobState } from "#contracts/job.ts";
import { isJobActive, jobHref } from "./job-links.ts";

test("every kind of job leads to a page of the app", () => {
  for (const kind of JobKind.options) {
    expect(jobHref({ kind, subjectId: "42" })).toMatch(/^\/[a-z]/);
  }
});

test("a scan and a backtest lead to their own result", () => {
  expect(jobHref({ kind: "scan", subjectId: "a" })).toBe("/discover/scans/a");
  expect(jobHref({ kind: "backtest", subjectId: "b" })).toBe("/backtests/b");
});

test("a job is active until it has ended one way or another", () => {
  expect(JobState.options.filter((state) => isJobActive({ state }))).toEqual(["queued", "running"]);
});

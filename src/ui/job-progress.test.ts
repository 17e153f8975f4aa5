import { expect, test } from "vitest";
import type { JobView } from "#contracts/job.ts";
import { jobSentence } from "./job-progress.tsx";

const RUNNING: JobView = {
  id: "00000000-0000-4000-8000-000000000001",
  kind: "scan",
  state: "running",
  progress: 0.42,
  stage: "Testing pairs",
  subjectId: "00000000-0000-4000-8000-000000000002",
  title: "Scan of 24 symbols",
  createdAtMs: 0,
  startedAtMs: 0,
  finishedAtMs: null,
  elapsedMs: 4_000,
  remainingMs: 6_000,
  cancelRequested: false,
  error: null,
  files: null,
  symbols: null,
};

test("a running job says its stage, how far it is, and the time that it took and will take", () => {
  expect(jobSentence(RUNNING)).toBe("Testing pairs · 42 % · 4 s, about 6 s left");
});

test("a job without a basis for an estimate promises none", () => {
  expect(jobSentence({ ...RUNNING, remainingMs: null })).toBe("Testing pairs · 42 % · 4 s");
});

test("a failed job says why", () => {
  const error = {
    code: "invalid-input",
    message: "Line 7: close is zero",
    field: "close",
  } as const;
  expect(jobSentence({ ...RUNNING, state: "failed", error })).toBe("Line 7: close is zero");
});

test("an import that left files out says how many", () => {
  const files = { imported: 2, refused: 1 };
  const done = {
    ...RUNNING,
    kind: "import-uploads",
    state: "succeeded",
    remainingMs: null,
  } as const;
  expect(jobSentence({ ...done, files })).toBe("2 of 3 files imported, 1 refused · Done in 4 s");
  expect(jobSentence({ ...done, files: { imported: 3, refused: 0 } })).toBe("Done in 4 s");
});

test("a history that lacks symbols says how many and why", () => {
  const bars = { instrumentId: 1, barCount: 100, error: null };
  const symbols = [
    { ...bars, symbol: "BTCUSDT" },
    { ...bars, symbol: "LUNAUSDT", error: "Binance knows no symbol LUNAUSDT" },
  ];
  const done = { ...RUNNING, kind: "backfill-history", state: "succeeded", symbols } as const;
  expect(jobSentence(done)).toBe(
    "1 of 2 symbols failed: LUNAUSDT: Binance knows no symbol LUNAUSDT · Done in 4 s",
  );
  expect(jobSentence({ ...done, symbols: null, state: "cancelled" })).toBe(
    "Cancelled after 4 s; what was fetched is kept",
  );
});

test("a job that was put off says what it waits for", () => {
  const queued = { ...RUNNING, state: "queued" } as const;
  expect(jobSentence({ ...queued, stage: "" })).toBe("Waiting for a free worker");
  expect(jobSentence({ ...queued, stage: "Waiting for a trade" })).toBe("Waiting for a trade");
});

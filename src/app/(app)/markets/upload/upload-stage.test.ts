import { expect, test } from "vitest";
import type { JobView } from "#contracts/job.ts";
import type { UploadView } from "#contracts/upload.ts";
import { inspectionOf, isImportable, uploadStage } from "./upload-stage.ts";

const UPLOAD: UploadView = {
  id: "4f7c8f0e-1f39-4f0a-8a3f-0e7a3b1c2d4e",
  fileName: "AAA.csv",
  state: "received",
  byteCount: 10,
  createdAtMs: 0,
  format: null,
  preview: null,
  report: null,
};
const INSPECTION: JobView = {
  id: "0b6d2f58-7a41-4c09-9d65-5f0a9e8b7c61",
  kind: "inspect-upload",
  state: "running",
  progress: 0,
  stage: "",
  subjectId: UPLOAD.id,
  title: "Reading AAA.csv",
  createdAtMs: 0,
  startedAtMs: 0,
  finishedAtMs: null,
  elapsedMs: 0,
  remainingMs: null,
  cancelRequested: false,
  error: null,
  files: null,
  symbols: null,
};
const PREVIEW = {
  header: [],
  rows: [],
  rejections: [],
  symbols: ["AAA"],
  intervalMs: 3_600_000,
  calendar: "continuous",
  closeOnly: false,
  refusal: null,
  complete: true,
} as const satisfies UploadView["preview"];
const REPORT = {
  imported: false,
  refusal: "Row 3 is at fault",
  rowCount: 3,
  rejectedCount: 1,
  duplicateCount: 0,
  rejections: [],
  series: [],
} as const satisfies UploadView["report"];

test("a file is being read until its job has ended", () => {
  expect(uploadStage(UPLOAD, null).kind).toBe("reading");
  expect(uploadStage(UPLOAD, INSPECTION).kind).toBe("reading");
});

test("a file that could not be read says why", () => {
  const error = { code: "unsupported-file", message: "This is a program", field: null } as const;
  expect(uploadStage(UPLOAD, { ...INSPECTION, state: "failed", error })).toEqual({
    kind: "unreadable",
    reason: "This is a program",
  });
});

test("a file without rows cannot be imported", () => {
  const preview = { ...PREVIEW, refusal: "The file has no rows" };
  const stage = uploadStage({ ...UPLOAD, state: "inspected", preview }, null);
  expect(stage).toEqual({ kind: "unreadable", reason: "The file has no rows" });
  expect(isImportable(stage, "skip")).toBe(false);
});

test("a file with good rows is ready either way", () => {
  const stage = uploadStage({ ...UPLOAD, state: "inspected", preview: PREVIEW }, null);
  expect(isImportable(stage, "refuse")).toBe(true);
});

test("regression: files whose rows are at fault were counted as ready to import", () => {
  const fault = { line: 3, symbol: "AAA", field: "close", reason: "close is empty", text: "" };
  const preview = { ...PREVIEW, rejections: [fault] };
  const stage = uploadStage({ ...UPLOAD, state: "inspected", preview }, null);
  expect(isImportable(stage, "refuse")).toBe(false);
  expect(isImportable(stage, "skip")).toBe(true);
});

test("regression: a file with more rows at fault than a preview lists was said to have as many", () => {
  const fault = { line: 3, symbol: "AAA", field: "close", reason: "close is empty", text: "" };
  const preview = { ...PREVIEW, rejections: [fault], faultCount: 245 };
  expect(uploadStage({ ...UPLOAD, state: "inspected", preview }, null)).toEqual({
    kind: "ready",
    faultCount: 245,
  });
});

test("a file refused for its rows is taken on only when they are skipped", () => {
  const stage = uploadStage({ ...UPLOAD, state: "refused", report: REPORT }, null);
  expect(isImportable(stage, "refuse")).toBe(false);
  expect(isImportable(stage, "skip")).toBe(true);
});

test("a file refused as a whole is not taken on at all", () => {
  const report = { ...REPORT, rejectedCount: 0 };
  const stage = uploadStage({ ...UPLOAD, state: "refused", report }, null);
  expect(isImportable(stage, "skip")).toBe(false);
});

test("regression: a file refused for its duplicates alone could never be imported", () => {
  const report = { ...REPORT, rejectedCount: 0, duplicateCount: 2 };
  const stage = uploadStage({ ...UPLOAD, state: "refused", report }, null);
  expect(isImportable(stage, "skip")).toBe(true);
});

test("the newest reading of a file counts", () => {
  const later = { ...INSPECTION, id: "later", createdAtMs: 5 };
  expect(inspectionOf(UPLOAD.id, [INSPECTION, later])?.id).toBe("later");
  expect(inspectionOf("another", [INSPECTION])).toBeNull();
});

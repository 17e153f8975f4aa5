import { expect, test } from "vitest";
import { readAnswer } from "./send-file.ts";

const IDS = {
  uploadId: "4f7c8f0e-1f39-4f0a-8a3f-0e7a3b1c2d4e",
  jobId: "0b6d2f58-7a41-4c09-9d65-5f0a9e8b7c61",
};

test("an accepted file has an upload and a job", () => {
  expect(readAnswer(200, JSON.stringify(IDS))).toEqual({ kind: "sent", ...IDS });
});

test("a refusal says what the server said", () => {
  expect(readAnswer(415, '{"message":"Not a CSV file"}')).toEqual({
    kind: "refused",
    reason: "Not a CSV file",
  });
});

test.each([
  { name: "a page of a proxy", status: 502, text: "<html>Bad gateway</html>", reason: /502/ },
  { name: "too large, without words", status: 413, text: "", reason: /larger than the limit/ },
  { name: "success without ids", status: 200, text: "{}", reason: /200/ },
])("an answer that is not understood is a refusal: $name", ({ status, text, reason }) => {
  expect(readAnswer(status, text)).toMatchObject({
    kind: "refused",
    reason: expect.stringMatching(reason),
  });
});

import { expect, test } from "vitest";
import { MODEL_FILE_MAX } from "#contracts/model.ts";
import { readModelFile } from "./read-model-file.ts";

const MODEL = JSON.stringify({ format: "pairdesk-model", version: 1 });

test("a downloaded model is read, and called what it was called", () => {
  expect(readModelFile("model-Reverter-v3 (1).json", MODEL)).toEqual({
    ...{ kind: "read", name: "Reverter", text: MODEL },
  });
});

test.each([
  { name: "that is not JSON", text: "PK\u0003", message: /not JSON/ },
  { name: "of something else", text: `{"format":"pairdesk-strategy"}`, message: /no model/ },
  { name: "that is a list", text: "[]", message: /no model/ },
  { name: "that is nothing", text: "null", message: /no model/ },
  { name: "that is too large", text: " ".repeat(MODEL_FILE_MAX + 1), message: /64 MB/ },
])("a file $name is refused", ({ text, message }) => {
  expect(readModelFile("x.json", text)).toMatchObject({
    kind: "refused",
    message: expect.stringMatching(message),
  });
});

import { expect, test } from "vitest";
import { errorWords } from "./error-words.ts";

test("a refusal keeps the words, the field and the code of the server", () => {
  const error = { message: "Taken", data: { appCode: "conflict", field: "email", errorId: null } };
  expect(errorWords(error)).toEqual({
    message: "Taken",
    field: "email",
    errorId: null,
    code: "conflict",
  });
});

test("a lost connection is put in words and not shown as it came", () => {
  const words = errorWords(new TypeError("Failed to fetch"));
  expect(words.message).toMatch(/did not answer/);
  expect(words.field).toBeNull();
});

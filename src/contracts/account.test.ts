import { expect, test } from "vitest";
import { Email } from "./account.ts";

test.each([
  { name: "an empty address", email: " ", message: "Enter your e-mail address" },
  { name: "letters that look alike", email: "аda@example.org", message: "Use plain letters" },
  { name: "no address", email: "ada", message: "Enter an e-mail address" },
])("$name is refused in words that fit", ({ email, message }) => {
  expect(Email.safeParse(email).error?.issues[0]?.message).toBe(message);
});

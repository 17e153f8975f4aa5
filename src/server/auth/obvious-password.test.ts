import { expect, test } from "vitest";
import { obviousPassword } from "./obvious-password.ts";

const PERSON = { email: "ada.byron@example.org", name: "Ada Byron" };

test.each([
  "password",
  "Password1!",
  "P@ssw0rd",
  "passw0rd123",
  "12345678",
  "123456789012",
  "87654321",
  "aaaaaaaa",
  "abcabcabc",
  "abcdefgh",
  "qwertyui",
  "poiuytrewq",
  "letmein2024",
  "iloveyou",
  "passwordpassword",
  "welcomehome".replace("home", "admin"),
  "AdaByron",
  "ada.byron",
  "ada.byron1",
  "ada.byron@example.org",
  "charlie1",
  "blink182",
  "rangers1",
])("%s is refused", (password) => {
  expect(obviousPassword(password, PERSON)).not.toBeNull();
});

test.each([
  "correct horse battery staple",
  "tr0ubadour&3x",
  "mean reversion at dawn",
  "k8Lm!qz2Rt",
  "Наполеон пьёт чай",
])("%s is allowed", (password) => {
  expect(obviousPassword(password, PERSON)).toBeNull();
});

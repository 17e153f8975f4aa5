import { z } from "zod";

// PostgreSQL stores no NUL and JSON columns no half of a surrogate pair; the other control characters
// are of no use in a name and can hide what stands in a list.
const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_LINES = /(?![\n\r\t])\p{Cc}/u;

/** One line of text that a person types: trimmed, whole characters, no control characters. */
export function plainLine(lengthMax: number) {
  return z
    .string()
    .trim()
    .max(lengthMax)
    .refine((text) => !CONTROL.test(text) && text.isWellFormed(), "Use no control characters");
}

/** Like plainLine, with line breaks and tabs. */
export function plainText(lengthMax: number) {
  return z
    .string()
    .trim()
    .max(lengthMax)
    .refine(
      (text) => !CONTROL_BUT_LINES.test(text) && text.isWellFormed(),
      "Use no control characters but line breaks",
    );
}

import { AppError } from "#contracts/error-code.ts";

const LENGTH_MAX = 128;

/**
 * Name of an uploaded file: the last part of its path, without control and direction characters, which
 * could make it look like another. It is shown and gives the symbol; it never names a file here.
 *
 * @throws {AppError} invalid-input when nothing is left of it
 */
export function uploadFileName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? "";
  const clean = base
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
    .trim();
  const short = [...clean].slice(0, LENGTH_MAX).join("").slice(0, LENGTH_MAX);
  if (short === "" || short === "." || short === "..") {
    throw new AppError("invalid-input", "The file has no name", { field: "name" });
  }
  return short;
}

import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";

const SOURCES = [
  "quant/**/*.ts",
  "contracts/**/*.ts",
  "worker/jobs/**/*.ts",
  "worker/compute/**/*.ts",
];
const NOT_RUN = /\.(?:test|test-support)\.ts$/;

/**
 * Hash of the code that results depend on: SHA-256 over the names and texts of its files, sorted.
 *
 * @returns hexadecimal
 */
export function codeHash(): string {
  const root = path.resolve(import.meta.dirname, "..");
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root }))
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => !NOT_RUN.test(file))
    .sort();
  const hash = createHash("sha256");
  for (const file of files) {
    // Lengths keep a byte from moving from one file to the next unseen.
    const text = readFileSync(path.join(root, file));
    hash.update(`${file}\0${text.length}\0`).update(text);
  }
  return hash.digest("hex");
}

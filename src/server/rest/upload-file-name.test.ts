import { expect, test } from "vitest";
import { uploadFileName } from "./upload-file-name.ts";

test.each([
  { name: "BTCUSDT.csv.gz", stored: "BTCUSDT.csv.gz" },
  { name: "../../etc/passwd", stored: "passwd" },
  { name: "C:\\data\\eth.csv", stored: "eth.csv" },
  { name: "a\0b\r\n.csv", stored: "ab.csv" },
  { name: "evil\u202Evsc.exe", stored: "evilvsc.exe" },
  { name: `${"x".repeat(300)}.csv`, stored: "x".repeat(128) },
])("$name is stored as $stored", ({ name, stored }) => {
  expect(uploadFileName(name)).toBe(stored);
});

test.each(["", "/", "..", " \t", "dir/"])("%j is no name", (name) => {
  expect(() => uploadFileName(name)).toThrow(expect.objectContaining({ code: "invalid-input" }));
});

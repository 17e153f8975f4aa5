import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { randomRun } from "./reported-run.test-support.ts";
import { columnBytes, runColumns } from "./run-columns.ts";

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("runColumns", () => {
  test("the same run twice has the same bytes, another has others", () => {
    const bytes = [3, 3, 4].map((seed) => hashOf(columnBytes(runColumns(randomRun(seed).run))));
    expect(bytes[0]).toBe(bytes[1]);
    expect(bytes[0]).not.toBe(bytes[2]);
  });

  test("every column changes the bytes", () => {
    const columns = runColumns(randomRun(3).run);
    const hash = hashOf(columnBytes(columns));
    for (const changed of columns) {
      const others = columns.map((column) =>
        column === changed
          ? { ...column, values: column.values.map((value, i) => (i === 0 ? value + 1 : value)) }
          : column,
      );
      expect(hashOf(columnBytes(others))).not.toBe(hash);
    }
    expect(columns.map(({ name }) => name)).toEqual([
      "asks.bar",
      "asks.slot",
      "asks.value",
      "fills.bar",
      "fills.slot",
      "fills.quantity",
      "fills.price",
      "fills.fee",
      "fills.slippageCost",
      "fills.isMaker",
      "equity",
    ]);
  });

  test("minus zero is zero, and every NaN is one", () => {
    const { run } = randomRun(3);
    const odd = new Float64Array(new Uint32Array([1, 0xfff80000]).buffer);
    const one = runColumns({ ...run, equity: Float64Array.of(0, Number.NaN) });
    const other = runColumns({ ...run, equity: Float64Array.of(-0, Number(odd[0])) });
    expect(columnBytes(one)).toEqual(columnBytes(other));
  });
});

test("columnBytes are names, lengths and little-endian values", () => {
  const bytes = columnBytes([{ name: "ab", values: Float64Array.of(1, Number.NaN) }]);
  expect([...bytes]).toEqual(
    [
      [2, 0, 0, 0],
      [97, 98],
      [2, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 0xf0, 0x3f],
      [0, 0, 0, 0, 0, 0, 0xf8, 0x7f],
    ].flat(),
  );
});

import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { expect } from "vitest";
import { expectWithin, type GoldenCase } from "../golden/load-golden.test-support.ts";

const root = path.resolve(import.meta.dirname, "../../..");

/** What came of a run of the door: the answers, parsed, and how it ended. */
export type DoorRun = { readonly answers: readonly unknown[]; readonly status: number | null };

/** Runs the door as a process on these lines. */
export function runDoor(lines: readonly string[]): DoorRun {
  const { stdout, status } = spawnSync(process.execPath, ["scripts/quant.ts"], {
    cwd: root,
    input: `${lines.join("\n")}\n`,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  const written = stdout.split("\n").filter((line) => line !== "");
  return { answers: written.map((line): unknown => JSON.parse(line)), status };
}

/** A call with golden numbers: the field of the answer at each path is that field of the case. */
export type GoldenCall = {
  readonly golden: GoldenCase;
  readonly call: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Golden field → path in the result, such as "criticalValues.5%". */
  readonly fields: Readonly<Record<string, string>>;
};

/** Asks all at once; the results in the order of the calls, an error as it came. */
export function askDoor(calls: readonly GoldenCall[]): readonly unknown[] {
  const lines = calls.map(({ call, args }) => JSON.stringify({ call, args: plain(args) }));
  return runDoor(lines).answers;
}

/** Typed arrays are written as arrays. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Float64Array) return [...value];
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}

/** The part of an answer at a path of names and indexes; undefined where there is none. */
export function partOf(answer: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((part, name) => {
    if (typeof part !== "object" || part === null) return undefined;
    return new Map(Object.entries(part)).get(name);
  }, answer);
}

/** Holds an answer against its case. */
export function expectGoldenAnswer({ golden, fields }: GoldenCall, answer: unknown): void {
  expect(answer, golden.case).toHaveProperty("result");
  for (const [field, at] of Object.entries(fields)) {
    const tolerance = { ...golden.tolerance, ...golden.tolerance.fields?.[field] };
    const actual = partOf(answer, `result.${at}`);
    expectAlike(`${golden.case}: ${field}`, actual, golden.expected[field], tolerance);
  }
}

function expectAlike(
  label: string,
  actual: unknown,
  expected: unknown,
  tolerance: GoldenCase["tolerance"],
): void {
  if (Array.isArray(expected)) {
    expect(actual, label).toHaveLength(expected.length);
    expected.forEach((each, i) => {
      expectAlike(`${label}[${i}]`, partOf(actual, String(i)), each, tolerance);
    });
  } else if (typeof expected === "number") {
    expect(typeof actual, label).toBe("number");
    expectWithin(label, Number(actual), expected, tolerance);
  } else {
    // JSON has no infinity: the files write a word, the door null.
    expect(actual, label).toBe(
      expected === "Infinity" || expected === "-Infinity" ? null : expected,
    );
  }
}

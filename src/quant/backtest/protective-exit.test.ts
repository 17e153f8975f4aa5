import { expect, test } from "vitest";
import { protectiveExit } from "./protective-exit.ts";

const NONE = Number.NaN;

function bar(open: number, high: number, low: number, close: number) {
  const [o, h, l, c] = [open, high, low, close].map((value) => Float64Array.of(value));
  if (!(o && h && l && c)) throw new Error("there are four");
  return { open: o, high: h, low: l, close: c, volume: Float64Array.of(1) };
}

const rows = [
  {
    name: "nothing inside the levels",
    of: [100, 105, 95, 101],
    side: 1,
    stop: 90,
    limit: 110,
    is: null,
  },
  {
    name: "a stop at its price",
    of: [100, 105, 89, 101],
    side: 1,
    stop: 90,
    limit: NONE,
    is: "stop 90",
  },
  {
    name: "a stop that is touched",
    of: [100, 105, 90, 101],
    side: 1,
    stop: 90,
    limit: NONE,
    is: "stop 90",
  },
  {
    name: "a gap through the stop at the open",
    of: [85, 86, 84, 86],
    side: 1,
    stop: 90,
    limit: NONE,
    is: "stop 85 at open",
  },
  {
    name: "a limit at its price",
    of: [100, 111, 99, 101],
    side: 1,
    stop: NONE,
    limit: 110,
    is: "limit 110",
  },
  {
    name: "no limit that is just touched",
    of: [100, 110, 99, 101],
    side: 1,
    stop: NONE,
    limit: 110,
    is: null,
  },
  {
    name: "no better price than the limit",
    of: [115, 116, 114, 115],
    side: 1,
    stop: NONE,
    limit: 110,
    is: "limit 110",
  },
  {
    name: "the stop before the limit",
    of: [100, 111, 89, 101],
    side: 1,
    stop: 90,
    limit: 110,
    is: "stop 90",
  },
  {
    name: "the mirror for shorts",
    of: [100, 111, 89, 101],
    side: -1,
    stop: 110,
    limit: 90,
    is: "stop 110",
  },
  {
    name: "a short's gap",
    of: [120, 121, 119, 120],
    side: -1,
    stop: 110,
    limit: NONE,
    is: "stop 120 at open",
  },
  {
    name: "a short's limit",
    of: [100, 101, 89, 95],
    side: -1,
    stop: 110,
    limit: 90,
    is: "limit 90",
  },
  {
    name: "closes only",
    of: [NONE, NONE, NONE, 85],
    side: 1,
    stop: 90,
    limit: NONE,
    is: "stop 85 at open",
  },
  {
    name: "no levels, no exit",
    of: [100, 900, 1, 100],
    side: 1,
    stop: NONE,
    limit: NONE,
    is: null,
  },
] as const;

test.each(rows)("$name", ({ of: [open, high, low, close], side, stop, limit, is }) => {
  const exit = protectiveExit(bar(open, high, low, close), 0, side, { stop, limit });
  const text =
    exit === null ? null : `${exit.kind} ${exit.price}${exit.isAtOpen ? " at open" : ""}`;
  expect(text).toBe(is);
});

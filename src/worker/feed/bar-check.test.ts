import { expect, test } from "vitest";
import type { VenueBar } from "#db/market-bars.ts";
import { compareBars } from "./bar-check.ts";

const OURS: VenueBar = {
  openTimeMs: 60_000,
  open: 1,
  high: 3,
  low: 0.5,
  close: 2,
  volume: 10.1,
  provenance: "complete",
  tradeCount: 4,
  lateCount: 0,
  backfilledCount: 0,
};
const THEIRS = {
  openTimeMs: 60_000,
  open: 1,
  high: 3,
  low: 0.5,
  close: 2,
  volume: 10.1,
  rawTradeCount: 6,
};

test.each([
  { name: "the same", ours: [OURS], theirs: THEIRS, equal: [true] },
  {
    name: "a volume that is off by rounding",
    ours: [OURS],
    theirs: { ...THEIRS, volume: 10.1 + 1e-14 },
    equal: [true],
  },
  { name: "another volume", ours: [OURS], theirs: { ...THEIRS, volume: 10.2 }, equal: [false] },
  { name: "another low", ours: [OURS], theirs: { ...THEIRS, low: 0.4 }, equal: [false] },
  { name: "no bar of ours where they have trades", ours: [], theirs: THEIRS, equal: [false] },
  {
    name: "no bar of ours where they have none",
    ours: [],
    theirs: { ...THEIRS, rawTradeCount: 0 },
    equal: [true],
  },
  {
    name: "a partial bar, which says so",
    ours: [{ ...OURS, provenance: "partial" as const }],
    theirs: THEIRS,
    equal: [],
  },
  {
    name: "a kline, which is theirs",
    ours: [{ ...OURS, provenance: "kline" as const }],
    theirs: THEIRS,
    equal: [],
  },
])("$name", ({ ours, theirs, equal }) => {
  expect(compareBars(ours, [theirs]).map(({ isEqual }) => isEqual)).toEqual(equal);
});

import { expect, test } from "vitest";
import { testCoverage } from "./strategy.test-support.ts";
import { blankStrategy } from "./strategy-prefill.ts";
import { chosenInstruments, usualFees, venuesOf } from "./usual-fees.ts";

const { fees } = blankStrategy().costs;
const SERIES = [
  { ...testCoverage(1), venue: "binance" as const },
  { ...testCoverage(2), venue: "simulated" as const },
  { ...testCoverage(3), venue: "upload" as const },
];

test.each([
  { name: "instruments of known venues have theirs", instruments: [1, 2], kind: "venue" },
  { name: "of an upload nobody knows the venue", instruments: [1, 3], kind: "bps" },
  { name: "without instruments nothing is known", instruments: [], kind: "bps" },
])("$name", ({ instruments, kind }) => {
  expect(usualFees(fees, SERIES, instruments)).toEqual({ ...fees, kind });
});

test("legs that are not chosen yet are no instruments", () => {
  expect(chosenInstruments([{ y: "1", x: "" }], [3])).toEqual([1, 3]);
  expect(venuesOf(SERIES, [1, 3])).toEqual(["binance", "upload"]);
});

import { expect, test } from "vitest";
import { type Ledger, provenanceOf } from "./ledger.ts";

const BAR = { startMs: 60_000, endMs: 120_000, backfilledCount: 0 };
const WHOLE: Ledger = { firstTradeMs: 59_999, lastTradeMs: 120_000, holes: [] };

test.each([
  { name: "with a trade before and one after", ledger: WHOLE, provenance: "complete" },
  {
    name: "without a trade before it",
    ledger: { ...WHOLE, firstTradeMs: 60_000 },
    provenance: "partial",
  },
  {
    name: "without a trade after it",
    ledger: { ...WHOLE, lastTradeMs: 119_999 },
    provenance: "partial",
  },
  {
    name: "with a hole within",
    ledger: { ...WHOLE, holes: [{ afterMs: 70_000, beforeMs: 80_000 }] },
    provenance: "partial",
  },
  {
    name: "with a hole that ends at its first moment",
    ledger: { ...WHOLE, holes: [{ afterMs: 50_000, beforeMs: 60_000 }] },
    provenance: "partial",
  },
  {
    name: "with a hole that begins at its last moment",
    ledger: { ...WHOLE, holes: [{ afterMs: 119_999, beforeMs: 130_000 }] },
    provenance: "partial",
  },
  {
    name: "with a hole whose end is not known, long before",
    ledger: { ...WHOLE, holes: [{ afterMs: 1_000, beforeMs: Number.POSITIVE_INFINITY }] },
    provenance: "partial",
  },
  {
    name: "with holes before and after it",
    ledger: {
      ...WHOLE,
      holes: [
        { afterMs: 0, beforeMs: 59_999 },
        { afterMs: 120_000, beforeMs: 130_000 },
      ],
    },
    provenance: "complete",
  },
] as const)("a bar $name is $provenance", ({ ledger, provenance }) => {
  expect(provenanceOf(BAR, ledger)).toBe(provenance);
});

test("a whole bar with fetched trades is backfilled", () => {
  expect(provenanceOf({ ...BAR, backfilledCount: 1 }, WHOLE)).toBe("backfilled");
});

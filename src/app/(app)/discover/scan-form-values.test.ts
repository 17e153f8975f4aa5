import { expect, test } from "vitest";
import { ScanForm, scanDefaults } from "./scan-form-values.ts";

const HOUR_MS = 3_600_000;
const UNIVERSE = {
  id: "00000000-0000-4000-8000-000000000001",
  name: "Two",
  intervalMs: HOUR_MS,
  instruments: [1, 2].map((id) => ({
    id,
    symbol: `S${id}`,
    venue: "upload",
    firstOpenTimeMs: Date.UTC(2023, 0, 1),
    lastOpenTimeMs: Date.UTC(2024, 0, 1) - HOUR_MS,
    barCount: 8_760,
  })),
  synthetic: false,
  scanCount: 0,
  createdAtMs: 0,
  updatedAtMs: 0,
};

test("the defaults of a universe with data are a scan that can start", () => {
  const config = ScanForm.parse(scanDefaults(UNIVERSE));
  expect(config.formation.startMs).toBe(Date.UTC(2023, 0, 1));
  expect(config.formation.endMs).toBeLessThan(Date.UTC(2024, 0, 1));
  expect(config.lags).toEqual({ kind: "aic" });
});

test("a fixed number of lags is read from its field, other choices ignore it", () => {
  const values = scanDefaults(UNIVERSE);
  expect(ScanForm.parse({ ...values, lags: { kind: "fixed", lags: "3" } }).lags).toEqual({
    kind: "fixed",
    lags: 3,
  });
  expect(ScanForm.parse({ ...values, lags: { kind: "bic", lags: "" } }).lags).toEqual({
    kind: "bic",
  });
});

test.each([
  { name: "no window", changes: { formation: { startMs: null, endMs: null } }, path: "formation" },
  { name: "no significance", changes: { significance: "" }, path: "significance" },
  {
    name: "an empty fixed lag",
    changes: { lags: { kind: "fixed" as const, lags: "" } },
    path: "lags",
  },
])("$name is refused beside its field", ({ changes, path }) => {
  const result = ScanForm.safeParse({ ...scanDefaults(UNIVERSE), ...changes });
  expect(result.error?.issues[0]?.path[0]).toBe(path);
});

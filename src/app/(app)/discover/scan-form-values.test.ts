import { expect, test } from "vitest";
import { SCAN_PRESETS } from "#contracts/scan-presets.ts";
import { methodValues, ScanForm, scanDefaults, scanFormOf } from "./scan-form-values.ts";

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
  const values = { ...scanDefaults(UNIVERSE), method: "all-pairs" as const };
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
  {
    name: "no significance",
    changes: { method: "custom" as const, significance: "" },
    path: "significance",
  },
  {
    name: "an empty fixed lag",
    changes: { method: "all-pairs" as const, lags: { kind: "fixed" as const, lags: "" } },
    path: "lags",
  },
])("$name is refused beside its field", ({ changes, path }) => {
  const result = ScanForm.safeParse({ ...scanDefaults(UNIVERSE), ...changes });
  expect(result.error?.issues[0]?.path[0]).toBe(path);
});

test("regression: a window of five bars was accepted", () => {
  const startMs = Date.UTC(2023, 0, 1);
  const scanOf = (bars: number) =>
    scanFormOf([UNIVERSE]).safeParse({
      ...scanDefaults(UNIVERSE),
      formation: { startMs, endMs: startMs + bars * HOUR_MS },
    });
  expect(scanOf(5).error?.issues).toMatchObject([
    {
      path: ["formation", "endMs"],
      message: "The window has 5 bars; this test needs at least 30",
    },
  ]);
  expect(scanOf(30).success).toBe(true);
});

test("the first choice is the honest preset", () => {
  expect(ScanForm.parse(scanDefaults(UNIVERSE))).toMatchObject(SCAN_PRESETS.honest);
});

test("all pairs are tested without a funnel", () => {
  const values = { ...scanDefaults(UNIVERSE), method: "all-pairs" as const };
  expect(ScanForm.parse(values).funnel).toBeUndefined();
});

test.each(["honest", "thesis", "service"] as const)(
  "the fields of the preset %s, sent as one's own, are the preset",
  (name) => {
    const values = { ...scanDefaults(UNIVERSE), ...methodValues(name), method: "custom" as const };
    const { funnel, ...rest } = SCAN_PRESETS[name];
    expect(ScanForm.parse(values)).toMatchObject({
      ...rest,
      funnel: { ...funnel, preset: "custom" },
    });
  },
);

test("what a preset does not show cannot spoil it", () => {
  const values = scanDefaults(UNIVERSE);
  const spoilt = { ...values, significance: "", lags: { kind: "fixed" as const, lags: "x" } };
  expect(ScanForm.parse(spoilt)).toMatchObject(SCAN_PRESETS.honest);
});

test("an option of one's own is refused under the name of its field", () => {
  const { funnel, ...values } = scanDefaults(UNIVERSE);
  const clustering = { ...funnel.clustering, kind: "optics" as const, xi: "2" };
  const result = ScanForm.safeParse({
    ...values,
    method: "custom",
    funnel: { ...funnel, clustering },
  });
  expect(result.error?.issues[0]?.path).toEqual(["funnel", "clustering", "xi"]);
});

test.each(["distance", "correlation"] as const)("a %s baseline has a number of pairs", (kind) => {
  const { funnel, ...values } = scanDefaults(UNIVERSE);
  const withPairs = (pairs: string) => ({
    ...values,
    method: "custom" as const,
    funnel: { ...funnel, clustering: { ...funnel.clustering, kind, pairs } },
  });
  expect(ScanForm.parse(withPairs("30")).funnel?.clustering).toEqual({ kind, pairs: 30 });
  expect(ScanForm.safeParse(withPairs("0")).error?.issues[0]?.path).toEqual([
    ...["funnel", "clustering", "pairs"],
  ]);
});

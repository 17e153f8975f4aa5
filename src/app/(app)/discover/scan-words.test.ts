import { describe, expect, test } from "vitest";
import { SCAN_PRESETS } from "#contracts/scan-presets.ts";
import {
  formationSentence,
  funnelSentence,
  heatMapSentence,
  lagChoiceLabel,
  listedSentence,
  refusalWords,
  scanSummarySentence,
} from "./scan-words.ts";

const SUMMARY = {
  pairCount: 276,
  testedCount: 276,
  refusedCount: 0,
  rejectedCount: 49,
  expectedFalseCount: 13.8,
  discoveredCount: 2,
  durationMs: 1,
};

describe("scanSummarySentence", () => {
  test("says tests, rejections, false ones to expect and survivors", () => {
    expect(scanSummarySentence(SUMMARY, 0.05)).toBe(
      "276 pairs tested at 5 %: 49 below 0.05 where about 14 false ones are to be expected; 2 survive Benjamini–Hochberg, less than one of them false.",
    );
  });

  test("says none when nothing survives, and less than one when chance gives none", () => {
    const few = {
      ...SUMMARY,
      testedCount: 1,
      rejectedCount: 0,
      expectedFalseCount: 0.05,
      discoveredCount: 0,
    };
    expect(scanSummarySentence(few, 0.05)).toBe(
      "1 pair tested at 5 %: 0 below 0.05 where less than one false one is to be expected; none survives Benjamini–Hochberg.",
    );
  });
});

test("a fixed lag is named by its number", () => {
  expect(lagChoiceLabel({ kind: "fixed", lags: 1 })).toBe("1 lag");
  expect(lagChoiceLabel({ kind: "aic" })).toBe("lags by AIC");
});

test("an unknown refusal is shown as its code", () => {
  expect(refusalWords("collinear")).toContain("same but for a factor");
  expect(refusalWords("a-new-code")).toBe("a-new-code");
});

describe("funnelSentence", () => {
  const funnel = {
    instrumentCount: 25,
    keptInstrumentCount: 24,
    clusterCount: 1,
    assignedCount: 24,
    candidateCount: 276,
    passedCount: 1,
    steps: [],
  };

  test("says candidates, rejections, false ones to expect and what passed", () => {
    expect(funnelSentence(SUMMARY, funnel, SCAN_PRESETS.honest)).toBe(
      "276 candidates of 24 instruments tested: 49 below 0.05, of which chance alone would give about 14; 1 pair passes everything.",
    );
  });

  test("says how many pairs each correction leaves, and how many of them are false", () => {
    const counts = { benjaminiHochberg: 40, benjaminiYekutieli: 0 };
    expect(
      funnelSentence({ ...SUMMARY, survivors: counts }, funnel, SCAN_PRESETS.honest),
    ).toContain(
      "; 40 survive Benjamini–Hochberg, about 2 of them false, and none the stricter Benjamini–Yekutieli; 1 pair passes",
    );
  });

  test("regression: candidates that never came to the test were called tested", () => {
    const summary = { ...SUMMARY, pairCount: 780, rejectedCount: 66, expectedFalseCount: 35.15 };
    const candidates = { ...funnel, candidateCount: 780, keptInstrumentCount: 40, passedCount: 2 };
    expect(funnelSentence(summary, candidates, SCAN_PRESETS.honest)).toBe(
      "780 candidates of 40 instruments, 703 of them tested: 66 below 0.05, of which chance alone would give about 35; 2 pairs pass everything.",
    );
    const untested = { ...summary, rejectedCount: 0, expectedFalseCount: 0 };
    expect(
      funnelSentence(untested, { ...candidates, passedCount: 0 }, SCAN_PRESETS.honest),
    ).toContain("780 candidates of 40 instruments, none of them tested");
  });

  test("promises nothing of a naive test", () => {
    const naive = { ...SUMMARY, expectedFalseCount: 27.6 };
    expect(funnelSentence(naive, funnel, SCAN_PRESETS.thesis)).toBe(
      "276 candidates of 24 instruments tested: 49 below 0.1; 1 pair passes everything.",
    );
  });
});

test("a list says how much it leaves out, and by what it is the first", () => {
  expect(listedSentence(1_000, 499_500, "p-value, the smallest first")).toBe(
    "The first 1,000 of 499,500 pairs by p-value, the smallest first; the CSV has all pairs of the scan.",
  );
});

test("a heat map says which symbols it leaves out, and nothing when it has all", () => {
  const symbols = Array.from({ length: 100 }, (_, i) => `S${i}`);
  expect(heatMapSentence({ symbols, instrumentCount: 1_000 })).toContain("100 of 1,000 symbols");
  expect(heatMapSentence({ symbols, instrumentCount: 100 })).toBeUndefined();
});

describe("formationSentence", () => {
  const HOUR_MS = 3_600_000;
  const formation = { startMs: Date.UTC(2023, 0, 1), endMs: Date.UTC(2025, 0, 1) };
  const scanned = (firstOpenTimeMs: number, lastOpenTimeMs: number) => ({
    config: { ...SCAN_PRESETS.honest, universeId: "", formation },
    intervalMs: HOUR_MS,
    summary: { ...SUMMARY, dataSpan: { firstOpenTimeMs, lastOpenTimeMs } },
  });

  test("regression: a scan claimed the window asked for where data were missing", () => {
    const scan = scanned(Date.UTC(2024, 2, 1), Date.UTC(2024, 7, 31, 23));
    expect(formationSentence(scan)).toBe(
      "2023-01-01 to 2024-12-31 UTC (the data: 2024-03-01 to 2024-08-31)",
    );
  });

  test("says no more where the data cover the window", () => {
    const scan = scanned(formation.startMs, formation.endMs - HOUR_MS);
    expect(formationSentence(scan)).toBe("2023-01-01 to 2024-12-31 UTC");
  });
});

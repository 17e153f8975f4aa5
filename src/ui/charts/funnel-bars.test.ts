import { expect, test } from "vitest";
import type { ScanFunnelStep } from "#contracts/scan-funnel.ts";
import { funnelBars, funnelCsv } from "./funnel-bars.ts";

const STEPS: ScanFunnelStep[] = [
  {
    stage: "quality",
    entered: 200,
    passed: 150,
    reasons: [{ reason: "too-many-missing", count: 50 }],
  },
  {
    stage: "cointegration",
    entered: 150,
    passed: 10,
    reasons: [
      { reason: "refused", count: 0 },
      { reason: "leg-stationary", count: 20 },
      { reason: "not-cointegrated", count: 120 },
    ],
  },
  { stage: "passed", entered: 10, passed: 10, reasons: [] },
];

test("a bar is as long as the share of all pairs that its stage leaves", () => {
  const bars = funnelBars({ steps: STEPS });
  expect(bars.map(({ stage, share, fellOut }) => [stage, share, fellOut])).toEqual([
    ["quality", 0.75, 50],
    ["cointegration", 0.05, 140],
  ]);
});

test("the commonest reason stands first, and one that nothing fell out for is not named", () => {
  expect(funnelBars({ steps: STEPS })[1]?.reasons).toEqual([
    { reason: "not-cointegrated", count: 120 },
    { reason: "leg-stationary", count: 20 },
  ]);
});

test("as CSV each reason has a line, and a stage without one too", () => {
  const steps: ScanFunnelStep[] = [
    ...STEPS.slice(0, 2),
    { stage: "hurst", entered: 10, passed: 10, reasons: [] },
  ];
  const labels = { stageLabel: (id: string) => id, reasonLabel: (id: string) => `=${id}` };
  expect(funnelCsv(funnelBars({ steps }), labels).trim().split("\r\n")).toEqual([
    "Stage,Pairs in,Pairs left,Share of all,Reason,Fell out",
    "quality,200,150,0.75,'=too-many-missing,50",
    "cointegration,150,10,0.05,'=not-cointegrated,120",
    "cointegration,150,10,0.05,'=leg-stationary,20",
    "hurst,10,10,0.05,,0",
  ]);
});

test("a universe without pairs has bars without length", () => {
  const steps: ScanFunnelStep[] = [{ stage: "quality", entered: 0, passed: 0, reasons: [] }];
  expect(funnelBars({ steps })).toMatchObject([{ share: 0 }]);
});

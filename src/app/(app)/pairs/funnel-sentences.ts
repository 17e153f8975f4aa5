import type { ScanPairRow } from "#contracts/scan.ts";
import type { ScanPairFunnel } from "#contracts/scan-funnel.ts";
import { REASONS } from "../discover/scans/[id]/funnel-words.ts";

/** Whether the row was judged by the naive test, which knows one direction only. */
export function isNaive(row: ScanPairRow): boolean {
  return row.funnel != null && row.pValueXy === null;
}

/** The verdict of a funnel on a pair. */
export function funnelVerdict(row: ScanPairRow, { stage, reason }: ScanPairFunnel): string {
  if (reason !== null && stage !== "passed") {
    return `This pair fell out of the funnel: ${REASONS[reason]}.`;
  }
  return isNaive(row)
    ? `This pair passed every stage of the funnel, but by the naive test, which takes many unrelated pairs for cointegrated. ${combinedSentence(row)}`
    : "This pair passed every stage of the funnel, with a p-value that knows what was fitted and chosen.";
}

/** What the p-value of the naive test is worth. */
export function naiveSentence(row: ScanPairRow): string {
  return `ADF of the residual as if it had not been fitted: this p-value is far too small. ${combinedSentence(row)}`;
}

function combinedSentence({ funnel }: ScanPairRow): string {
  const combined = funnel?.combinedPValue ?? null;
  if (combined === null) return "The right test has no answer for this pair.";
  const value = combined < 0.0001 ? "below 0.0001" : combined.toPrecision(2);
  return `The combined p-value of the right test is ${value}.`;
}

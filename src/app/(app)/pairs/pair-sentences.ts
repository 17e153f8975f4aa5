import type { ScanPairRow } from "#contracts/scan.ts";
import { barsInWords } from "./bars-in-words.ts";
import { funnelVerdict } from "./funnel-sentences.ts";

/** What stands in a sentence of a figure beside the row itself. */
export type PairContext = { readonly intervalMs: number; readonly significance: number };

function twoDigits(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString("en-US", { maximumFractionDigits: 6 });
}

/** A probability as a share that one can picture; below the fourth digit more would pretend. */
function howMany(probability: number): string {
  return probability < 0.0001
    ? "fewer than 1 in 10,000"
    : `about ${twoDigits(probability * 100)} in 100`;
}

/** The verdict of the scan on a pair, before any figure. */
export function verdictSentence(row: ScanPairRow, context: PairContext): string {
  const { pValue, qValue } = row;
  if (row.refusal === null && row.funnel != null) return funnelVerdict(row, row.funnel);
  if (row.refusal !== null || pValue === null || qValue === null) {
    return "This pair was not tested, so nothing is known of it.";
  }
  if (qValue < context.significance) {
    return `The spread of this pair came back too steadily for chance, even among all the pairs of this scan: a discovery at ${context.significance}.`;
  }
  if (pValue < context.significance) {
    return "Taken alone the test speaks for this pair, but among so many pairs that much is to be expected by chance: not a discovery.";
  }
  return "The test finds no sign that the spread of this pair comes back: not a discovery.";
}

export function hedgeRatioSentence(row: ScanPairRow): string | null {
  if (row.hedgeRatio === null) return null;
  const held = Math.abs(row.hedgeRatio * 1_000).toLocaleString("en-US", {
    maximumFractionDigits: 0,
  });
  return row.hedgeRatio > 0
    ? `Against every 1,000 of ${row.symbolY} stand ${held} of ${row.symbolX} on the other side.`
    : `Beside every 1,000 of ${row.symbolY} stand ${held} of ${row.symbolX} on the same side: the two move against each other, so this is not a hedge.`;
}

/** What a p-value says of one direction of the Engle–Granger test. */
export function pValueSentence(pValue: number | null, onto: string, from: string): string | null {
  if (pValue === null) return null;
  return `With ${onto} explained by ${from}: if the two were not cointegrated, ${howMany(pValue)} such tests would still look this good.`;
}

export function qValueSentence(row: ScanPairRow): string | null {
  if (row.qValue === null) return null;
  const start = "Of the pairs that look at least this good in this scan,";
  if (row.qValue >= 0.995) return `${start} nearly all may be false finds.`;
  return `${start} ${howMany(row.qValue)} are to be expected to be false finds.`;
}

export function halfLifeSentence(row: ScanPairRow, context: PairContext): string {
  return row.halfLifeBars === null
    ? "The spread did not pull back towards its mean in the formation period, so there is no half-life."
    : `Half of a deviation is gone after about ${barsInWords(row.halfLifeBars, context.intervalMs)}.`;
}

export function correlationSentence(row: ScanPairRow): string | null {
  if (row.correlation === null) return null;
  const shared = twoDigits(row.correlation ** 2 * 100);
  const together = row.correlation >= 0 ? "together" : "against each other";
  return `From bar to bar the two move ${together} and share ${shared} % of their variance; that alone does not bring a spread back.`;
}

export function observationsSentence(row: ScanPairRow, context: PairContext): string {
  return `All figures rest on the ${barsInWords(row.observations, context.intervalMs)} that both legs have in the formation window.`;
}

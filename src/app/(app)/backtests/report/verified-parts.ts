import type { VerifiedPart } from "#contracts/verification.ts";
import { formatNumber } from "#ui/format.ts";
import { EVIDENCE_DEFINITIONS, METRIC_DEFINITIONS } from "#ui/metric-definitions.ts";
import { wordsOf } from "./report-words.ts";

const FIGURE_LABELS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({ ...METRIC_DEFINITIONS, ...EVIDENCE_DEFINITIONS }).map(([name, { label }]) => [
    name,
    label,
  ]),
);

/** Parts that a reader knows by the heading under which the report has them. */
const PART_LABELS: Readonly<Record<string, string>> = {
  series: "Series that were read",
  warnings: "Warnings, but for those of scans",
  chartColumns: "Everything that is drawn",
  insideBars: "What decides inside bars",
  books: "What was learned",
  costs: "From gross to net",
  instrumentCosts: "Costs by instrument",
  fewTrades: "Verdict on how many trades",
  lookAhead: "Look-ahead proof",
  months: "Monthly returns",
  drawdowns: "Deepest drawdowns",
  tradeProfits: "Profits of the trades",
  rollingSharpeBars: "Bars of the rolling Sharpe ratio",
  intervals: "Intervals of figures",
};

/** What a compared part is called: a figure by its own name. */
export function partLabel(name: string): string {
  const [, column] = /^chartColumns\.(.+)$/.exec(name) ?? [];
  if (column !== undefined) return `Drawn: ${wordsOf(column)}`;
  return FIGURE_LABELS[name] ?? PART_LABELS[name] ?? wordsOf(name);
}

/** A value as a table shows it: hashes by their beginning, numbers to what can be read. */
export function partText(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return `${text.slice(0, 12)}…`;
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value)
    ? text
    : formatNumber(value, { significant: 8 });
}

/** Those that differ first, for a reader looks for them; then those that cannot be compared. */
export function partsInOrder(parts: readonly VerifiedPart[]): readonly VerifiedPart[] {
  return [false, null, true].flatMap((wanted) => parts.filter(({ agrees }) => agrees === wanted));
}

/** Which parts are not compared, and why; null when all are. */
export function notComparedNote(parts: readonly VerifiedPart[]): string | null {
  const names = parts.flatMap(({ name, agrees }) => (agrees === null ? [partLabel(name)] : []));
  if (names.length === 0) return null;
  return (
    `Not compared: ${names.join(", ")}. ` +
    "The report was made before these were kept as they are now; everything else is compared."
  );
}

import { BacktestReport, type LookAheadResult, Metric } from "#contracts/backtest.ts";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import { canonicalJson } from "#contracts/canonical-json.ts";
import type { Manifest } from "#contracts/manifest.ts";
import type { VerifiedPart } from "#contracts/verification.ts";
import { sha256 } from "./manifest.ts";

/** The part that may differ in a report that is verified. */
export const CODE_PART = "code";

/** Everything that a report says, part by part, beside what a new run says. */
export function comparedParts(reported: BacktestReport, computed: BacktestReport): VerifiedPart[] {
  // As it would be read back, were it stored: JSON has no NaN and no −0.
  const found = BacktestReport.parse(JSON.parse(JSON.stringify(computed)));
  const keepsSignals = reported.analysis?.lookAhead.continuedCuts !== undefined;
  const comparable = keepsSignals ? (report: BacktestReport) => report : withoutSignals;
  const before = new Map(Object.entries(partsOf(comparable(reported))));
  return Object.entries(partsOf(comparable(found))).map(([name, value]) => {
    const said = before.get(name);
    const agrees = said === undefined ? null : canonicalJson(said) === canonicalJson(value);
    return { name, reported: textOf(said), found: textOf(value), agrees };
  });
}

/**
 * A report as they were before trades told all that was known at their signals: those of walk-forwards told nothing
 * of it, and long runs were cut at fewer bars.
 */
function withoutSignals(report: BacktestReport): BacktestReport {
  const { analysis, books, trades } = report;
  const isWalkForward = report.windows !== null;
  return {
    ...report,
    books: isWalkForward ? books.map((book) => ({ ...book, figures: [] })) : books,
    trades: trades.map(({ signals: _, ...trade }) =>
      isWalkForward ? { ...trade, entryFigure: null, exitFigure: null } : trade,
    ),
    analysis:
      analysis === null ? null : { ...analysis, lookAhead: withoutCuts(analysis.lookAhead) },
  };
}

function withoutCuts({ continuedCuts: _, ...lookAhead }: LookAheadResult): LookAheadResult {
  return { ...lookAhead, cuts: [] };
}

/**
 * What a report says, by name, without what depends on when it was made: times, and those warnings which tell
 * of scans that may have come or gone since. An older report lacks some parts.
 */
function partsOf(report: BacktestReport): Readonly<Record<string, unknown>> {
  const { metrics, analysis, manifest, warnings, scanWarnings, durationMs: _, ...run } = report;
  return {
    ...(scanWarnings === undefined ? {} : { warnings: warnings.slice(scanWarnings) }),
    ...manifestParts(manifest),
    ...analysis?.hashes,
    ...metrics,
    ...run,
    ...(analysis === null ? {} : analysisParts(analysis)),
  };
}

/** Hashes of whole series are left out: they change when a series grows, and say nothing of the bars read. */
function manifestParts(manifest: Manifest) {
  const { configHash, dataHash, codeHash, hashedBars, series, insideBars } = manifest;
  return {
    settings: configHash,
    // Not the reason: why there were no finer bars may change while nothing else does.
    ...(insideBars === undefined ? {} : { insideBars: insideText(insideBars) }),
    ...(hashedBars === "read" ? { data: dataHash, series } : {}),
    [CODE_PART]: codeHash,
  };
}

function insideText({ finerIntervalMs }: NonNullable<Manifest["insideBars"]>): string {
  return finerIntervalMs === null ? "pessimistic path" : `${intervalLabel(finerIntervalMs)} bars`;
}

/** Earlier trials are given to the new run as they were counted, and so are not compared. */
function analysisParts({
  hashes: _,
  evidence: { trials: __, ...evidence },
  lookAhead: { durationMs: ___, ...lookAhead },
  ...figures
}: NonNullable<BacktestReport["analysis"]>) {
  return { ...evidence, lookAhead, ...figures };
}

/** A figure as it is, and what is longer by its hash. */
function textOf(value: unknown): string {
  if (value === undefined) return "not kept";
  if (value === null) return "none";
  if (typeof value !== "object") return String(value);
  const metric = Metric.safeParse(value);
  if (!metric.success) return sha256(canonicalJson(value));
  return String(metric.data.value ?? metric.data.reason ?? "none");
}

import type {
  LagChoice,
  ScanConfig,
  ScanSummary,
  ScanView,
  TestedDirection,
} from "#contracts/scan.ts";
import type { ScanFunnelSummary, ScanPresetName } from "#contracts/scan-funnel.ts";
import { HEAT_MAP_SYMBOLS_MAX, type ScanHeatMap } from "#contracts/scan-pair-list.ts";
import { formatSpanUtc } from "#ui/format.ts";

/** Counts in words of a person: thousands are separated, one is singular. */
function counted(count: number, singular: string, plural: string): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? singular : plural}`;
}

function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(3))} %`;
}

/** The window that was asked for, and the bars that it really has where those are fewer. */
export function formationSentence({
  config: { formation },
  intervalMs,
  summary,
}: Pick<ScanView, "config" | "intervalMs" | "summary">): string {
  const asked = `${formatSpanUtc(formation)} UTC`;
  const span = summary?.dataSpan;
  if (span === undefined) return asked;
  const { firstOpenTimeMs, lastOpenTimeMs } = span;
  const isWhole =
    firstOpenTimeMs - formation.startMs < intervalMs &&
    formation.endMs - lastOpenTimeMs <= intervalMs;
  const data = formatSpanUtc({ startMs: firstOpenTimeMs, endMs: lastOpenTimeMs + 1 });
  return isWhole ? asked : `${asked} (the data: ${data})`;
}

/** What a scan found, with the number of false finds that chance alone would give beside it. */
export function scanSummarySentence(summary: ScanSummary, significance: number): string {
  const expected = Math.round(summary.expectedFalseCount);
  const chance =
    expected === 0
      ? "where less than one false one is to be expected"
      : `where about ${counted(expected, "false one is", "false ones are")} to be expected`;
  const survivors = survivorsText(
    summary.survivors ?? { benjaminiHochberg: summary.discoveredCount },
    significance,
  );
  const tested = `${counted(summary.testedCount, "pair", "pairs")} tested at ${percent(significance)}`;
  return `${tested}: ${summary.rejectedCount.toLocaleString("en-US")} below ${significance} ${chance}; ${survivors}.`;
}

/** How many pairs each correction leaves, and how many of them to expect to be false. */
function survivorsText(
  survivors: { readonly benjaminiHochberg: number; readonly benjaminiYekutieli?: number },
  significance: number,
): string {
  const { benjaminiHochberg, benjaminiYekutieli } = survivors;
  if (benjaminiHochberg === 0) return "none survives Benjamini–Hochberg";
  const expected = benjaminiHochberg * significance;
  const falseOnes = expected < 1 ? "less than one" : `about ${Math.round(expected)}`;
  const text = `${counted(benjaminiHochberg, "survives", "survive")} Benjamini–Hochberg, ${falseOnes} of them false`;
  if (benjaminiYekutieli === undefined) return text;
  return `${text}, and ${benjaminiYekutieli === 0 ? "none" : benjaminiYekutieli.toLocaleString("en-US")} the stricter Benjamini–Yekutieli`;
}

/**
 * What came through a funnel, with the number of false finds that chance alone would give beside it. That
 * number rests on the pairs that were judged, so it is they who are called tested.
 */
export function funnelSentence(
  summary: ScanSummary,
  funnel: ScanFunnelSummary,
  { significance, funnel: config }: Pick<ScanConfig, "significance" | "funnel">,
): string {
  const from = testedCandidates(funnel, Math.round(summary.expectedFalseCount / significance));
  const passed = `${counted(funnel.passedCount, "pair passes", "pairs pass")} everything`;
  const below = `${summary.rejectedCount.toLocaleString("en-US")} below ${significance}`;
  // A naive p-value promises nothing, so no number of false finds follows from it.
  if (config?.test.kind === "naive") return `${from}: ${below}; ${passed}.`;
  const expected = Math.round(summary.expectedFalseCount);
  const chance = expected === 0 ? "less than one" : `about ${expected.toLocaleString("en-US")}`;
  const corrected =
    summary.survivors === undefined ? "" : `${survivorsText(summary.survivors, significance)}; `;
  return `${from}: ${below}, of which chance alone would give ${chance}; ${corrected}${passed}.`;
}

/** How many candidates there were, and how many came to the test where an earlier stage kept some from it. */
function testedCandidates(
  { candidateCount, keptInstrumentCount }: ScanFunnelSummary,
  testedCount: number,
): string {
  const candidates = counted(candidateCount, "candidate", "candidates");
  const from = `${candidates} of ${counted(keptInstrumentCount, "instrument", "instruments")}`;
  if (testedCount >= candidateCount) return `${from} tested`;
  return `${from}, ${testedCount === 0 ? "none" : testedCount.toLocaleString("en-US")} of them tested`;
}

/** What a list leaves out of very many pairs. @param order what the listed ones are the first by */
export function listedSentence(listed: number, all: number, order: string): string {
  const number = (count: number) => count.toLocaleString("en-US");
  return `The first ${number(listed)} of ${number(all)} pairs by ${order}; the CSV has all pairs of the scan.`;
}

/** What a heat map leaves out of very many symbols; undefined when nothing. */
export function heatMapSentence({
  symbols,
  instrumentCount,
}: Pick<ScanHeatMap, "symbols" | "instrumentCount">): string | undefined {
  if (instrumentCount <= HEAT_MAP_SYMBOLS_MAX) return undefined;
  return `${symbols.length} of ${instrumentCount.toLocaleString("en-US")} symbols: those of the pairs with the smallest p-values, with all pairs among them.`;
}

/** The lag choice as a table or a summary names it. */
export function lagChoiceLabel(lags: LagChoice): string {
  switch (lags.kind) {
    case "aic":
      return "lags by AIC";
    case "bic":
      return "lags by BIC";
    case "fixed":
      return lags.lags === 1 ? "1 lag" : `${lags.lags} lags`;
  }
}

/** How the result of a preset is introduced. */
export const PRESET_LABELS: Record<ScanPresetName, string> = {
  honest: "Honest funnel",
  thesis: "Funnel of the thesis, with its naive test,",
  service: "Funnel of the service, with its naive test,",
  custom: "Funnel of one's own",
};

export const DIRECTION_LABELS: Record<TestedDirection, string> = {
  "y-on-x": "Y on X",
  "smaller-of-both-doubled": "the smaller of both, doubled",
};

const REFUSAL_WORDS: Readonly<Record<string, string>> = {
  "no-common-bars": "The two have no bar in common in this window",
  "too-short": "Too few bars that both have",
  constant: "A price does not change",
  collinear: "The two prices are the same but for a factor",
  same: "Both legs are the same instrument",
  "not-finite": "A price is not a number",
  "length-mismatch": "The two series could not be aligned",
  "out-of-range": "An option does not suit this many bars",
};

/** Why a pair was not tested, for a person; an unknown code is shown as it is. */
export function refusalWords(code: string): string {
  return REFUSAL_WORDS[code] ?? code;
}

import type { PairTestName, PairTestResult } from "#contracts/pair-analysis.ts";
import { formatPValue, formatTimeUtc } from "#ui/format.ts";
import { reasonSentence } from "./reason-words.ts";

const LEVEL = 0.05;

type Symbols = { readonly symbolY: string; readonly symbolX: string };

type TestWords = {
  readonly label: string;
  /** How it is made, for those who want to hold it against another programme. */
  readonly convention: string;
  readonly rejected: (pair: Symbols) => string;
  readonly kept: (pair: Symbols) => string;
};

const WANDERS = () => "The spread cannot be told from a random walk by this test.";
const SPREAD_NOTE = "law of a series that was not fitted; Engle–Granger allows for the fit";

export const TEST_WORDS: Readonly<Record<PairTestName, TestWords>> = {
  "engle-granger-yx": {
    label: "Engle–Granger, Y on X",
    convention: "constant, lags by AIC, MacKinnon (1994); null: not cointegrated",
    rejected: ({ symbolY, symbolX }) =>
      `What ${symbolX} leaves unexplained of ${symbolY} comes back too steadily for two unrelated prices.`,
    kept: ({ symbolY, symbolX }) =>
      `What ${symbolX} leaves unexplained of ${symbolY} could as well be that of two unrelated prices.`,
  },
  "engle-granger-xy": {
    label: "Engle–Granger, X on Y",
    convention: "constant, lags by AIC, MacKinnon (1994); null: not cointegrated",
    rejected: ({ symbolY, symbolX }) =>
      `What ${symbolY} leaves unexplained of ${symbolX} comes back too steadily for two unrelated prices.`,
    kept: ({ symbolY, symbolX }) =>
      `What ${symbolY} leaves unexplained of ${symbolX} could as well be that of two unrelated prices.`,
  },
  "engle-granger-combined": {
    label: "Engle–Granger, better direction",
    convention: "the smaller p-value, corrected for having chosen it by simulation",
    rejected: ({ symbolY, symbolX }) =>
      `Even allowing for having looked in both directions, ${symbolY} and ${symbolX} hang together.`,
    kept: ({ symbolY, symbolX }) =>
      `Allowing for having looked in both directions, nothing shows that ${symbolY} and ${symbolX} hang together.`,
  },
  "johansen-trace": {
    label: "Johansen, trace",
    convention: "restricted constant, one lagged difference; null: no cointegrating combination",
    rejected: ({ symbolY, symbolX }) =>
      `Some combination of ${symbolY} and ${symbolX} stands still, whichever is taken as given.`,
    kept: ({ symbolY, symbolX }) =>
      `No combination of ${symbolY} and ${symbolX} is seen to stand still.`,
  },
  "johansen-max-eigenvalue": {
    label: "Johansen, largest eigenvalue",
    convention: "restricted constant, one lagged difference; null: none against exactly one",
    rejected: ({ symbolY, symbolX }) =>
      `Exactly one combination of ${symbolY} and ${symbolX} is more likely than none.`,
    kept: ({ symbolY, symbolX }) =>
      `One combination of ${symbolY} and ${symbolX} that stands still is not more likely than none.`,
  },
  "phillips-ouliaris-variance-ratio": {
    label: "Phillips–Ouliaris, Pu",
    convention: "Y on X, constant, short lags; null: not cointegrated; rejects above its 5 % value",
    rejected: ({ symbolY, symbolX }) =>
      `What ${symbolX} leaves unexplained of ${symbolY} is small beside the shocks of both.`,
    kept: ({ symbolY, symbolX }) =>
      `What ${symbolX} leaves unexplained of ${symbolY} is as large as its shocks would add up to.`,
  },
  "phillips-ouliaris-trace": {
    label: "Phillips–Ouliaris, Pz",
    convention:
      "both legs alike, constant, short lags; null: not cointegrated; rejects above its 5 % value",
    rejected: ({ symbolY, symbolX }) =>
      `Whichever of ${symbolY} and ${symbolX} is taken as given, they stay closer than their shocks would let them.`,
    kept: ({ symbolY, symbolX }) =>
      `Whichever of ${symbolY} and ${symbolX} is taken as given, they stray as far as their shocks would take them.`,
  },
  adf: {
    label: "Augmented Dickey–Fuller",
    convention: `of the spread, constant, lags by AIC; null: a random walk; ${SPREAD_NOTE}`,
    rejected: () => "The spread is pulled back to its level more than a random walk would be.",
    kept: WANDERS,
  },
  kpss: {
    label: "KPSS",
    convention: "of the spread, constant, automatic lags; null: it stands still; p within 0.01–0.1",
    rejected: () => "The spread wanders too far to be standing still: a warning.",
    kept: () => "Nothing speaks against a spread that stands still.",
  },
  "phillips-perron": {
    label: "Phillips–Perron",
    convention: `of the spread, constant, Zτ; null: a random walk; ${SPREAD_NOTE}`,
    rejected: () => "Also without modelling its short-term swings, the spread comes back.",
    kept: WANDERS,
  },
  "df-gls": {
    label: "DF-GLS",
    convention: `of the spread, constant, lags by AIC; null: a random walk; ${SPREAD_NOTE}`,
    rejected: () => "The spread comes back, be it slowly: this test sees slow reversion best.",
    kept: () => "Not even slow reversion of the spread is seen.",
  },
  "zivot-andrews": {
    label: "Zivot–Andrews",
    convention:
      "of the spread, a break in its level, lags by AIC; null: a random walk without break",
    rejected: () => "With one break in its level allowed for, the spread comes back.",
    kept: () =>
      "Even with one break in its level allowed for, the spread looks like a random walk.",
  },
  "variance-ratio-2": {
    label: "Variance ratio, 2 bars",
    convention: "of the spread, robust, debiased; null: a random walk",
    rejected: () => "Moves over two bars are not what single bars of a random walk add up to.",
    kept: () => "Moves over two bars are what single bars of a random walk add up to.",
  },
  "variance-ratio-16": {
    label: "Variance ratio, 16 bars",
    convention: "of the spread, robust, debiased; null: a random walk",
    rejected: () => "Moves over sixteen bars are not what single bars of a random walk add up to.",
    kept: () => "Moves over sixteen bars are what single bars of a random walk add up to.",
  },
  "hedge-ratio-break": {
    label: "Break of the hedge ratio",
    convention:
      "largest Wald statistic (sup-F) of Y's moves on X's, middle 70 % of the bars; null: one hedge ratio; unequal volatility makes it reject too often",
    rejected: ({ symbolY, symbolX }) =>
      `Moves of ${symbolY} answer those of ${symbolX} differently before and after a break: a warning.`,
    kept: ({ symbolY, symbolX }) =>
      `Nothing shows that moves of ${symbolY} answer those of ${symbolX} differently than they did.`,
  },
};

/** What one test says of this pair. */
export function testSentence(row: PairTestResult, pair: Symbols): string {
  if (row.statistic === null) return reasonSentence(row.reason);
  const words = TEST_WORDS[row.name];
  const isRejected = verdictOf(row);
  if (isRejected === null) return "The statistic has no p-value here.";
  const said = isRejected ? words.rejected(pair) : words.kept(pair);
  return row.breakMs === null
    ? said
    : `${said} The likeliest break is after ${formatTimeUtc(row.breakMs)}.`;
}

/** Tests without p-value, which reject above their critical value. */
const BY_CRITICAL_VALUE: ReadonlySet<PairTestName> = new Set([
  "phillips-ouliaris-variance-ratio",
  "phillips-ouliaris-trace",
]);

/** Whether the null hypothesis is rejected at 5 %; null: not known. */
export function verdictOf(row: PairTestResult): boolean | null {
  const { name, statistic, pValue, criticalValue } = row;
  if (pValue !== null) return pValue < LEVEL;
  if (!BY_CRITICAL_VALUE.has(name) || statistic === null || criticalValue === null) return null;
  return statistic > criticalValue;
}

/** Tests whose null hypothesis is what one hopes for. */
const HOPED_FOR: ReadonlySet<PairTestName> = new Set(["kpss", "hedge-ratio-break"]);

/** Whether a test speaks for the pair: some do by not rejecting. null: not known. */
export function speaksFor(row: PairTestResult): boolean | null {
  const isRejected = verdictOf(row);
  if (isRejected === null) return null;
  return HOPED_FOR.has(row.name) ? !isRejected : isRejected;
}

/** A p-value with the side on which the table ends. */
export function pValueText({ pValue, pValueClamped }: PairTestResult): string {
  if (pValue === null) return "–";
  if (pValueClamped === "low") return `< ${pValue}`;
  if (pValueClamped === "high") return `> ${pValue}`;
  return formatPValue(pValue);
}

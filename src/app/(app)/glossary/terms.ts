export type Term = { readonly id: string; readonly name: string; readonly meaning: string };

/** The field's words as this product uses them; figures have definitions of their own. */
export const TERMS: readonly Term[] = [
  { id: "pair", name: "Pair", meaning: "Two instruments that are traded against each other." },
  {
    id: "leg",
    name: "Leg Y, leg X",
    meaning:
      "The two sides of a pair. Leg Y is bought when the spread is held long, and leg X sold against it. Y is the symbol that comes first in the alphabet.",
  },
  {
    id: "bar",
    name: "Bar",
    meaning:
      "Open, high, low, close and volume of one interval, named by the time it opens, in UTC.",
  },
  {
    id: "gap",
    name: "Gap",
    meaning: "A run of missing bars. Gaps are drawn as gaps and never filled in.",
  },
  {
    id: "universe",
    name: "Universe",
    meaning: "A named list of instruments at one interval, among which pairs are looked for.",
  },
  {
    id: "cointegration",
    name: "Cointegration",
    meaning:
      "Two prices that each wander without limit, while a fixed combination of their logarithms keeps returning to its mean. Correlation says that they move alike from bar to bar; cointegration says that they do not drift apart.",
  },
  {
    id: "spread",
    name: "Spread",
    meaning:
      "What is left of leg Y after leg X is taken out: ln Y − α − β ln X, with β the hedge ratio.",
  },
  {
    id: "z-score",
    name: "Z-score",
    meaning:
      "How many standard deviations the spread lies from its mean, both over the same window of past bars. The deviation is that of a sample: it divides by n − 1.",
  },
  {
    id: "formation-period",
    name: "Formation period",
    meaning: "The bars on which pairs are selected and the hedge ratio is estimated.",
  },
  {
    id: "trading-period",
    name: "Trading period",
    meaning:
      "The bars after the formation period, on which the pair is traded with all parameters frozen.",
  },
  {
    id: "thresholds",
    name: "Entry, exit and stop",
    meaning:
      "Absolute z-scores: at the entry a position is opened against the deviation, at the exit it is closed on the way back, at the stop it is given up.",
  },
  {
    id: "long-short",
    name: "Long and short the spread",
    meaning:
      "Long buys leg Y and sells leg X, when the spread is low. Short does the reverse, when it is high.",
  },
  {
    id: "notional",
    name: "Notional",
    meaning: "The absolute value of a position in the quote currency of the prices.",
  },
  {
    id: "bps",
    name: "Basis point (bps)",
    meaning:
      "A hundredth of a percent. Fees and slippage are given in basis points of the notional of a fill.",
  },
  {
    id: "slippage",
    name: "Slippage",
    meaning: "How much worse than the price on the chart a fill is assumed to be.",
  },
  {
    id: "look-ahead",
    name: "Look-ahead",
    meaning:
      "The mistake of letting a decision use what was not known yet. Here the signal of a bar is filled at the next bar, and nothing after a bar changes what was decided at it.",
  },
  {
    id: "look-ahead-proof",
    name: "Look-ahead proof",
    meaning:
      "A test on every reported run: the data is cut off at a bar and everything up to it computed again. If anything before the cut comes out differently, a decision has used the future. Cuts lie at entries and exits, one bar before them, and at random bars.",
  },
  {
    id: "walk-forward",
    name: "Walk-forward",
    meaning:
      "Learning on one stretch of bars, trading the next, and going on: every traded bar comes after everything that was learned for it, and pairs and parameters are chosen again in each window.",
  },
  {
    id: "purge-embargo",
    name: "Purge and embargo",
    meaning:
      "Bars left out at the end of a formation period, and between it and the trading period, so that nothing learned overlaps what is traded.",
  },
  {
    id: "in-sample",
    name: "In sample, out of sample",
    meaning:
      "In sample are the bars from which something was learned or chosen, out of sample those that it has not seen. The first always look better; how much better says how much was fitted to noise.",
  },
  {
    id: "bootstrap",
    name: "Bootstrap interval",
    meaning:
      "The range in which a figure falls when the returns are drawn again many times in blocks, so that runs of related bars stay together. A wide range means that luck could have made the figure.",
  },
  {
    id: "trial",
    name: "Trial",
    meaning:
      "One run of a strategy on data. Whoever tries a hundred settings finds a good one by luck, so every trial on the same data is counted and the best must beat what that many would show by chance.",
  },
  {
    id: "funding",
    name: "Funding",
    meaning:
      "Payments between holders of long and short positions of a perpetual future, every few hours.",
  },
  {
    id: "false-discovery",
    name: "False discovery",
    meaning:
      "A pair that passes a test by luck. At a level of 5 %, one in twenty pairs without any relation does; the Benjamini–Hochberg correction keeps their share among the finds at the level.",
  },
  {
    id: "manifest",
    name: "Manifest",
    meaning:
      "The hashes of the configuration, the data and the code that made a result, so that anyone can make it again and compare.",
  },
];

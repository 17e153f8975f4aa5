import type { MarketBars } from "../backtest/market-bars.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import type { PairKernel } from "../kernels/pair-kernel.ts";
import { baselineSelection } from "../pairs/baseline-selection.ts";
import { calibratedScreen } from "../pairs/calibrated-screen.ts";
import { candidateAt } from "../pairs/candidate-columns.ts";
import type { CandidateFigures } from "../pairs/candidate-figures.ts";
import { commonBars } from "../pairs/common-bars.ts";
import { PAIR_VERDICTS } from "../pairs/pair-verdict.ts";
import { type FormationFunnel, formationFunnel, keptInstruments } from "./formation-funnel.ts";
import type {
  ChosenBook,
  PairFigures,
  PairRanking,
  PairSelection,
  SelectedBooks,
} from "./pair-selection.ts";

/**
 * Selects the books of a window from its formation bars.
 *
 * Bars from which nothing can be selected (too few that all instruments have, fewer than two instruments)
 * select nothing and say why; they are no fault of the caller's, for the next window may have more.
 *
 * @param formation the formation's bars and no others
 * @param selection how
 * @param kernel of the scan
 * @param isCancelled asked every few pairs
 * @returns the books, the best first, or null when it was cancelled
 *
 * Cost: that of a scan of these bars.
 */
export function selectBooks(
  formation: MarketBars,
  selection: PairSelection,
  kernel: PairKernel,
  isCancelled: () => boolean,
): SelectedBooks | null {
  try {
    switch (selection.kind) {
      case "funnel": {
        const found = formationFunnel(formation, selection.funnel, kernel, isCancelled);
        return found === null ? null : survivors(formation, found, selection);
      }
      case "baseline":
        return baselineBooks(formation, selection);
      case "fixed":
        return fixedBooks(formation, selection.books);
    }
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const { code, message } = error;
    const instruments = formation.instruments.length;
    const counts = { instruments, keptInstruments: 0, candidates: 0, tested: 0, passed: 0 };
    return { books: [], counts, refusal: { code, message } };
  }
}

/** The survivors of the funnel in the order asked for. */
function survivors(
  formation: MarketBars,
  { kept, candidates, judgements }: FormationFunnel,
  { rankBy, count }: Extract<PairSelection, { kind: "funnel" }>,
): SelectedBooks {
  const { columns, pairs } = candidates;
  const { verdict, qValue, rank } = judgements;
  const passed = Array.from(rank.keys()).filter((k) => rank[k]! > 0);
  const keyOf = (k: number): number => RANKING_KEYS[rankBy](candidateAt(columns, k));
  passed.sort((a, b) => keyOf(a) - keyOf(b) || rank[a]! - rank[b]!);
  const books = passed.slice(0, count).map(
    (k, place): ChosenBook => ({
      instruments: [kept[pairs[2 * k]!]!, kept[pairs[2 * k + 1]!]!],
      rank: place + 1,
      figures: pairFigures(candidateAt(columns, k), qValue[k]!),
    }),
  );
  const isTested = (k: number): boolean =>
    PAIR_VERDICTS[verdict[k]!]!.stage !== "unit-roots" && !Number.isNaN(columns.pValue[k]!);
  const counts = {
    instruments: formation.instruments.length,
    keptInstruments: kept.length,
    candidates: verdict.length,
    tested: Array.from(verdict.keys()).filter(isTested).length,
    passed: passed.length,
  };
  return { books, counts, refusal: null };
}

/** Smaller is better; what has no figure comes last. */
const RANKING_KEYS: Readonly<Record<PairRanking, (figures: CandidateFigures) => number>> = {
  "p-value": () => 0,
  "half-life": ({ halfLifeBars }) => halfLifeBars ?? Number.MAX_VALUE,
  "mean-crossings": ({ meanCrossings }) => -(meanCrossings ?? -1),
  hurst: ({ hurst }) => hurst ?? Number.MAX_VALUE,
};

function baselineBooks(
  formation: MarketBars,
  { baseline, quality, count }: Extract<PairSelection, { kind: "baseline" }>,
): SelectedBooks {
  const kept = keptInstruments(formation, quality);
  const candidates = (kept.length * (kept.length - 1)) / 2;
  const instruments = formation.instruments.length;
  const closes = kept.map((place) => formation.instruments[place]!.close);
  const selected = candidates === 0 ? [] : baselineSelection(closes, { kind: baseline, count });
  const books = selected.map(({ first, second }, place) =>
    testedBook(formation, [kept[first]!, kept[second]!], place + 1),
  );
  const counts = {
    instruments,
    keptInstruments: kept.length,
    candidates,
    tested: 0,
    passed: books.length,
  };
  return { books, counts, refusal: null };
}

function fixedBooks(formation: MarketBars, chosen: readonly (readonly number[])[]): SelectedBooks {
  const books = chosen.map((instruments, place) => testedBook(formation, instruments, place + 1));
  const counts = {
    instruments: formation.instruments.length,
    keptInstruments: formation.instruments.length,
    candidates: books.length,
    tested: 0,
    passed: books.length,
  };
  return { books, counts, refusal: null };
}

/** A book that no test has chosen, with what one would have said of it. */
function testedBook(
  formation: MarketBars,
  instruments: readonly number[],
  rank: number,
): ChosenBook {
  const [legY, legX, ...more] = instruments;
  if (legY === undefined || legX === undefined || more.length > 0) {
    return { instruments, rank, figures: null };
  }
  const logOf = (place: number): Float64Array => formation.instruments[place]!.close.map(Math.log);
  const { a: y, b: x } = commonBars(logOf(legY), logOf(legX));
  // Nothing is judged here, so every figure is wanted.
  const figures = calibratedScreen(y, x, { lags: { kind: "aic" }, significance: 2 });
  return { instruments, rank, figures: pairFigures(figures, Number.NaN) };
}

function pairFigures(figures: CandidateFigures, qValue: number): PairFigures {
  const { observations, pValue, johansenPValue, hedgeRatio, halfLifeBars } = figures;
  const { hurst, meanCrossings, correlation } = figures;
  return {
    observations,
    pValue,
    qValue: Number.isNaN(qValue) ? null : qValue,
    johansenPValue,
    hedgeRatio,
    halfLifeBars,
    hurst,
    meanCrossings,
    correlation,
  };
}

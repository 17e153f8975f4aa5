import { lowerBound } from "../../series/lower-bound.ts";
import type { RawColumn } from "../features/feature-source.ts";
import type { DatasetGroup } from "./dataset.ts";
import type { Hazard } from "./hazard.ts";

/**
 * Group hazards: what is wrong with the pairs and instruments that are pooled.
 *
 * Pairs may share a leg. The same pair or instrument twice, also turned round, counts every row twice, and
 * so does the same series under two symbols, also when it is shorter, or a tick of it differs; both would put a copy
 * of a test row among the others.
 *
 * @param groups of the dataset
 * @returns refused: a symbol twice in a pair, the same symbols in two groups, equal returns on
 *   common bars under two symbols. Warned of: a given hedge ratio of which nobody says since when it was known
 *
 * Cost: O(groups · bars + groups²), and O(bars) for each two series that are alike.
 */
export function groupHazards(groups: readonly DatasetGroup[]): readonly Hazard[] {
  return [...repeatedSymbols(groups), ...copiedSeries(groups), ...undatedRatios(groups)];
}

function repeatedSymbols(groups: readonly DatasetGroup[]): readonly Hazard[] {
  const hazards: Hazard[] = [];
  const seen = new Map<string, string>();
  for (const { name, symbols } of groups) {
    if (new Set(symbols).size < symbols.length) {
      hazards.push(repeatedSymbol(`${name} has the same symbol for both legs`, [name]));
    }
    const key = JSON.stringify(symbols.toSorted());
    const before = seen.get(key);
    if (before === undefined) seen.set(key, name);
    else {
      const names = [before, name];
      hazards.push(
        repeatedSymbol(`${names.join(" and ")} are the same, each row counts twice`, names),
      );
    }
  }
  return hazards;
}

function repeatedSymbol(message: string, names: readonly string[]): Hazard {
  return { code: "duplicated-symbol", severity: "refusal", message, names };
}

/** Known closes of a symbol, and when they were. */
type Series = {
  readonly symbol: string;
  readonly timeMs: Float64Array;
  readonly close: Float64Array;
};

function copiedSeries(groups: readonly DatasetGroup[]): readonly Hazard[] {
  const hazards: Hazard[] = [];
  const seen = new Map<string, Series>();
  for (const series of groups.flatMap(seriesOf)) {
    // A leg that several pairs share is the same series by right.
    if (seen.has(series.symbol)) continue;
    const original = [...seen.values()].find((other) => isCopy(other, series));
    seen.set(series.symbol, series);
    if (original === undefined) continue;
    const names = [original.symbol, series.symbol];
    hazards.push({
      code: "identical-series",
      severity: "refusal",
      message: `${names.join(" and ")} have the same returns on their common bars: one is a copy of the other`,
      names,
    });
  }
  return hazards;
}

function seriesOf({ symbols, bars }: DatasetGroup): readonly Series[] {
  const columns: readonly RawColumn[] = symbols.length > 1 ? ["close-y", "close-x"] : ["close"];
  return columns.flatMap((column, leg) => {
    const close = bars.columns[column];
    const symbol = symbols[leg];
    if (close === undefined || symbol === undefined) return [];
    const isKnown = (_: number, bar: number): boolean => !Number.isNaN(close[bar]!);
    return [{ symbol, timeMs: bars.openTimeMs.filter(isKnown), close: close.filter(isKnown) }];
  });
}

/** Returns nearer to each other than this are the same: far less than a tick of anything that is traded. */
const SAME_RETURN = 1e-7;

/** Share of the returns of a copy that may differ; of a record that is long enough one tick, which is in two. */
const DIFFERENT_SHARE_MAX = 0.001;
const DIFFERENT_MIN = 2;
const LONG_RECORD_BARS = 100;

/** Bars on which one of both moved; of fewer nothing is said. */
const MOVES_MIN = 20;

/**
 * Whether two series have the same returns from one common bar to the next. Bars on which neither moved say nothing.
 *
 * Cost: O(bars) of copies; of others a few bars after the first that both have.
 */
function isCopy(a: Series, b: Series): boolean {
  const shorter = Math.min(a.close.length, b.close.length);
  const differentMax =
    shorter < LONG_RECORD_BARS ? 0 : Math.max(DIFFERENT_MIN, DIFFERENT_SHARE_MAX * shorter);
  let i = lowerBound(a.timeMs, b.timeMs[0] ?? Number.POSITIVE_INFINITY);
  let j = lowerBound(b.timeMs, a.timeMs[0] ?? Number.POSITIVE_INFINITY);
  let [lastA, lastB] = [Number.NaN, Number.NaN];
  let moves = 0;
  let different = 0;
  while (i < a.close.length && j < b.close.length) {
    const ahead = a.timeMs[i]! - b.timeMs[j]!;
    if (ahead < 0) i++;
    else if (ahead > 0) j++;
    else {
      const [ofA, ofB] = [a.close[i]! / lastA, b.close[j]! / lastB];
      if (ofA !== 1 || ofB !== 1) {
        // Not so before the first common bar, where there is no return.
        if (!Number.isNaN(lastA)) moves++;
        if (Math.abs(ofA - ofB) > SAME_RETURN && ++different > differentMax) return false;
      }
      lastA = a.close[i++]!;
      lastB = b.close[j++]!;
    }
  }
  return moves >= MOVES_MIN && different <= Math.max(DIFFERENT_MIN, DIFFERENT_SHARE_MAX * moves);
}

function undatedRatios(groups: readonly DatasetGroup[]): readonly Hazard[] {
  const names = groups
    .filter(({ spread }) => spread?.kind === "fixed" && spread.knownFromMs === null)
    .map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    {
      code: "hedge-ratio-of-unknown-date",
      severity: "warning",
      message: `The hedge ratio of ${names.join(", ")} is given without the time at which it was known: if it was fitted on these bars, every row has seen the future`,
      names,
    },
  ];
}

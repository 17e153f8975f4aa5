import type { RawColumn } from "../features/feature-source.ts";
import type { DatasetGroup } from "./dataset.ts";
import type { Hazard } from "./hazard.ts";

/**
 * Group hazards: what is wrong with the pairs and instruments that are pooled.
 *
 * Pairs may share a leg. The same pair or instrument twice, also turned round, counts every row twice, and
 * so does the same series under two symbols; both would put a copy of a test row among the others.
 *
 * @param groups of the dataset
 * @returns refused: a symbol twice in a pair, the same symbols in two groups, equal closes under two
 *   symbols. Warned of: a given hedge ratio of which nobody says since when it was known
 *
 * Cost: O(groups · bars), and O(bars) for each two series that look alike.
 */
export function groupHazards(groups: readonly DatasetGroup[]): readonly Hazard[] {
  return [...repeatedSymbols(groups), ...identicalSeries(groups), ...undatedRatios(groups)];
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

type Series = {
  readonly symbol: string;
  readonly close: Float64Array;
};

function identicalSeries(groups: readonly DatasetGroup[]): readonly Hazard[] {
  const hazards: Hazard[] = [];
  const seen = new Map<string, Series>();
  const symbols = new Set<string>();
  for (const series of groups.flatMap(seriesOf)) {
    // A leg that several pairs share is the same series by right.
    if (symbols.has(series.symbol)) continue;
    symbols.add(series.symbol);
    const key = likeness(series.close);
    const like = seen.get(key);
    if (like === undefined) seen.set(key, series);
    else if (like.symbol !== series.symbol && isEqual(like, series)) {
      const names = [like.symbol, series.symbol];
      hazards.push({
        code: "identical-series",
        severity: "refusal",
        message: `${names.join(" and ")} have the same closes on every bar: one is a copy of the other`,
        names,
      });
    }
  }
  return hazards;
}

function seriesOf({ symbols, bars }: DatasetGroup): readonly Series[] {
  const columns: readonly RawColumn[] = symbols.length > 1 ? ["close-y", "close-x"] : ["close"];
  return columns.flatMap((column, leg) => {
    const close = bars.columns[column];
    const symbol = symbols[leg];
    if (close === undefined || symbol === undefined) return [];
    return [{ symbol, close }];
  });
}

/** Equal of series that have the same values in the same order, gaps aside. */
function likeness(close: Float64Array): string {
  let count = 0;
  let sum = 0;
  let first = Number.NaN;
  let last = Number.NaN;
  for (const value of close) {
    if (Number.isNaN(value)) continue;
    if (count === 0) first = value;
    last = value;
    sum += value;
    count++;
  }
  return [count, first, last, sum].join(" ");
}

function isEqual(a: Series, b: Series): boolean {
  const known = (series: Series): Float64Array =>
    series.close.filter((value) => !Number.isNaN(value));
  const values = known(b);
  // Of a series without bars nothing is known.
  return values.length > 0 && known(a).every((value, i) => value === values[i]);
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

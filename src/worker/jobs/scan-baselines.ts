import { AppError } from "#contracts/error-code.ts";
import type { ScanBaseline, ScanFunnelConfig } from "#contracts/scan-funnel.ts";
import { BASELINE_KINDS, type BaselineKind } from "#quant/pairs/baseline-selection.ts";
import type { SelectedPair } from "#quant/pairs/distance-selection.ts";
import type { Candidates, Judgements } from "#quant/pairs/judge-candidates.ts";
import { PAIR_VERDICTS } from "#quant/pairs/pair-verdict.ts";
import type { JobContext } from "./job-context.ts";
import { type LoadedScan, sharedGrid } from "./loaded-scan.ts";
import type { JudgedUniverse } from "./scan-funnel-pairs.ts";

/** Pairs that a baseline lists: as many as the literature trades. */
const LISTED_PAIRS = 20;

/** Beyond this a list of baselines takes longer than the scan that nobody asked to compare. */
const SERIES_MAX = 400;

/** Whether a baseline chooses the candidates. */
export function isBaseline(
  clustering: ScanFunnelConfig["clustering"],
): clustering is Extract<ScanFunnelConfig["clustering"], { kind: BaselineKind }> {
  return BASELINE_KINDS.some((kind) => kind === clustering.kind);
}

/** The candidates that a baseline chooses, as places among the kept series; null where none chooses. */
export async function selectedPairs(
  context: JobContext,
  scan: LoadedScan,
  kept: readonly number[],
  { clustering }: ScanFunnelConfig,
): Promise<readonly SelectedPair[] | null> {
  if (!isBaseline(clustering)) return null;
  if (kept.length < 2) return [];
  const { kind, pairs: count } = clustering;
  const chosen = await select(context, scan, { rows: kept, kind, count });
  if (chosen !== null) return chosen;
  throw new AppError(
    "invalid-input",
    "The instruments have too few bars in common to compare all their pairs",
    { field: "funnel.clustering.kind" },
  );
}

/** What each baseline would trade of the universe; undefined where that is not listed. */
export async function listedBaselines(
  context: JobContext,
  scan: LoadedScan,
  kept: readonly number[],
): Promise<ReadonlyMap<BaselineKind, readonly SelectedPair[]> | undefined> {
  if (kept.length < 2 || kept.length > SERIES_MAX) return undefined;
  const lists = new Map<BaselineKind, readonly SelectedPair[]>();
  for (const kind of BASELINE_KINDS) {
    const pairs = await select(context, scan, { rows: kept, kind, count: LISTED_PAIRS });
    if (pairs === null) return undefined;
    lists.set(kind, pairs);
  }
  return lists;
}

function select(
  context: JobContext,
  scan: LoadedScan,
  input: { readonly rows: readonly number[]; readonly kind: BaselineKind; readonly count: number },
): Promise<readonly SelectedPair[] | null> {
  const { signal } = context;
  return context.compute.run("select-baseline", { grid: sharedGrid(scan), ...input }, { signal });
}

/** The lists as they are stored, each pair with where the funnel left it. */
export function baselinesOf(
  { series, kept, funnel }: JudgedUniverse,
  lists: ReadonlyMap<BaselineKind, readonly SelectedPair[]>,
  { pairs, verdict }: { pairs: Candidates["pairs"]; verdict: Judgements["verdict"] },
): ScanBaseline[] {
  const candidateAt = new Map<number, number>();
  const keyOf = (one: number, other: number) =>
    Math.min(one, other) * series.length + Math.max(one, other);
  for (let k = 0; k < verdict.length; k++) {
    candidateAt.set(keyOf(pairs[2 * k] ?? 0, pairs[2 * k + 1] ?? 0), k);
  }
  const isSwapped = funnel.test.kind === "naive";
  return [...lists].map(([kind, selected]) => ({
    kind,
    pairs: selected.flatMap(({ first, second, value }) => {
      const rows = [kept[first] ?? 0, kept[second] ?? 0];
      const [y, x] = (isSwapped ? rows.toReversed() : rows).map((row) => series[row]);
      if (y === undefined || x === undefined) return [];
      const candidate = candidateAt.get(keyOf(rows[0] ?? 0, rows[1] ?? 0));
      const found = candidate === undefined ? undefined : PAIR_VERDICTS[verdict[candidate] ?? 0];
      return [
        {
          instrumentY: y.instrumentId,
          instrumentX: x.instrumentId,
          symbolY: y.symbol,
          symbolX: x.symbol,
          value,
          stage: found?.stage ?? null,
        },
      ];
    }),
  }));
}

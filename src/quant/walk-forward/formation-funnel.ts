import type { MarketBars } from "../backtest/market-bars.ts";
import { screenGrid } from "../kernels/grid-screen.ts";
import type { PairKernel } from "../kernels/pair-kernel.ts";
import { pairCount } from "../kernels/pair-order.ts";
import { type PairResults, pairResultsBytes, pairResultsIn } from "../kernels/pair-results.ts";
import {
  type SeriesGrid,
  seriesGridBytes,
  seriesGridIn,
  writeGridMoments,
} from "../kernels/series-grid.ts";
import { baselineSelection } from "../pairs/baseline-selection.ts";
import { candidateColumnsBytes, candidateColumnsIn } from "../pairs/candidate-columns.ts";
import { candidatePairs } from "../pairs/candidate-pairs.ts";
import { universeLabels } from "../pairs/cluster-universe.ts";
import type { QualityBounds } from "../pairs/data-quality.ts";
import { dataQuality, qualityReason } from "../pairs/data-quality.ts";
import { type IntegrationOrder, integrationOrder } from "../pairs/integration-order.ts";
import { type Candidates, type Judgements, judgeCandidates } from "../pairs/judge-candidates.ts";
import { screenCandidates } from "../pairs/screen-candidates.ts";
import type { FunnelClustering, FunnelSettings } from "./pair-selection.ts";

/** Candidates of formation bars with their judgements; rows are places in `kept`. */
export type FormationFunnel = {
  /** Places of the instruments whose data is good enough, in their order. */
  readonly kept: readonly number[];
  readonly candidates: Candidates;
  readonly judgements: Judgements;
};

/** Pairs that are screened before it is asked again whether anybody still wants the answer. */
const PAIRS_A_PIECE = 64;

/**
 * Takes formation bars through the funnel of a scan: the same steps on the same figures as a scan of the
 * same bars, one after the other.
 *
 * @param formation the bars that are looked at, all of them
 * @param funnel settings of the scan
 * @param kernel tells the unlikely pairs
 * @param isCancelled asked every few pairs
 * @returns candidates and judgements, or null when it was cancelled
 * @throws {InvalidInputError} when the bars cannot be clustered as asked
 *
 * Cost: O(pairs · bars · lags).
 */
export function formationFunnel(
  formation: MarketBars,
  funnel: FunnelSettings,
  kernel: PairKernel,
  isCancelled: () => boolean,
): FormationFunnel | null {
  const kept = keptInstruments(formation, funnel.quality);
  const closes = kept.map((instrument) => formation.instruments[instrument]!.close);
  const pairs = candidateRows(closes, labelledFor(funnel, kept));
  const grid = logGrid(closes, formation.openTimeMs.length);
  const pricesOf = (row: number): Float64Array =>
    funnel.prices === "level"
      ? closes[row]!
      : grid.logCloses.subarray(row * grid.length, (row + 1) * grid.length);
  const integrationOrderOf = unitRoots(pairs, funnel, pricesOf);
  const known = knownPairs(grid, pairs, { funnel, kernel, isCancelled });
  if (known === "cancelled") return null;
  const count = pairs.length / 2;
  const columns = candidateColumnsIn(new ArrayBuffer(candidateColumnsBytes(count)), count);
  const isOut = Uint8Array.from(closes, (_, row) => {
    const kind = integrationOrderOf.get(row)?.kind;
    return kind === "zero" || kind === "two" ? 1 : 0;
  });
  const { lags, significance, test, filters } = funnel;
  for (let start = 0; start < count; start += PAIRS_A_PIECE) {
    if (isCancelled()) return null;
    const end = Math.min(start + PAIRS_A_PIECE, count);
    screenCandidates(
      { pairs, columns, start, end, test: test.kind, lags, significance, isOut, known },
      { seriesCount: closes.length, pricesOf },
    );
  }
  const candidates = { columns, pairs, integrationOrderOf };
  const requiresJohansen = test.kind === "calibrated" && test.requiresJohansen;
  const correction = test.kind === "calibrated" ? test.correction : "none";
  const bounds = { significance, requiresJohansen, ...filters };
  return { kept, candidates, judgements: judgeCandidates(candidates, bounds, correction) };
}

/**
 * Instruments that can be legs: with data good enough, and not ended by the last of the bars.
 *
 * @param formation bars
 * @param bounds shares that may be missing or stand still
 * @returns places, ascending
 */
export function keptInstruments(formation: MarketBars, bounds: QualityBounds): number[] {
  return Array.from(formation.instruments.keys()).filter((place) => {
    const { close, delistedFromBar } = formation.instruments[place]!;
    return delistedFromBar === null && qualityReason(dataQuality(close), bounds) === null;
  });
}

/** Given labels are by instrument of the market. */
function labelledFor(funnel: FunnelSettings, kept: readonly number[]): FunnelSettings {
  const { clustering } = funnel;
  if (clustering.kind !== "labels") return funnel;
  const labels = Int32Array.from(kept, (place) => clustering.labels[place] ?? -1);
  return { ...funnel, clustering: { kind: "labels", labels } };
}

/** Rows of leg Y and leg X in turn. The naive test is of the second of a pair on the first. */
function candidateRows(
  closes: readonly Float64Array[],
  { clustering, test }: FunnelSettings,
): Uint32Array {
  if (closes.length < 2) return new Uint32Array(0);
  const places =
    "pairs" in clustering
      ? baselineRows(closes, clustering)
      : candidatePairs(universeLabels(closes, clustering));
  if (test.kind === "calibrated") return places;
  return places.map((_, i) => places[i ^ 1]!);
}

function baselineRows(
  closes: readonly Float64Array[],
  { kind, pairs }: Extract<FunnelClustering, { pairs: number }>,
): Uint32Array {
  const selected = baselineSelection(closes, { kind, count: pairs });
  return Uint32Array.from(selected.flatMap(({ first, second }) => [first, second]));
}

function logGrid(closes: readonly Float64Array[], length: number): SeriesGrid {
  const grid = seriesGridIn(
    new ArrayBuffer(seriesGridBytes(length, closes.length)),
    length,
    closes.length,
  );
  closes.forEach((close, row) => {
    for (let t = 0; t < length; t++) grid.logCloses[row * length + t] = Math.log(close[t]!);
    writeGridMoments(grid, row);
  });
  return grid;
}

/** Checks each leg of a candidate once, however many pairs it is in. */
function unitRoots(
  pairs: Uint32Array,
  { test, lags }: FunnelSettings,
  pricesOf: (row: number) => Float64Array,
): ReadonlyMap<number, IntegrationOrder> {
  const orderOf = new Map<number, IntegrationOrder>();
  if (test.kind === "naive" || !test.requiresUnitRoots) return orderOf;
  for (const row of pairs) {
    if (orderOf.has(row)) continue;
    const present = pricesOf(row).filter((price) => !Number.isNaN(price));
    orderOf.set(row, integrationOrder(present, { lags }));
  }
  return orderOf;
}

/** The kernel knows all pairs of logarithms; it pays unless only few of them are candidates. */
function knownPairs(
  grid: SeriesGrid,
  pairs: Uint32Array,
  {
    funnel,
    kernel,
    isCancelled,
  }: {
    readonly funnel: FunnelSettings;
    readonly kernel: PairKernel;
    readonly isCancelled: () => boolean;
  },
): PairResults | null | "cancelled" {
  const { test, prices, lags, significance } = funnel;
  const count = pairCount(grid.seriesCount);
  if (test.kind !== "calibrated" || prices !== "log" || pairs.length < count / 2) return null;
  const results = pairResultsIn(new ArrayBuffer(pairResultsBytes(count)), count);
  for (let start = 0; start < count; start += PAIRS_A_PIECE) {
    if (isCancelled()) return "cancelled";
    const end = Math.min(start + PAIRS_A_PIECE, count);
    screenGrid(grid, { start, end }, results, { lags, significance }, kernel);
  }
  return results;
}

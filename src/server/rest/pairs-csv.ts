import { csvRow } from "#contracts/csv-cell.ts";
import type { ScanPairRow, ScanView } from "#contracts/scan.ts";
import type { Database } from "#db/client.ts";
import { scanPairPieces } from "#db/scan-pairs.ts";

/** Columns of the pairs export: names are those of the contract. */
const PAIR_COLUMNS = {
  symbolY: (pair: ScanPairRow) => pair.symbolY,
  symbolX: (pair: ScanPairRow) => pair.symbolX,
  observations: (pair: ScanPairRow) => pair.observations,
  hedgeRatio: (pair: ScanPairRow) => pair.hedgeRatio,
  intercept: (pair: ScanPairRow) => pair.intercept,
  statisticYx: (pair: ScanPairRow) => pair.statisticYx,
  pValueYx: (pair: ScanPairRow) => pair.pValueYx,
  lagsYx: (pair: ScanPairRow) => pair.lagsYx,
  statisticXy: (pair: ScanPairRow) => pair.statisticXy,
  pValueXy: (pair: ScanPairRow) => pair.pValueXy,
  lagsXy: (pair: ScanPairRow) => pair.lagsXy,
  pValue: (pair: ScanPairRow) => pair.pValue,
  qValue: (pair: ScanPairRow) => pair.qValue,
  halfLifeBars: (pair: ScanPairRow) => pair.halfLifeBars,
  correlation: (pair: ScanPairRow) => pair.correlation,
  refusal: (pair: ScanPairRow) => pair.refusal,
};

/** Beside the others for a scan with a funnel. */
const FUNNEL_COLUMNS = {
  stage: (pair: ScanPairRow) => pair.funnel?.stage ?? null,
  reason: (pair: ScanPairRow) => pair.funnel?.reason ?? null,
  rank: (pair: ScanPairRow) => pair.funnel?.rank ?? null,
  cluster: (pair: ScanPairRow) => pair.funnel?.cluster ?? null,
  combinedPValue: (pair: ScanPairRow) => pair.funnel?.combinedPValue ?? null,
  johansenPValue: (pair: ScanPairRow) => pair.funnel?.johansenPValue ?? null,
  hurst: (pair: ScanPairRow) => pair.funnel?.hurst ?? null,
  meanCrossings: (pair: ScanPairRow) => pair.funnel?.meanCrossings ?? null,
};

/** Every pair of a scan, in pieces of CSV with a header, the smallest p-value first. */
export async function* pairsCsv(
  database: Database,
  workspaceId: string,
  { id, config }: ScanView,
): AsyncGenerator<string> {
  const columns =
    config.funnel === undefined ? PAIR_COLUMNS : { ...PAIR_COLUMNS, ...FUNNEL_COLUMNS };
  const cells = Object.values(columns);
  yield csvRow(Object.keys(columns));
  for await (const rows of scanPairPieces(database, workspaceId, id)) {
    yield rows.map((row) => csvRow(cells.map((cell) => cell(row)))).join("");
  }
}

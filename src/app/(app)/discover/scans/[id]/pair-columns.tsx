import type { ScanPairRow } from "#contracts/scan.ts";
import { Badge } from "#ui/badge.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { formatAligned, formatInteger, formatPValue } from "#ui/format.ts";
import { SCAN_FIGURE_DEFINITIONS } from "#ui/metric-definitions.ts";

const FIGURES = SCAN_FIGURE_DEFINITIONS;

/** The columns of a scan without a funnel; `significance` decides what is marked as a discovery. */
export function pairColumns(significance: number): readonly DataColumn<ScanPairRow>[] {
  return [
    {
      id: "pair",
      header: "Pair",
      unit: "Y / X",
      value: (row) => `${row.symbolY} / ${row.symbolX}`,
      cell: (row) => (
        <span className="inline-flex items-center gap-2 font-medium whitespace-nowrap">
          {row.symbolY} / {row.symbolX}
          {row.qValue !== null && row.qValue < significance ? (
            <Badge tone="accent">Discovered</Badge>
          ) : null}
        </span>
      ),
      width: 240,
    },
    {
      id: "hedgeRatio",
      header: "Hedge ratio",
      help: FIGURES.hedgeRatio.definition,
      value: (row) => row.hedgeRatio,
      format: (value) => formatAligned(value),
      width: 110,
    },
    {
      id: "pValueYx",
      header: "p-value",
      unit: "Y on X",
      help: FIGURES.pValue.definition,
      value: (row) => row.pValueYx,
      format: formatPValue,
      width: 110,
    },
    {
      id: "pValueXy",
      header: "p-value",
      unit: "X on Y",
      help: FIGURES.pValue.definition,
      value: (row) => row.pValueXy,
      format: formatPValue,
      width: 110,
    },
    {
      id: "qValue",
      header: "q-value",
      help: FIGURES.qValue.definition,
      value: (row) => row.qValue,
      format: formatPValue,
      width: 100,
    },
    {
      id: "halfLife",
      header: "Half-life",
      unit: "bars",
      help: FIGURES.halfLifeBars.definition,
      value: (row) => row.halfLifeBars,
      format: (value) => formatAligned(value),
      width: 100,
    },
    {
      id: "correlation",
      header: "Correlation",
      help: FIGURES.correlation.definition,
      value: (row) => row.correlation,
      format: (value) => formatAligned(value, { significant: 3 }),
      width: 110,
    },
    {
      id: "statistic",
      header: "Statistic",
      unit: "Y on X",
      help: FIGURES.egStatistic.definition,
      value: (row) => row.statisticYx,
      format: (value) => formatAligned(value),
      width: 110,
    },
    {
      id: "statisticXy",
      header: "Statistic",
      unit: "X on Y",
      help: FIGURES.egStatistic.definition,
      value: (row) => row.statisticXy,
      format: (value) => formatAligned(value),
      width: 110,
    },
    {
      id: "observations",
      header: "Bars",
      help: FIGURES.observations.definition,
      value: (row) => row.observations,
      format: formatInteger,
      width: 90,
    },
  ];
}

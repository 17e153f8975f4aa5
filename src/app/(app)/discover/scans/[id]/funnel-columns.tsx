import type { ScanPairRow } from "#contracts/scan.ts";
import { Badge } from "#ui/badge.tsx";
import { clusterName } from "#ui/charts/cluster-style.ts";
import type { DataColumn } from "#ui/data-table-column.ts";
import { formatInteger, formatNumber, formatPValue } from "#ui/format.ts";
import { SCAN_FIGURE_DEFINITIONS } from "#ui/metric-definitions.ts";
import { REASONS, STAGES } from "./funnel-words.ts";

const FIGURES = SCAN_FIGURE_DEFINITIONS;

/** The columns of a scan with a funnel: how far each candidate came, why no further, and its figures. */
export const FUNNEL_COLUMNS: readonly DataColumn<ScanPairRow>[] = [
  {
    id: "pair",
    header: "Pair",
    unit: "Y / X",
    value: (row) => `${row.symbolY} / ${row.symbolX}`,
    cell: (row) => (
      <span className="font-medium whitespace-nowrap">
        {row.symbolY} / {row.symbolX}
      </span>
    ),
    width: 150,
  },
  {
    id: "rank",
    header: "Rank",
    help: "Position among the pairs that passed, by their p-value",
    value: (row) => row.funnel?.rank ?? null,
    format: formatInteger,
    width: 70,
  },
  {
    id: "stage",
    header: "Came to",
    help: "The first stage that the pair did not pass, and why",
    value: (row) => stageText(row),
    cell: (row) => <StageCell row={row} />,
    width: 280,
  },
  {
    id: "judged",
    header: "p-value",
    unit: "judged",
    help: "The p-value that decided: the combined one, or the naive one of Y on X",
    value: (row) => row.funnel?.pValue ?? null,
    format: formatPValue,
    width: 100,
  },
  {
    id: "combined",
    header: "p-value",
    unit: "combined",
    help: "Engle–Granger in both directions with the calibrated combined p-value",
    value: (row) => row.funnel?.combinedPValue ?? null,
    format: formatPValue,
    width: 100,
  },
  {
    id: "qValue",
    header: "q-value",
    help: FIGURES.qValue.definition,
    value: (row) => row.qValue,
    format: formatPValue,
    width: 90,
  },
  {
    id: "johansen",
    header: "p-value",
    unit: "Johansen",
    help: "Johansen's trace test of no cointegration, with a restricted constant",
    value: (row) => row.funnel?.johansenPValue ?? null,
    format: formatPValue,
    width: 100,
  },
  {
    id: "hurst",
    header: "Hurst",
    help: "Simplified R/S of the spread; below 0.5 it turns, above it trends",
    value: (row) => row.funnel?.hurst ?? null,
    format: (value) => formatNumber(value, { significant: 3 }),
    width: 80,
  },
  {
    id: "halfLife",
    header: "Half-life",
    unit: "bars",
    help: FIGURES.halfLifeBars.definition,
    value: (row) => row.halfLifeBars,
    format: (value) => formatNumber(value),
    width: 90,
  },
  {
    id: "crossings",
    header: "Crossings",
    help: "How often the spread crosses its mean",
    value: (row) => row.funnel?.meanCrossings ?? null,
    format: formatInteger,
    width: 90,
  },
  {
    id: "correlation",
    header: "Correlation",
    help: FIGURES.correlation.definition,
    value: (row) => row.correlation,
    format: (value) => formatNumber(value, { significant: 3 }),
    width: 100,
  },
  {
    id: "hedgeRatio",
    header: "Hedge ratio",
    help: FIGURES.hedgeRatio.definition,
    value: (row) => row.hedgeRatio,
    format: (value) => formatNumber(value),
    width: 100,
  },
  {
    id: "cluster",
    header: "Cluster",
    value: (row) => clusterText(row),
    width: 100,
  },
  {
    id: "observations",
    header: "Bars",
    help: FIGURES.observations.definition,
    value: (row) => row.observations,
    format: formatInteger,
    width: 80,
  },
];

function StageCell({ row: { funnel } }: { row: ScanPairRow }) {
  if (funnel === null || funnel === undefined) return <>–</>;
  return (
    <span className="inline-flex items-center gap-2">
      <Badge tone={funnel.stage === "passed" ? "accent" : "neutral"}>
        {STAGES[funnel.stage].label}
      </Badge>
      {funnel.reason === null ? null : <span className="text-muted">{REASONS[funnel.reason]}</span>}
    </span>
  );
}

function stageText({ funnel }: ScanPairRow): string | null {
  if (funnel === null || funnel === undefined) return null;
  const { label } = STAGES[funnel.stage];
  return funnel.reason === null ? label : `${label}: ${REASONS[funnel.reason]}`;
}

function clusterText({ funnel }: ScanPairRow): string | null {
  const cluster = funnel?.cluster ?? null;
  return cluster === null ? null : clusterName(cluster);
}

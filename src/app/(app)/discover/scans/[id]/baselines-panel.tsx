import Link from "next/link";
import type { ScanBaseline } from "#contracts/scan-funnel.ts";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { formatInteger, formatNumber } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { stageWords } from "./funnel-words.ts";

type BaselineRow = ScanBaseline["pairs"][number] & {
  readonly rank: number;
  /** Page of the pair; null: the scan knows nothing of it. */
  readonly href: string | null;
};

const WORDS: Record<ScanBaseline["kind"], { title: string; lead: string; figure: string }> = {
  distance: {
    title: "Baseline: nearest prices",
    lead: "Pairs by the sum of squared distances of their prices, each starting from 1 (Gatev et al. 2006).",
    figure: "Squared distance",
  },
  correlation: {
    title: "Baseline: highest correlation",
    lead: "Pairs by the correlation of their returns.",
    figure: "Correlation",
  },
};

const COLUMNS: Record<ScanBaseline["kind"], readonly DataColumn<BaselineRow>[]> = {
  distance: columnsOf("distance"),
  correlation: columnsOf("correlation"),
};

function columnsOf(kind: ScanBaseline["kind"]): readonly DataColumn<BaselineRow>[] {
  return [
    {
      id: "pair",
      header: "Pair",
      unit: "Y / X",
      value: ({ symbolY, symbolX }) => `${symbolY} / ${symbolX}`,
      cell: ({ symbolY, symbolX, href }) =>
        href === null ? (
          `${symbolY} / ${symbolX}`
        ) : (
          <Link href={href} className="font-medium text-accent hover:underline">
            {symbolY} / {symbolX}
          </Link>
        ),
    },
    { id: "rank", header: "Rank", value: ({ rank }) => rank, format: formatInteger },
    {
      id: "value",
      header: WORDS[kind].figure,
      value: ({ value }) => value,
      format: (value) => formatNumber(value),
    },
    {
      id: "funnel",
      header: "In the funnel",
      value: ({ stage }) => (stage === null ? "No candidate" : stageWords(stage)),
    },
  ];
}

/** What simpler methods would have chosen, without a test, beside what the funnel made of it. */
export function BaselinesPanel(props: { scanId: string; baseline: ScanBaseline; csvName: string }) {
  const { scanId, baseline, csvName } = props;
  const { kind, pairs } = baseline;
  const { title, lead } = WORDS[kind];
  const passed = pairs.filter(({ stage }) => stage === "passed").length;
  return (
    <Panel
      title={title}
      lead={`${lead} ${passed} of these ${pairs.length} passed the funnel.`}
      flush
    >
      <DataTable
        ariaLabel={title}
        rowLabel="pair"
        columns={COLUMNS[kind]}
        data={pairs.map((pair, index) => ({
          ...pair,
          rank: index + 1,
          href:
            pair.stage === null ? null : `/pairs/${scanId}/${pair.instrumentY}/${pair.instrumentX}`,
        }))}
        getRowId={({ instrumentY, instrumentX }) => `${instrumentY}-${instrumentX}`}
        csvName={`${csvName} ${kind} baseline`}
      />
    </Panel>
  );
}

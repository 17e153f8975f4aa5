import type { WatchedPairView } from "#contracts/live-message.ts";
import { Badge } from "#ui/badge.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import {
  DecayCell,
  FreshnessCell,
  GuardCell,
  QualityCell,
  SignalCell,
  SparklineCell,
  StateCell,
  ZScoreCell,
} from "./live-cells.tsx";
import { settingsInWords } from "./live-words.ts";
import { WatchActions } from "./watch-actions.tsx";

/** Rows are sorted by what the page was delivered with; the cells show what has come since. */
export const WATCHLIST_COLUMNS: readonly DataColumn<WatchedPairView>[] = [
  {
    id: "pair",
    header: "Pair",
    value: ({ symbolY, symbolX }) => `${symbolY} / ${symbolX}`,
    cell: (pair) => (
      <span className="flex w-40 flex-col gap-0.5 whitespace-normal sm:w-60">
        <span className="flex flex-wrap items-center gap-1.5 font-medium">
          {pair.symbolY} / {pair.symbolX}
          {pair.synthetic ? <SyntheticBadge label="Simulated" /> : null}
          {pair.marketY === "usdm" || pair.marketX === "usdm" ? <Badge>Futures</Badge> : null}
        </span>
        <span className="text-xs text-muted">{settingsInWords(pair.settings)}</span>
      </span>
    ),
  },
  {
    id: "zScore",
    header: "z-score",
    help: "Of the newest trades of both legs: (spread − mean) / standard deviation, which divides by n − 1.",
    value: ({ snapshot }) => snapshot?.now.zScore ?? null,
    cell: (pair) => <ZScoreCell pair={pair} />,
    align: "right",
  },
  {
    id: "signal",
    header: "Signal",
    help: "What the z-score says against the pair's threshold. It is no advice.",
    value: ({ snapshot }) => snapshot?.signal ?? "none",
    cell: (pair) => <SignalCell pair={pair} />,
  },
  {
    id: "sparkline",
    header: "Last 60 bars",
    value: () => null,
    sortable: false,
    cell: (pair) => <SparklineCell pair={pair} />,
  },
  {
    id: "quality",
    header: "Quality",
    help: "High when at least three of four hold: stationary, correlated, stable hedge ratio, liquid.",
    value: ({ snapshot }) => snapshot?.quality?.quality ?? "",
    cell: (pair) => <QualityCell pair={pair} />,
  },
  {
    id: "guard",
    header: "Guard",
    help: "Whether something speaks against trading the pair now.",
    value: ({ snapshot }) => snapshot?.quality?.guard ?? "",
    cell: (pair) => <GuardCell pair={pair} />,
  },
  {
    id: "decay",
    header: "Decay",
    help: "Whether the pair still is what it was over its buffer.",
    value: ({ snapshot }) => snapshot?.decay?.verdict ?? "",
    cell: (pair) => <DecayCell pair={pair} />,
  },
  {
    id: "state",
    header: "State",
    value: ({ retiredAtMs, snapshot }) =>
      retiredAtMs === null ? (snapshot?.state ?? "waiting") : "retired",
    cell: (pair) => <StateCell pair={pair} />,
  },
  {
    id: "freshness",
    header: "Newest trade",
    help: "Age of the older leg's newest trade, by the venue's clock.",
    value: ({ snapshot }) => snapshot?.freshnessMs ?? null,
    cell: (pair) => <FreshnessCell pair={pair} />,
    align: "right",
  },
  {
    id: "notes",
    header: "Notes",
    value: ({ notes }) => notes,
    hiddenByDefault: true,
  },
  {
    id: "createdAtMs",
    header: "Watched since",
    value: ({ createdAtMs }) => createdAtMs,
    csv: csvTime(({ createdAtMs }) => createdAtMs),
    cell: ({ createdAtMs }) => new Date(createdAtMs).toISOString().slice(0, 10),
    hiddenByDefault: true,
  },
  {
    id: "actions",
    header: "Actions",
    value: () => null,
    sortable: false,
    align: "right",
    cell: (pair) => <WatchActions pair={pair} />,
  },
];

"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { SeriesDetail } from "#contracts/market-data.ts";
import { formatInteger } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { RejectionList } from "../rejection-list.tsx";
import { SourceBadge } from "../source-badge.tsx";
import { DeleteSeries } from "./delete-series.tsx";
import { GapList } from "./gap-list.tsx";
import { PriceChart } from "./price-chart.tsx";

/** One series: its prices, what is missing in them, and what was refused of its files. */
export function SeriesView({ seriesId }: { seriesId: number }) {
  const trpc = useTRPC();
  const { data: series } = useSuspenseQuery(trpc.instruments.series.queryOptions({ seriesId }));
  return (
    <>
      <PageHeader
        title={`${series.symbol} ${intervalLabel(series.intervalMs)}`}
        lead={
          series.name === ""
            ? "Prices of one instrument, and what is missing in them."
            : series.name
        }
        breadcrumbs={[{ label: "Markets", href: "/markets" }]}
        badges={<SourceBadge venue={series.venue} />}
        actions={
          <>
            <ButtonLink
              href={`/pairs/workbench?interval=${series.intervalMs}&y=${series.instrumentId}`}
            >
              Analyse as a pair
            </ButtonLink>
            {series.venue === "upload" ? <DeleteSeries series={series} /> : null}
          </>
        }
      />
      <div className="flex flex-col gap-6">
        {series.closeOnly ? (
          <Notice>
            This series has closes alone. A backtest on it fills at the next close instead of the
            next open.
          </Notice>
        ) : null}
        <Figures series={series} />
        <PriceChart series={series} />
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <GapList gaps={series.gaps} gapCount={series.gapCount} intervalMs={series.intervalMs} />
          <Panel
            title="Rejected rows"
            lead={`${formatInteger(series.rejectedCount)} in all uploads of this series`}
            flush
          >
            <RejectionList rejections={series.rejections} total={series.rejectedCount} />
          </Panel>
        </div>
      </div>
    </>
  );
}

function Figures({ series }: { series: SeriesDetail }) {
  const { intervalMs } = series;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 rounded-lg border border-line bg-surface p-4 text-sm sm:grid-cols-3 lg:grid-cols-6">
      <Figure label="First bar">
        <Time ms={series.firstOpenTimeMs} intervalMs={intervalMs} />
      </Figure>
      <Figure label="Last bar">
        <Time ms={series.lastOpenTimeMs} intervalMs={intervalMs} />
      </Figure>
      <Figure label="Bars">{formatInteger(series.barCount)}</Figure>
      <Figure label="Missing bars">
        {formatInteger(series.missingCount)} in {formatInteger(series.gapCount)}{" "}
        {series.gapCount === 1 ? "gap" : "gaps"}
      </Figure>
      <Figure label="Duplicate rows">{formatInteger(series.duplicateCount)}</Figure>
      <Figure label="Calendar">{series.calendar === "weekdays" ? "Weekdays" : "Every day"}</Figure>
    </dl>
  );
}

function Figure({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}

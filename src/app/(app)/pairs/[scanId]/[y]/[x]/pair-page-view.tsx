"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { ScanPairRow, ScanView } from "#contracts/scan.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { formatSpanUtc } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { ButtonLink } from "../../../../../button-link.tsx";
import { useTRPC } from "../../../../../trpc-client.tsx";
import { refusalWords } from "../../../../discover/scan-words.ts";
import { useUrlState } from "../../../../discover/use-url-state.ts";
import { WatchLiveLink } from "../../../../live/watch-live-link.tsx";
import { PairFigures } from "../../../pair-figures.tsx";
import { verdictSentence } from "../../../pair-sentences.ts";
import { type PairKey, pairSettingsOf, settingParams } from "../../../pair-settings.ts";
import { RUN_KEY } from "../../../workbench/workbench-fields.ts";
import { PairSpread } from "./pair-spread.tsx";

export function PairPageView(pair: PairKey) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.scans.pair.queryOptions(pair));
  const { row, scan } = data;
  const context = { intervalMs: scan.intervalMs, significance: scan.config.significance };
  // Who passed by the naive test alone is not commended.
  const isDiscovery =
    row.qValue !== null &&
    row.qValue < scan.config.significance &&
    (row.funnel?.stage ?? "passed") === "passed";
  return (
    <>
      <PageHeader
        title={`${row.symbolY} / ${row.symbolX}`}
        lead={pairLead(row, scan)}
        breadcrumbs={[
          { label: "Discover", href: "/discover" },
          { label: `Scan of ${scan.universeName}`, href: `/discover/scans/${scan.id}` },
        ]}
        badges={scan.synthetic ? <SyntheticBadge /> : null}
        actions={
          row.refusal === null ? (
            <>
              <WatchLiveLink instrumentY={pair.instrumentY} instrumentX={pair.instrumentX} />
              <OpenWorkbench pair={pair} scan={scan} />
              <MakeStrategy pair={pair} />
            </>
          ) : null
        }
      />
      {row.refusal === null ? (
        <div className="flex flex-col gap-6">
          <Notice tone={isDiscovery ? "good" : "neutral"}>{verdictSentence(row, context)}</Notice>
          <div className="grid items-start gap-6 xl:grid-cols-3">
            <div className="min-w-0 xl:col-span-2">
              <PairSpread pair={pair} row={row} scan={scan} />
            </div>
            <PairFigures row={row} context={context} />
          </div>
        </div>
      ) : (
        <Panel>
          <ErrorState
            title="This pair was not tested"
            message={`${refusalWords(row.refusal)}. The other pairs of the scan are not affected.`}
            action={<ButtonLink href={`/discover/scans/${scan.id}`}>Back to the scan</ButtonLink>}
          />
        </Panel>
      )}
    </>
  );
}

function MakeStrategy({ pair }: { pair: PairKey }) {
  const { params } = useUrlState();
  const query = settingParams(pairSettingsOf((key) => params.get(key)));
  query.set("scan", pair.scanId);
  query.set("y", String(pair.instrumentY));
  query.set("x", String(pair.instrumentX));
  return (
    <ButtonLink href={`/strategies/new?${query.toString()}`} variant="primary">
      Make a strategy
    </ButtonLink>
  );
}

/** Every test of the pair over the window of the scan, with the z-score as it is looked at here. */
function OpenWorkbench({ pair, scan }: { pair: PairKey; scan: ScanView }) {
  const { params } = useUrlState();
  const { instrumentY, instrumentX } = pair;
  const { zScoreWindowBars } = pairSettingsOf((key) => params.get(key));
  const { startMs, endMs } = scan.config.formation;
  const query = new URLSearchParams({
    y: String(instrumentY),
    x: String(instrumentX),
    interval: String(scan.intervalMs),
    from: String(startMs),
    to: String(endMs),
    prices: scan.config.funnel?.prices ?? "log",
    z: String(zScoreWindowBars),
    [RUN_KEY]: "1",
  });
  return <ButtonLink href={`/pairs/workbench?${query.toString()}`}>Open the workbench</ButtonLink>;
}

function pairLead(row: ScanPairRow, scan: ScanView): string {
  return `What the scan says of ${row.symbolY} held against ${row.symbolX}, from ${formatSpanUtc(scan.config.formation)} UTC.`;
}

"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { useTRPC, useTRPCClient } from "../../../trpc-client.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { barsInWords } from "../../pairs/bars-in-words.ts";
import { type PairKey, pairSettingsOf } from "../../pairs/pair-settings.ts";
import type { PairSelection } from "../selection-look-ahead.ts";
import { StrategyEditor } from "../strategy-editor.tsx";
import type { NamedStrategy, NamedStrategyValues } from "../strategy-form-values.ts";
import {
  blankStrategy,
  legSpan,
  type PrefillSource,
  strategyOfPair,
  withSettings,
} from "../strategy-prefill.ts";
import { legsOfSearch } from "./legs-of-search.ts";
import { pairOfSearch } from "./pair-of-search.ts";

export function NewStrategy() {
  const trpc = useTRPC();
  const { params } = useUrlState();
  const pair = pairOfSearch((key) => params.get(key));
  const legs = pair === null ? legsOfSearch((key) => params.get(key)) : null;
  const { data: series } = useSuspenseQuery(trpc.instruments.list.queryOptions({}));
  return (
    <>
      <PageHeader
        title="New strategy"
        lead="Trades the spread of a pair back to its mean. Everything is fixed before trading starts."
        breadcrumbs={[{ label: "Strategies", href: "/strategies" }]}
      />
      {series.length === 0 ? <NoPrices /> : null}
      {series.length > 0 && legs !== null ? <OfLegs legs={legs} series={series} /> : null}
      {series.length > 0 && pair === null && legs === null ? (
        <Editor
          draftName="strategy-new"
          series={series}
          initial={{ name: "", notes: "", config: blankStrategy() }}
        />
      ) : null}
      {series.length > 0 && pair !== null ? <OfScannedPair pair={pair} series={series} /> : null}
    </>
  );
}

/** A strategy whose legs, dates and thresholds come from the page of a pair. */
function OfScannedPair({ pair, series }: { pair: PairKey; series: readonly SeriesCoverage[] }) {
  const trpc = useTRPC();
  const { params } = useUrlState();
  const { data } = useSuspenseQuery(trpc.scans.pair.queryOptions(pair));
  const { row, scan } = data;
  const settings = pairSettingsOf((key) => params.get(key));
  const source = { ...pair, intervalMs: scan.intervalMs, formation: scan.config.formation };
  return (
    <Editor
      draftName={`strategy-${pair.scanId}-${pair.instrumentY}-${pair.instrumentX}`}
      series={series}
      initial={{
        name: `${row.symbolY} / ${row.symbolX}`,
        notes: "",
        config: withSettings(strategyOfPair(source, series), settings),
      }}
      selection={{
        formation: scan.config.formation,
        dataEndMs: legSpan(source, series)?.endMs ?? null,
      }}
      hint={
        row.halfLifeBars === null
          ? null
          : `In the scan, half of a deviation was gone after about ${barsInWords(row.halfLifeBars, scan.intervalMs)}.`
      }
    />
  );
}

/** A strategy on a pair that no scan found: its legs, window and thresholds come from the workbench. */
function OfLegs({ legs, series }: { legs: PrefillSource; series: readonly SeriesCoverage[] }) {
  const { params } = useUrlState();
  const symbolOf = (id: number) =>
    series.find(({ instrumentId }) => instrumentId === id)?.symbol ?? `#${id}`;
  const { instrumentY, instrumentX, formation } = legs;
  const settings = pairSettingsOf((key) => params.get(key));
  return (
    <Editor
      draftName={`strategy-${instrumentY}-${instrumentX}-${settings.entryZScore}`}
      series={series}
      initial={{
        name: `${symbolOf(instrumentY)} / ${symbolOf(instrumentX)}`,
        notes: "",
        config: withSettings(strategyOfPair(legs, series), settings),
      }}
      selection={{ formation, dataEndMs: legSpan(legs, series)?.endMs ?? null }}
    />
  );
}

function Editor(props: {
  draftName: string;
  series: readonly SeriesCoverage[];
  initial: NamedStrategyValues;
  hint?: string | null;
  selection?: PairSelection;
}) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const save = async (strategy: NamedStrategy) => {
    const { id } = await client.strategies.create.mutate(strategy);
    await queryClient.invalidateQueries(trpc.strategies.list.queryFilter());
    router.push(`/strategies/${id}`);
  };
  return <StrategyEditor {...props} submitLabel="Save strategy" isNew onSubmit={save} />;
}

function NoPrices() {
  return (
    <Panel>
      <EmptyState
        title="No prices yet"
        action={
          <ButtonLink href="/markets/upload" variant="primary">
            Upload prices
          </ButtonLink>
        }
      >
        A strategy trades two instruments that have bars. Bring some first.
      </EmptyState>
    </Panel>
  );
}

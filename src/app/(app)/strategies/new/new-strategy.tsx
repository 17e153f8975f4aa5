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
import type { NamedStrategy } from "../strategy-check.ts";
import { StrategyEditor } from "../strategy-editor.tsx";
import type { NamedStrategyValues, StrategyFormValues } from "../strategy-form-values.ts";
import {
  blankStrategy,
  legSpan,
  type PrefillSource,
  strategyOfPair,
  withSettings,
} from "../strategy-prefill.ts";
import { presetOf } from "../strategy-presets.ts";
import { usualFees } from "../usual-fees.ts";
import { usualInterval } from "../usual-interval.ts";
import { kindOfSearch } from "./kind-of-search.ts";
import { legsOfSearch } from "./legs-of-search.ts";
import { pairOfSearch } from "./pair-of-search.ts";

export function NewStrategy() {
  const trpc = useTRPC();
  const { params } = useUrlState();
  const get = (key: string) => params.get(key);
  const pair = pairOfSearch(get);
  const legs = pair === null ? legsOfSearch(get) : null;
  const { data: series } = useSuspenseQuery(trpc.instruments.list.queryOptions({}));
  return (
    <>
      <PageHeader
        title={presetOf(get("preset"))?.label ?? "New strategy"}
        lead="Everything is fixed before trading starts. Each change later is a new version."
        breadcrumbs={[
          { label: "Strategies", href: "/strategies" },
          { label: "Kinds", href: "/strategies/new" },
        ]}
      />
      {series.length === 0 ? <NoPrices /> : null}
      {series.length > 0 && legs !== null ? <OfLegs legs={legs} series={series} /> : null}
      {series.length > 0 && pair === null && legs === null ? <OfKind series={series} /> : null}
      {series.length > 0 && pair !== null ? <OfScannedPair pair={pair} series={series} /> : null}
    </>
  );
}

/** The settings of the kind and preset that the address names; a preset says itself what is paid. */
function useBlankStrategy(
  series: readonly SeriesCoverage[] = [],
  instruments: readonly number[] = [],
): StrategyFormValues {
  const { params } = useUrlState();
  const get = (key: string) => params.get(key);
  const preset = presetOf(get("preset"));
  const blank = blankStrategy(kindOfSearch(get) ?? preset?.kind, preset);
  if (preset !== null) return blank;
  return {
    ...blank,
    costs: { ...blank.costs, fees: usualFees(blank.costs.fees, series, instruments) },
  };
}

/** A strategy whose instruments are still to be chosen. */
function OfKind({ series }: { series: readonly SeriesCoverage[] }) {
  const { params } = useUrlState();
  const blank = useBlankStrategy();
  const preset = presetOf(params.get("preset"));
  return (
    <Editor
      draftName={`strategy-${blank.kind}-${preset?.id ?? ""}`}
      series={series}
      initial={{
        name: preset?.label ?? "",
        notes: "",
        tags: "",
        config: { ...blank, intervalMs: usualInterval(series) },
      }}
    />
  );
}

/** A strategy whose legs, dates and thresholds come from the page of a pair. */
function OfScannedPair({ pair, series }: { pair: PairKey; series: readonly SeriesCoverage[] }) {
  const trpc = useTRPC();
  const { params } = useUrlState();
  const { data } = useSuspenseQuery(trpc.scans.pair.queryOptions(pair));
  const { row, scan } = data;
  const blank = useBlankStrategy(series, [pair.instrumentY, pair.instrumentX]);
  const settings = pairSettingsOf((key) => params.get(key));
  const source = { ...pair, intervalMs: scan.intervalMs, formation: scan.config.formation };
  return (
    <Editor
      draftName={`strategy-${pair.scanId}-${pair.instrumentY}-${pair.instrumentX}`}
      series={series}
      initial={{
        name: `${row.symbolY} / ${row.symbolX}`,
        notes: "",
        tags: "",
        config: withSettings(strategyOfPair(source, series, blank), settings),
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
  const blank = useBlankStrategy(series, [instrumentY, instrumentX]);
  const settings = pairSettingsOf((key) => params.get(key));
  return (
    <Editor
      draftName={`strategy-${instrumentY}-${instrumentX}-${settings.entryZScore}`}
      series={series}
      initial={{
        name: `${symbolOf(instrumentY)} / ${symbolOf(instrumentX)}`,
        notes: "",
        tags: "",
        config: withSettings(strategyOfPair(legs, series, blank), settings),
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
        A strategy trades instruments that have bars. Bring some first.
      </EmptyState>
    </Panel>
  );
}

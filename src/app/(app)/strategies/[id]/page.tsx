import type { Metadata } from "next";
import type { StrategyVersionView } from "#contracts/strategy.ts";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { loadOrNotFound } from "../../discover/load-or-not-found.ts";
import { versionWords } from "../version-words.ts";
import { StrategyPageView } from "./strategy-page-view.tsx";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const strategy = await loadOrNotFound(trpc.strategies.get.queryOptions({ id }));
  return { title: strategy.name };
}

export default async function StrategyPage({ params }: Props) {
  await requireViewer();
  const { id } = await params;
  const { versions } = await loadOrNotFound(trpc.strategies.get.queryOptions({ id }));
  prefetch(trpc.backtests.list.queryOptions({ strategyId: id }));
  const symbolOf = await benchmarkSymbols(versions);
  const settings = Object.fromEntries(
    versions.map((version) => [version.id, versionWords(version, symbolOf)]),
  );
  return (
    <HydrateClient>
      <StrategyPageView id={id} settings={settings} />
    </HydrateClient>
  );
}

/** Names an instrument that versions are held against; by its number where the list has lost it. */
async function benchmarkSymbols(
  versions: readonly StrategyVersionView[],
): Promise<(instrumentId: number) => string> {
  const isNone = versions.every(({ config }) => config.benchmarkInstrument === null);
  const series = isNone ? [] : await loadOrNotFound(trpc.instruments.list.queryOptions({}));
  return (id) => series.find(({ instrumentId }) => instrumentId === id)?.symbol ?? `#${id}`;
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import { CommandPalette, type PaletteCommand } from "#ui/command-palette.tsx";
import { useTRPC } from "../trpc-client.tsx";
import { NAV_PAGES } from "./nav-pages.ts";

type Destination = Omit<PaletteCommand, "onSelect"> & { readonly href: string };

const PAGES: readonly Destination[] = [
  ...NAV_PAGES.map(({ href, label, Icon }) => ({
    id: href,
    label,
    group: "Pages",
    icon: <Icon aria-hidden />,
    href,
  })),
  {
    id: "/discover/suggested",
    label: "Suggested pairs",
    group: "Pages",
    href: "/discover/suggested",
  },
  {
    id: "/strategies/published",
    label: "Published strategies",
    group: "Pages",
    href: "/strategies/published",
  },
  { id: "/jobs", label: "Jobs", group: "Pages", href: "/jobs" },
  { id: "/account", label: "Account", group: "Pages", href: "/account" },
  { id: "/glossary", label: "Glossary", group: "Pages", href: "/glossary" },
];

const ACTIONS: readonly Destination[] = [
  { id: "upload", label: "Upload prices", group: "Actions", href: "/markets/upload" },
  { id: "universe", label: "Create a universe", group: "Actions", href: "/discover/universes/new" },
  { id: "scan", label: "Start a scan", group: "Actions", href: "/discover/scans/new" },
  { id: "strategy", label: "New strategy", group: "Actions", href: "/strategies/new" },
  { id: "backtest", label: "Start backtests", group: "Actions", href: "/backtests/new" },
  { id: "optimise", label: "Optimise a strategy", group: "Actions", href: "/optimisations/new" },
  { id: "dataset", label: "New dataset", group: "Actions", href: "/models/datasets/new" },
  { id: "training", label: "Train models", group: "Actions", href: "/models/runs/new" },
  { id: "thesis", label: "Thesis comparison", group: "Actions", href: "/models/runs/thesis" },
];

/** How many pairs of the newest scan the palette offers: the best ones, as the table has them all. */
const PAIRS_MAX = 50;

type PageCommandsProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Every page, action, good pair, instrument and thing of the workspace, from the keyboard. */
export function PageCommands({ open, onOpenChange }: PageCommandsProps) {
  // Its queries live only while it is open: one that waits in the cache, even disabled, would keep a page
  // from hydrating what the server has read for it.
  return open ? (
    <OpenPageCommands onOpenChange={onOpenChange} />
  ) : (
    <CommandPalette open={false} onOpenChange={onOpenChange} commands={[]} />
  );
}

function OpenPageCommands({ onOpenChange }: Pick<PageCommandsProps, "onOpenChange">) {
  const router = useRouter();
  const results = useResultDestinations();
  const commands = [...PAGES, ...ACTIONS, ...results].map(({ href, ...command }) => ({
    ...command,
    onSelect: () => {
      onOpenChange(false);
      router.push(href);
    },
  }));
  return <CommandPalette open onOpenChange={onOpenChange} commands={commands} />;
}

/** Asked for when the palette opens, so that no page pays for it. */
function useResultDestinations(): readonly Destination[] {
  const trpc = useTRPC();
  const strategies = useQuery(trpc.strategies.list.queryOptions());
  const backtests = useQuery(trpc.backtests.list.queryOptions({}));
  const models = useQuery(trpc.models.list.queryOptions());
  const runs = useQuery(trpc.learningRuns.list.queryOptions({}));
  const datasets = useQuery(trpc.datasets.list.queryOptions());
  const scans = useQuery(trpc.scans.list.queryOptions());
  const series = useQuery(trpc.instruments.list.queryOptions({}));
  const newestFinished = scans.data?.find(({ summary }) => summary !== null)?.id ?? null;
  return [
    ...(strategies.data ?? []).map(({ id, name }) => ({
      id,
      label: name,
      group: "Strategies",
      href: `/strategies/${id}`,
    })),
    ...(backtests.data ?? []).map(({ id, strategyName, version, subject }) => ({
      id,
      label: `${strategyName} v${version}, ${subject}`,
      group: "Reports",
      href: `/backtests/${id}`,
    })),
    ...(models.data ?? []).map(({ id, name }) => ({
      id,
      label: name,
      group: "Models",
      href: `/models/${id}`,
    })),
    ...(runs.data ?? []).map(({ id, name }) => ({
      id,
      label: name,
      group: "Model runs",
      href: `/models/runs/${id}`,
    })),
    ...(datasets.data ?? []).map(({ id, name }) => ({
      id,
      label: name,
      group: "Datasets",
      href: `/models/datasets/${id}`,
    })),
    ...(scans.data ?? []).map(({ id, universeName }) => ({
      id,
      label: `Scan of ${universeName}`,
      group: "Scans",
      href: `/discover/scans/${id}`,
    })),
    ...usePairDestinations(newestFinished),
    ...(series.data ?? []).map(({ seriesId, symbol, name, intervalMs }) => ({
      id: `series-${seriesId}`,
      label: `${symbol} ${intervalLabel(intervalMs)}`,
      group: "Instruments",
      keywords: [symbol, name],
      href: `/markets/${seriesId}`,
    })),
  ];
}

function usePairDestinations(scanId: string | null): readonly Destination[] {
  const trpc = useTRPC();
  const { data: pairs } = useQuery({
    ...trpc.scans.pairs.queryOptions({ scanId: scanId ?? "", limit: PAIRS_MAX }),
    enabled: scanId !== null,
  });
  return (pairs?.rows ?? []).map(({ instrumentY, instrumentX, symbolY, symbolX }) => ({
    id: `${instrumentY}/${instrumentX}`,
    label: `${symbolY} / ${symbolX}`,
    group: "Pairs",
    href: `/pairs/${scanId}/${instrumentY}/${instrumentX}`,
  }));
}

import type { Metadata } from "next";
import { PageHeader } from "#ui/page-header.tsx";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { KindGallery } from "../kind-gallery.tsx";
import { kindOfSearch } from "./kind-of-search.ts";
import { legsOfSearch } from "./legs-of-search.ts";
import { NewStrategy } from "./new-strategy.tsx";
import { pairOfSearch } from "./pair-of-search.ts";
import { searchReader } from "./search-reader.ts";

export const metadata: Metadata = { title: "New strategy" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The form, where an address says of which kind or on which pair; else the kinds to choose from. */
export default async function NewStrategyPage({ searchParams }: Props) {
  await requireViewer();
  const get = searchReader(await searchParams);
  const pair = pairOfSearch(get);
  if (pair === null && legsOfSearch(get) === null && kindOfSearch(get) === null) {
    return (
      <>
        <PageHeader
          title="New strategy"
          lead="Choose the rules. Instruments, dates, sizes and costs come next, and every setting can be changed."
          breadcrumbs={[{ label: "Strategies", href: "/strategies" }]}
        />
        <KindGallery />
      </>
    );
  }
  prefetch(trpc.instruments.list.queryOptions({}));
  if (pair !== null) prefetch(trpc.scans.pair.queryOptions(pair));
  return (
    <HydrateClient>
      <NewStrategy />
    </HydrateClient>
  );
}

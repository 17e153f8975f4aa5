"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { MarketRow } from "#contracts/feed.ts";
import type { WatchInput } from "#contracts/watch.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { useToast } from "#ui/toast.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { useTRPC, useTRPCClient } from "../../../trpc-client.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { liveFieldsOfSearch, settingFields } from "../live-form-values.ts";
import { LivePairForm } from "../live-pair-form.tsx";

export function WatchPair() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const { params } = useUrlState();
  const { data: markets } = useSuspenseQuery(trpc.markets.list.queryOptions({}));
  const save = async (input: WatchInput) => {
    const { id, isNew } = await client.watch.add.mutate(input);
    await queryClient.invalidateQueries(trpc.watch.pathFilter());
    toast(
      isNew ? { title: "The pair is watched", tone: "good" } : { title: "It was watched already" },
    );
    router.push(`/live/${id}`);
  };
  return (
    <>
      <PageHeader
        title="Watch a pair"
        lead="Two instruments of the venue, and how their spread is measured."
        breadcrumbs={[{ label: "Live", href: "/live" }]}
      />
      {markets.rows.length === 0 ? (
        <Panel>
          <EmptyState
            title="No venue is connected"
            action={<ButtonLink href="/feed">See the feed</ButtonLink>}
          >
            Instruments appear here as soon as the feed has listed those of its venue.
          </EmptyState>
        </Panel>
      ) : (
        <Form from={params.get("from")} markets={markets.rows} onSubmit={save} />
      )}
    </>
  );
}

type FormProps = {
  markets: readonly MarketRow[];
  onSubmit: (input: WatchInput) => Promise<void>;
};

/** A new pair, or one that is watched already with other settings: then both are. */
function Form({ from, ...props }: FormProps & { from: string | null }) {
  const { params } = useUrlState();
  return from === null ? (
    <LivePairForm
      {...props}
      draftName={`live-pair-${params.toString()}`}
      initial={liveFieldsOfSearch((key) => params.get(key))}
      submitLabel="Watch this pair"
    />
  ) : (
    <OfWatched {...props} id={from} />
  );
}

function OfWatched({ id, ...props }: FormProps & { id: string }) {
  const trpc = useTRPC();
  const { data: pair } = useSuspenseQuery(trpc.watch.get.queryOptions({ id }));
  return (
    <LivePairForm
      {...props}
      draftName={`live-pair-from-${id}`}
      initial={{
        instrumentY: String(pair.instrumentY),
        instrumentX: String(pair.instrumentX),
        preset: "custom",
        ...settingFields(pair.settings),
      }}
      submitLabel="Watch with these settings"
    />
  );
}

"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { ScanView } from "#contracts/scan.ts";
import { Button } from "#ui/button.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { ButtonLink } from "../../../../button-link.tsx";
import { isJobActive } from "../../../../job-links.ts";
import { useTRPC, useTRPCClient } from "../../../../trpc-client.tsx";
import { formationSentence, lagChoiceLabel, PRESET_LABELS } from "../../scan-words.ts";
import { useUndoableDelete } from "../../use-undoable-delete.ts";
import { ScanResult } from "./scan-result.tsx";
import { ScanUnderWay } from "./scan-under-way.tsx";

const POLL_MS = 400;

export function ScanPageView({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data: scan } = useSuspenseQuery({
    ...trpc.scans.get.queryOptions({ id }),
    refetchInterval: (query) => (isBusy(query.state.data) ? POLL_MS : false),
  });
  return (
    <>
      <PageHeader
        title={`Scan of ${scan.universeName}`}
        lead={scanLead(scan)}
        breadcrumbs={[{ label: "Discover", href: "/discover" }]}
        badges={scan.synthetic ? <SyntheticBadge /> : null}
        actions={<ScanActions scan={scan} />}
      />
      {scan.summary === null ? (
        <ScanUnderWay scan={scan} />
      ) : (
        <ScanResult scan={scan} summary={scan.summary} />
      )}
    </>
  );
}

function ScanActions({ scan }: { scan: ScanView }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const deleteScan = useUndoableDelete({
    remove: (id) => client.scans.delete.mutate({ id }),
    restore: (id) => client.scans.restore.mutate({ id }),
    // This page's own query would answer "not found", so only the list is brought up to date.
    refresh: () => queryClient.invalidateQueries(trpc.scans.list.queryFilter()),
  });
  const onDelete = async () => {
    if (await deleteScan(scan.id, `The scan of ${scan.universeName}`)) router.push("/discover");
  };
  return (
    <>
      <Button variant="quiet" onClick={() => void onDelete()}>
        Delete
      </Button>
      <ButtonLink href={`/discover/scans/new?universe=${scan.universeId}`} variant="primary">
        Scan again
      </ButtonLink>
    </>
  );
}

function isBusy(scan: ScanView | undefined): boolean {
  return scan !== undefined && scan.job !== null && isJobActive(scan.job);
}

function scanLead(scan: ScanView): string {
  const { funnel, lags } = scan.config;
  const method = funnel === undefined ? "Engle–Granger tests" : PRESET_LABELS[funnel.preset];
  return `${method} on ${intervalLabel(scan.intervalMs)} bars from ${formationSentence(scan)}, ${lagChoiceLabel(lags)}.`;
}

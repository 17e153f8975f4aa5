"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { ShareView } from "#contracts/share.ts";
import { Badge } from "#ui/badge.tsx";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger } from "#ui/format.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import type { Tone } from "#ui/tone.ts";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { NewestOnly } from "../newest-only.tsx";
import { RevokeShare } from "./revoke-share.tsx";
import { sharedName, shareName } from "./share-name.ts";

const STATES: Record<ShareView["state"], { label: string; tone: Tone }> = {
  active: { label: "Open", tone: "good" },
  expired: { label: "Expired", tone: "neutral" },
  revoked: { label: "Revoked", tone: "neutral" },
};

const KINDS: Record<ShareView["kind"], string> = { report: "Report", model: "Model" };

const COLUMNS: readonly DataColumn<ShareView>[] = [
  {
    id: "label",
    header: "Link",
    value: shareName,
    cell: (share) => <span className="font-medium">{shareName(share)}</span>,
  },
  { id: "kind", header: "Kind", value: ({ kind }) => KINDS[kind] },
  {
    id: "opens",
    header: "Opens",
    value: (share) => `${sharedName(share)}, ${share.subject}`,
  },
  {
    id: "state",
    header: "State",
    value: ({ state }) => STATES[state].label,
    cell: ({ state }) => <Badge tone={STATES[state].tone}>{STATES[state].label}</Badge>,
  },
  {
    id: "leftOut",
    header: "Left out",
    help: "What the link does not show: sizes are notional, quantities and money of a report; notes are those on a backtest or model.",
    value: leftOut,
  },
  moment("createdAtMs", "Created"),
  {
    id: "expiresAtMs",
    header: "Works until",
    value: ({ expiresAtMs }) => expiresAtMs,
    cell: ({ expiresAtMs }) => (expiresAtMs === null ? "revoked" : <Time ms={expiresAtMs} />),
    align: "right",
  },
  { ...moment("lastOpenedAtMs", "Last opened"), hiddenByDefault: true },
  {
    id: "openCount",
    header: "Opened",
    unit: "times",
    value: ({ openCount }) => openCount,
    format: formatInteger,
  },
  {
    id: "actions",
    header: "Actions",
    value: () => null,
    sortable: false,
    align: "right",
    cell: (share) => (share.state === "active" ? <RevokeShare share={share} /> : null),
  },
];

function leftOut(share: ShareView): string {
  // A link to a model never shows notes.
  if (share.kind === "model") return "notes";
  const parts = [
    ...(share.includeSizes ? [] : ["sizes"]),
    ...(share.includeNotes ? [] : ["notes"]),
  ];
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

function hrefOf(share: ShareView): string {
  return share.kind === "report"
    ? `/backtests/${share.backtestId}`
    : `/models/${share.modelId}?version=${share.modelVersion}`;
}

function moment(id: "createdAtMs" | "lastOpenedAtMs", header: string): DataColumn<ShareView> {
  return {
    id,
    header,
    value: (share) => share[id],
    cell: (share) => <Time ms={share[id]} />,
    align: "right",
  };
}

export function SharesView() {
  const trpc = useTRPC();
  const { data: shares } = useSuspenseQuery(trpc.shares.list.queryOptions());
  return (
    <>
      <PageHeader
        title="Links"
        lead="Who can read which of your reports and models without an account, and until when."
        actions={
          <ButtonLink href="/backtests" variant="primary">
            Share a report
          </ButtonLink>
        }
      />
      <Panel flush>
        <DataTable
          ariaLabel="Links"
          rowLabel="link"
          columns={COLUMNS}
          data={shares}
          getRowId={({ id }) => id}
          rowHref={hrefOf}
          filterPlaceholder="Filter by label, report or model"
          initialSort={{ id: "createdAtMs", desc: true }}
          emptyState={
            <EmptyState
              title="No link yet"
              action={
                <ButtonLink href="/backtests" variant="primary">
                  Share a report
                </ButtonLink>
              }
            >
              A link opens one report or model, read-only, without an account. It is made on the
              page of either.
            </EmptyState>
          }
        />
        <NewestOnly count={shares.length} />
      </Panel>
    </>
  );
}

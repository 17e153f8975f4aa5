"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AlertChannelView } from "#contracts/alert.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { ChannelDialog } from "./channel-dialog.tsx";
import { CHANNEL_KINDS } from "./channel-words.ts";

/** A test message that is on its way is looked for until it has arrived. */
const TEST_POLL_MS = 1_000;

export function Channels() {
  const trpc = useTRPC();
  const [isAdding, setAdding] = useState(false);
  const { data: channels } = useSuspenseQuery({
    ...trpc.alerts.channels.queryOptions(),
    refetchInterval: ({ state }) =>
      state.data?.some(({ test }) => test?.state === "pending") ? TEST_POLL_MS : false,
  });
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      New channel
    </Button>
  );
  return (
    <Panel
      flush
      title="Channels"
      lead="Every alert stands in the page. A channel brings it elsewhere too."
      actions={channels.length === 0 ? undefined : add}
    >
      <DataTable
        ariaLabel="Channels"
        rowLabel="channel"
        columns={COLUMNS}
        data={channels}
        getRowId={({ id }) => id}
        emptyState={
          <EmptyState title="No channel yet" action={add}>
            E-mail, a webhook of your own, or a Telegram chat. Messages that cannot be delivered are
            tried again, and shown when they are given up.
          </EmptyState>
        }
      />
      <ChannelDialog open={isAdding} onOpenChange={setAdding} />
    </Panel>
  );
}

const COLUMNS: readonly DataColumn<AlertChannelView>[] = [
  {
    id: "name",
    header: "Channel",
    value: ({ name }) => name,
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  { id: "kind", header: "Kind", value: ({ kind }) => CHANNEL_KINDS[kind] },
  { id: "target", header: "Goes to", value: ({ target }) => target },
  {
    id: "pending",
    header: "On their way",
    unit: "alerts",
    value: ({ pendingCount }) => pendingCount,
    format: formatInteger,
  },
  {
    id: "dead",
    header: "Given up",
    unit: "alerts",
    help: "Alerts that could not be delivered after all attempts. The history sends them again.",
    value: ({ deadCount }) => deadCount,
    format: formatInteger,
    cell: ({ deadCount, lastError }) =>
      deadCount === 0 ? (
        "0"
      ) : (
        <Badge tone="bad" title={lastError ?? undefined}>
          {formatInteger(deadCount)}
        </Badge>
      ),
    align: "right",
  },
  {
    id: "test",
    header: "Test",
    value: ({ test }) => test?.state ?? "",
    cell: (channel) => <TestResult channel={channel} />,
  },
  {
    id: "actions",
    header: "Actions",
    value: () => null,
    sortable: false,
    align: "right",
    cell: (channel) => <ChannelActions channel={channel} />,
  },
];

function TestResult({ channel: { test } }: { channel: AlertChannelView }) {
  if (test === null) return <span className="text-muted">–</span>;
  if (test.state === "pending") return <Badge>on its way</Badge>;
  return test.state === "sent" ? (
    <Badge tone="good">arrived</Badge>
  ) : (
    <span className="flex flex-col gap-0.5">
      <Badge tone="bad">failed</Badge>
      <span className="text-[13px] text-muted">{test.error}</span>
    </span>
  );
}

function ChannelActions({ channel }: { channel: AlertChannelView }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const refresh = () => queryClient.invalidateQueries(trpc.alerts.pathFilter());
  const failed = (title: string) => (error: unknown) =>
    toast({ title, description: toMessage(error), tone: "bad" });
  const test = useMutation(
    trpc.alerts.testChannel.mutationOptions({
      onSuccess: refresh,
      onError: failed("No test message was sent"),
    }),
  );
  const remove = useMutation(
    trpc.alerts.deleteChannel.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast({ title: `“${channel.name}” is deleted` });
      },
      onError: failed("The channel was not deleted"),
    }),
  );
  return (
    <div className="flex justify-end gap-1.5">
      <Button
        size="sm"
        busy={test.isPending}
        aria-label={`Send a test message to ${channel.name}`}
        onClick={() => test.mutate({ id: channel.id })}
      >
        Send a test
      </Button>
      <Button
        size="sm"
        variant="quiet"
        aria-label={`Delete ${channel.name}`}
        onClick={() => setAsking(true)}
      >
        Delete
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Delete “${channel.name}”?`}
        body="Its secret is erased, and alerts on their way to it are given up. This cannot be undone."
        confirmLabel="Delete"
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id: channel.id })}
      />
    </div>
  );
}

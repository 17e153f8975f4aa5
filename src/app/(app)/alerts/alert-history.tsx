"use client";

import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import Link from "next/link";
import type { Alert, AlertSeverity } from "#contracts/alert.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { CheckboxField } from "#ui/checkbox-field.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { formatNumber } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { TableSkeleton } from "#ui/skeleton.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC, useTRPCClient } from "../../trpc-client.tsx";
import { useUrlState } from "../discover/use-url-state.ts";
import { Deliveries } from "./deliveries.tsx";
import { SEVERITIES, SEVERITY_OPTIONS } from "./rule-words.ts";

const FROM_NEWEST: number | null = null;

/** Alerts as they were raised, the newest first, further back page by page. */
export function AlertHistory() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { params, set } = useUrlState();
  const severity = severityOf(params.get("severity"));
  const unacknowledgedOnly = params.get("open") === "1";
  const history = useInfiniteQuery({
    queryKey: [...trpc.alerts.history.queryKey(), { severity, unacknowledgedOnly }],
    queryFn: ({ pageParam, signal }) =>
      client.alerts.history.query(
        { severity, unacknowledgedOnly, beforeSeq: pageParam },
        { signal },
      ),
    initialPageParam: FROM_NEWEST,
    getNextPageParam: ({ nextBeforeSeq }) => nextBeforeSeq,
    placeholderData: keepPreviousData,
  });
  const alerts = history.data?.pages.flatMap((page) => page.alerts) ?? [];
  const newestSeq = alerts[0]?.seq;
  return (
    <Panel
      flush
      title="Raised"
      actions={<AcknowledgeAll alerts={alerts} untilSeq={newestSeq ?? null} />}
    >
      <div className="flex flex-wrap items-end gap-4 border-b border-line px-4 py-3">
        <SelectField
          label="Severity"
          className="w-40"
          value={severity ?? ""}
          onChange={(event) => set({ severity: event.target.value })}
          options={[{ value: "", label: "All" }, ...SEVERITY_OPTIONS]}
        />
        <CheckboxField
          label="Only what nobody has seen"
          className="pb-2"
          checked={unacknowledgedOnly}
          onChange={(event) => set({ open: event.target.checked ? "1" : null })}
        />
      </div>
      {history.isPending ? <TableSkeleton rows={6} columns={5} /> : null}
      {history.isError ? (
        <ErrorState title="The history could not be read" message={toMessage(history.error)} />
      ) : null}
      {history.isSuccess ? (
        <DataTable
          ariaLabel="Alerts"
          rowLabel="alert"
          columns={COLUMNS}
          data={alerts}
          getRowId={({ id }) => id}
          filterPlaceholder="Filter by rule or message"
          initialSort={{ id: "firedAtMs", desc: true }}
          csvName="alerts"
          emptyState={<NoAlerts isFiltered={severity !== null || unacknowledgedOnly} />}
        />
      ) : null}
      {history.hasNextPage ? (
        <div className="flex justify-center border-t border-line p-3">
          <Button busy={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            Older alerts
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}

function severityOf(text: string | null): AlertSeverity | null {
  return text === "info" || text === "warning" || text === "critical" ? text : null;
}

function NoAlerts({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <EmptyState title="No such alert">Nothing was raised that fits this choice.</EmptyState>
  ) : (
    <EmptyState
      title="No alert yet"
      action={
        <ButtonLink href="/alerts/new" variant="primary">
          New rule
        </ButtonLink>
      }
    >
      A rule raises an alert when a figure crosses a threshold: a z-score, a price, a gap in the
      feed, a job that failed.
    </EmptyState>
  );
}

const COLUMNS: readonly DataColumn<Alert>[] = [
  {
    id: "severity",
    header: "Severity",
    value: ({ severity }) => SEVERITIES[severity].label,
    cell: ({ severity }) => (
      <Badge tone={SEVERITIES[severity].tone}>{SEVERITIES[severity].label}</Badge>
    ),
  },
  {
    id: "message",
    header: "What happened",
    value: ({ message }) => message,
    cell: ({ message, href, synthetic }) => (
      // A sentence, so it wraps where a phone has no room for it.
      <span className="block min-w-52 whitespace-normal">
        {href === null ? (
          message
        ) : (
          <Link href={href} className="font-medium hover:underline">
            {message}
          </Link>
        )}
        {synthetic ? (
          <span className="mt-1 block">
            <SyntheticBadge label="Simulated" />
          </span>
        ) : null}
      </span>
    ),
  },
  { id: "rule", header: "Rule", value: ({ ruleName }) => ruleName },
  {
    id: "value",
    header: "Value",
    value: ({ value }) => value,
    format: formatNumber,
    hiddenByDefault: true,
  },
  {
    id: "firedAtMs",
    header: "Raised",
    value: ({ firedAtMs }) => firedAtMs,
    cell: ({ firedAtMs }) => <Time ms={firedAtMs} intervalMs={1_000} />,
    align: "right",
    csv: csvTime(({ firedAtMs }) => firedAtMs),
  },
  {
    id: "deliveries",
    header: "Sent",
    value: ({ deliveries }) => deliveries.filter(({ state }) => state === "sent").length,
    cell: (alert) => <Deliveries alert={alert} />,
    align: "left",
  },
  {
    id: "acknowledged",
    header: "Seen",
    value: ({ acknowledgedAtMs }) => acknowledgedAtMs,
    cell: (alert) => <Acknowledge alert={alert} />,
    align: "right",
    csv: csvTime(({ acknowledgedAtMs }) => acknowledgedAtMs),
  },
];

function useAcknowledge() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation(
    trpc.alerts.acknowledge.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.alerts.pathFilter()),
      onError: (error) =>
        toast({ title: "It is still open", description: toMessage(error), tone: "bad" }),
    }),
  );
}

function Acknowledge({ alert }: { alert: Alert }) {
  const { mutate, isPending } = useAcknowledge();
  if (alert.acknowledgedAtMs !== null) return <Time ms={alert.acknowledgedAtMs} />;
  return (
    <Button
      size="sm"
      busy={isPending}
      aria-label={`Acknowledge: ${alert.message}`}
      onClick={() => mutate({ kind: "one", id: alert.id })}
    >
      Acknowledge
    </Button>
  );
}

/** Up to the newest that stands on the page: what came since has not been seen. */
function AcknowledgeAll(props: { alerts: readonly Alert[]; untilSeq: number | null }) {
  const { mutate, isPending } = useAcknowledge();
  const { alerts, untilSeq } = props;
  if (untilSeq === null || alerts.every((alert) => alert.acknowledgedAtMs !== null)) return null;
  return (
    <Button size="sm" busy={isPending} onClick={() => mutate({ kind: "all", untilSeq })}>
      Acknowledge all
    </Button>
  );
}

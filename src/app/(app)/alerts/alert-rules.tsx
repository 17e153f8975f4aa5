"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { AlertRuleView } from "#contracts/alert.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger, formatNumber } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC, useTRPCClient } from "../../trpc-client.tsx";
import { useUndoableDelete } from "../discover/use-undoable-delete.ts";
import { conditionInWords, SEVERITIES } from "./rule-words.ts";

export function AlertRules() {
  const trpc = useTRPC();
  const { data: rules } = useSuspenseQuery(trpc.alerts.rules.queryOptions());
  return (
    <Panel flush>
      <DataTable
        ariaLabel="Alert rules"
        rowLabel="rule"
        columns={COLUMNS}
        data={rules}
        getRowId={({ id }) => id}
        rowHref={({ id }) => `/alerts/${id}`}
        filterPlaceholder="Filter by name or subject"
        csvName="alert-rules"
        emptyState={
          <EmptyState
            title="No rule yet"
            action={
              <ButtonLink href="/alerts/new" variant="primary">
                New rule
              </ButtonLink>
            }
          >
            A rule names a figure, a threshold, and where the alert goes.
          </EmptyState>
        }
      />
    </Panel>
  );
}

const COLUMNS: readonly DataColumn<AlertRuleView>[] = [
  {
    id: "name",
    header: "Rule",
    value: ({ name }) => name,
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  {
    id: "subject",
    header: "Looks at",
    value: ({ subjectTitle, synthetic }) =>
      synthetic ? `${subjectTitle} (simulated)` : subjectTitle,
    cell: ({ subjectTitle, synthetic }) => (
      <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
        {subjectTitle}
        {synthetic ? <SyntheticBadge label="Simulated" /> : null}
      </span>
    ),
  },
  { id: "condition", header: "When", value: conditionInWords },
  {
    id: "severity",
    header: "Severity",
    value: ({ severity }) => SEVERITIES[severity].label,
    cell: ({ severity }) => (
      <Badge tone={SEVERITIES[severity].tone}>{SEVERITIES[severity].label}</Badge>
    ),
  },
  {
    id: "state",
    header: "State",
    value: stateInWords,
    cell: (rule) => <Badge tone={stateTone(rule)}>{stateInWords(rule)}</Badge>,
  },
  {
    id: "lastValue",
    header: "Last value",
    value: ({ lastValue }) => lastValue,
    format: formatNumber,
  },
  { id: "alerts", header: "Alerts", value: ({ alertCount }) => alertCount, format: formatInteger },
  {
    id: "lastFiredAtMs",
    header: "Last alert",
    value: ({ lastFiredAtMs }) => lastFiredAtMs,
    cell: ({ lastFiredAtMs }) => <Time ms={lastFiredAtMs} />,
    align: "right",
    csv: csvTime(({ lastFiredAtMs }) => lastFiredAtMs),
  },
  {
    id: "actions",
    header: "Actions",
    value: () => null,
    sortable: false,
    align: "right",
    cell: (rule) => <RuleActions rule={rule} />,
  },
];

function stateInWords({ isEnabled, hasSubject, state }: AlertRuleView): string {
  if (!hasSubject) return "Nothing to look at";
  if (!isEnabled) return "Off";
  return state === "raised" ? "Raised" : "Armed";
}

function stateTone({ isEnabled, hasSubject, state }: AlertRuleView) {
  if (!isEnabled || !hasSubject) return "neutral";
  return state === "raised" ? "warn" : "good";
}

function RuleActions({ rule }: { rule: AlertRuleView }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const toast = useToast();
  const refresh = () => queryClient.invalidateQueries(trpc.alerts.pathFilter());
  const remove = useUndoableDelete({
    remove: (id) => client.alerts.deleteRule.mutate({ id }),
    restore: (id) => client.alerts.restoreRule.mutate({ id }),
    refresh,
  });
  const enable = useMutation(
    trpc.alerts.enable.mutationOptions({
      onSuccess: refresh,
      onError: (error) =>
        toast({ title: "Nothing was changed", description: toMessage(error), tone: "bad" }),
    }),
  );
  return (
    <div className="flex justify-end gap-1.5">
      <Button
        size="sm"
        busy={enable.isPending}
        aria-label={`${rule.isEnabled ? "Switch off" : "Switch on"} ${rule.name}`}
        onClick={() => enable.mutate({ id: rule.id, isEnabled: !rule.isEnabled })}
      >
        {rule.isEnabled ? "Switch off" : "Switch on"}
      </Button>
      <Button
        size="sm"
        variant="quiet"
        aria-label={`Delete ${rule.name}`}
        onClick={() => void remove(rule.id, `“${rule.name}”`)}
      >
        Delete
      </Button>
    </div>
  );
}

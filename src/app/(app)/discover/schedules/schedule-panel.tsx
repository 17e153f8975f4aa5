"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ScanView } from "#contracts/scan.ts";
import type { ScanScheduleView } from "#contracts/scan-schedule.ts";
import type { UniverseView } from "#contracts/universe.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Panel } from "#ui/panel.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { useTRPC, useTRPCClient } from "../../../trpc-client.tsx";
import { ScheduleForm } from "./schedule-form.tsx";
import { cadenceWords, OUTCOME_WORDS } from "./schedule-words.ts";

/** Whether and when the universe is scanned again, beside what it holds. */
export function SchedulePanel({ universe }: { universe: UniverseView }) {
  const trpc = useTRPC();
  const schedules = useQuery(trpc.schedules.list.queryOptions());
  const scans = useQuery(trpc.scans.list.queryOptions());
  const error = schedules.error ?? scans.error;
  const schedule = schedules.data?.find(({ universeId }) => universeId === universe.id);
  const models = scans.data?.filter(
    ({ universeId, summary }) => universeId === universe.id && summary !== null,
  );
  return (
    <Panel
      title="Scan again by itself"
      lead="New bars change what is cointegrated. A schedule repeats a scan over a window as long that ends with the newest bars."
    >
      {error === null ? null : (
        <ErrorState
          title="The schedule could not be read"
          message={toMessage(error)}
          onRetry={() => {
            void schedules.refetch();
            void scans.refetch();
          }}
        />
      )}
      {error === null && (schedules.data === undefined || models === undefined) ? (
        <Skeleton className="h-24 w-full" />
      ) : null}
      {schedules.data === undefined || models === undefined ? null : (
        <Schedule universe={universe} schedule={schedule} models={models} />
      )}
    </Panel>
  );
}

type ScheduleProps = {
  universe: UniverseView;
  schedule: ScanScheduleView | undefined;
  models: readonly ScanView[];
};

function Schedule({ universe, schedule, models }: ScheduleProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [isChanging, setIsChanging] = useState(false);
  const refresh = () => queryClient.invalidateQueries(trpc.schedules.pathFilter());
  if (schedule === undefined && models.length === 0) return <NoModel universeId={universe.id} />;
  if (schedule !== undefined && !isChanging) {
    return (
      <ScheduleFacts
        schedule={schedule}
        onChange={models.length === 0 ? undefined : () => setIsChanging(true)}
        onEnd={async () => {
          try {
            await client.schedules.delete.mutate({ universeId: universe.id });
            await refresh();
            toast({ title: "The schedule has ended" });
          } catch (error) {
            toast({ title: "The schedule goes on", description: toMessage(error), tone: "bad" });
          }
        }}
      />
    );
  }
  return (
    <ScheduleForm
      models={models}
      cadence={schedule?.cadence}
      onCancel={schedule === undefined ? undefined : () => setIsChanging(false)}
      onSave={async (input) => {
        await client.schedules.set.mutate({ universeId: universe.id, ...input });
        await refresh();
        setIsChanging(false);
        toast({ title: "The schedule is set", tone: "good" });
      }}
    />
  );
}

function NoModel({ universeId }: { universeId: string }) {
  return (
    <EmptyState
      title="No finished scan to repeat"
      action={
        <ButtonLink href={`/discover/scans/new?universe=${universeId}`}>
          Scan this universe
        </ButtonLink>
      }
    >
      A schedule takes its options from a scan of this universe. Make one first.
    </EmptyState>
  );
}

function ScheduleFacts(props: {
  schedule: ScanScheduleView;
  onChange: (() => void) | undefined;
  onEnd: () => Promise<void>;
}) {
  const { schedule, onChange, onEnd } = props;
  const { lastOutcome, lastRunAtMs, lastScanId } = schedule;
  return (
    <div className="flex flex-wrap items-start justify-between gap-4">
      <dl className="grid grid-cols-[7rem_1fr] gap-x-4 gap-y-1 text-sm [&>dt]:text-muted">
        <dt>Scanned</dt>
        <dd>{cadenceWords(schedule.cadence)}</dd>
        <dt>Next</dt>
        <dd>
          <Time ms={schedule.nextRunAtMs} />
        </dd>
        <dt>Last</dt>
        <dd>
          {lastOutcome === null ? (
            "Not yet"
          ) : (
            <>
              <Time ms={lastRunAtMs} />. {OUTCOME_WORDS[lastOutcome]}
            </>
          )}
        </dd>
      </dl>
      <div className="flex flex-wrap gap-2">
        {lastScanId === null ? null : (
          <ButtonLink size="sm" href={`/discover/scans/${lastScanId}`}>
            Open its last scan
          </ButtonLink>
        )}
        {onChange === undefined ? null : (
          <Button size="sm" onClick={onChange}>
            Change
          </Button>
        )}
        <Button size="sm" variant="quiet" onClick={() => void onEnd()}>
          End the schedule
        </Button>
      </div>
    </div>
  );
}

"use client";

import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { PublishedStudyConfig } from "#contracts/published-study.ts";
import type { ScanView } from "#contracts/scan.ts";
import { Button } from "#ui/button.tsx";
import { DateField } from "#ui/date-field.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatDateUtc, formatInteger } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { toMessage } from "#ui/to-message.ts";
import { ButtonLink } from "../../../button-link.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { studyProblem, tradingAfter } from "./study-dates.ts";

/** Pairs that a study takes at most; the contract refuses more. */
const PAIRS_MAX = 100;
/** As many as were published. */
const TRADITIONAL_PAIRS = 19;

/** A study of the pairs that a scan has found. */
export function StudyForm() {
  const trpc = useTRPC();
  const { data: scans } = useSuspenseQuery(trpc.scans.list.queryOptions());
  const finished = scans.filter(({ summary }) => summary !== null);
  const [scanId, setScanId] = useState<string | null>(null);
  const scan = finished.find(({ id }) => id === scanId) ?? finished[0];
  return (
    <Panel title="New study" lead="The pairs and the formation period come from a scan.">
      {scan === undefined ? (
        <EmptyState
          title="No scan yet"
          action={<ButtonLink href="/discover">Scan a universe</ButtonLink>}
        >
          The preset "Thesis" of the scans finds pairs as the published study did.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          <SelectField
            label="Scan"
            value={scan.id}
            onChange={(event) => setScanId(event.target.value)}
            options={finished.map((one) => ({ value: one.id, label: scanLabel(one) }))}
          />
          <StudySettings key={scan.id} scan={scan} />
        </div>
      )}
    </Panel>
  );
}

function scanLabel({ universeName, config, createdAtMs }: ScanView): string {
  const { startMs, endMs } = config.formation;
  return `${universeName}, ${formatDateUtc(startMs)} to ${formatDateUtc(endMs)}, scanned ${formatDateUtc(createdAtMs)}`;
}

function StudySettings({ scan }: { scan: ScanView }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const show = scan.summary?.funnel === undefined ? "below" : "passed";
  const pairs = useQuery(
    trpc.scans.pairs.queryOptions({ scanId: scan.id, show, limit: PAIRS_MAX }),
  );
  const universe = useQuery(trpc.universes.get.queryOptions({ id: scan.universeId }));
  const [typed, setTyped] = useState<{ startMs: number | null; endMs: number | null } | null>(null);
  const [traditionalPairs, setTraditionalPairs] = useState(TRADITIONAL_PAIRS);
  const start = useMutation(
    trpc.publishedStudies.start.mutationOptions({
      onSuccess: async ({ studyId }) => {
        await queryClient.invalidateQueries(trpc.publishedStudies.list.pathFilter());
        router.push(`/strategies/published/${studyId}`);
      },
    }),
  );
  const failure = pairs.error ?? universe.error ?? start.error;
  if (pairs.data === undefined || universe.data === undefined) {
    return failure === null ? (
      <p className="text-muted text-sm">Reading the scan …</p>
    ) : (
      <Notice tone="bad">{toMessage(failure)}</Notice>
    );
  }
  const { rows } = pairs.data;
  const { instruments } = universe.data;
  const { formation } = scan.config;
  const suggested = tradingAfter(formation, instruments);
  const trading = typed ?? suggested;
  const problem = studyProblem({ formation, trading, pairs: rows.length, traditionalPairs });
  const submit = () => {
    if (problem !== null || trading.startMs === null || trading.endMs === null) return;
    const config: PublishedStudyConfig = {
      intervalMs: scan.intervalMs,
      formation,
      trading: { startMs: trading.startMs, endMs: trading.endMs },
      instruments: instruments.map(({ id }) => id),
      pairs: rows.map(({ instrumentY, instrumentX }) => [instrumentY, instrumentX]),
      traditionalPairs,
    };
    start.mutate(config);
  };
  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className="text-muted text-sm">
        {rows.length === pairs.data.matchCount
          ? `${formatInteger(rows.length)} pairs`
          : `The first ${formatInteger(rows.length)} of ${formatInteger(pairs.data.matchCount)} pairs`}{" "}
        {show === "passed" ? "that passed the funnel" : "below the significance"}, formed from{" "}
        {formatDateUtc(formation.startMs)} to {formatDateUtc(formation.endMs)}.
      </p>
      <div className="grid gap-4 sm:grid-cols-3">
        <DateField
          label="Trading from"
          value={trading.startMs}
          onChange={(startMs) => setTyped({ ...trading, startMs })}
        />
        <DateField
          label="Trading until"
          help="The first day that is no longer traded."
          value={trading.endMs}
          onChange={(endMs) => setTyped({ ...trading, endMs })}
        />
        <NumberField
          label="Pairs of the traditional strategy"
          help="The most correlated price levels of the formation period; 19 were published."
          min={1}
          max={100}
          step={1}
          value={Number.isNaN(traditionalPairs) ? "" : traditionalPairs}
          onChange={(event) => setTraditionalPairs(event.target.valueAsNumber)}
        />
      </div>
      {failure === null ? null : (
        <Notice tone="bad" announce>
          {toMessage(failure)}
        </Notice>
      )}
      {problem === null ? null : <Notice tone="warn">{problem}</Notice>}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={start.isPending} disabled={problem !== null}>
          Start the study
        </Button>
      </div>
    </form>
  );
}

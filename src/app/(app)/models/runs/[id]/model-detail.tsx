"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { RunGroup, RunModel } from "#contracts/learning-run.ts";
import type { AskedOfModel } from "#contracts/model-difference.ts";
import { Button } from "#ui/button.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { errorWords } from "../../../../error-words.ts";
import { useTRPC } from "../../../../trpc-client.tsx";
import { verdictWords } from "../../verdict-words.ts";
import { DetailPanels } from "./detail-panels.tsx";
import { RegisterDialog } from "./register-dialog.tsx";
import type { RunResultProps } from "./run-result.tsx";

export type ModelDetailProps = RunResultProps & {
  model: RunModel;
  /** What it is called, where several of its kind are. */
  name: string;
  group: RunGroup;
};

/** One model on one group of rows: its verdict, its charts, and the way to keep it. */
export function ModelDetail(props: ModelDetailProps) {
  const { view, summary, model, name, group } = props;
  const trpc = useTRPC();
  const result = summary.results.find((one) => one.model === model.key && one.group === group.key);
  const refusal = result?.refusal ?? null;
  const [member, setMember] = useState(0);
  const { data, error, refetch } = useQuery({
    ...trpc.learningRuns.detail.queryOptions({
      ...{ id: view.id, model: model.key, group: group.key, member },
    }),
    // Only the predictions change with the pair: the rest stays where it is.
    placeholderData: keepPreviousData,
    enabled: refusal === null,
    // A finished run does not change any more.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const heading = summary.groups.length === 1 ? name : `${name} on ${group.label}`;
  if (refusal !== null) {
    return (
      <Notice tone="bad" title={`${heading} could not be trained`}>
        {refusal}
      </Notice>
    );
  }
  if (error !== null) {
    const { message, errorId } = errorWords(error);
    return (
      <Panel>
        <ErrorState
          title="The details could not be read"
          message={message}
          errorId={errorId}
          onRetry={() => void refetch()}
        />
      </Panel>
    );
  }
  const isKept = data?.hasFile === true && !model.isBaseline;
  return (
    <section aria-label={heading} className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-base font-semibold">{heading}</h2>
        {isKept ? <RegisterButton {...props} heading={heading} /> : null}
      </div>
      {model.isBaseline || result === undefined || result.verdict === null ? null : (
        <VerdictNotice verdict={result.verdict} />
      )}
      {data === undefined ? (
        <Skeleton className="h-96 w-full" />
      ) : (
        <DetailPanels
          {...props}
          detail={data.detail}
          trials={data.trials}
          result={result}
          member={member}
          onMember={setMember}
        />
      )}
    </section>
  );
}

function VerdictNotice(props: { verdict: NonNullable<Parameters<typeof verdictWords>[0]> }) {
  const { tone, title, sentences } = verdictWords(props.verdict);
  return (
    <Notice tone={tone} title={title}>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Notice>
  );
}

/** What models of a run answer; runs of other kinds than "models" have a label of their own. */
function askedOf(
  { config: { kind }, datasetVersion: { config } }: ModelDetailProps["view"],
  { classes }: ModelDetailProps["summary"],
): AskedOfModel {
  const { books, intervalMs, label, spread } = config;
  return kind === "models"
    ? { books, intervalMs, label: null, subject: { label, spread }, classes }
    : { books, intervalMs, label: null, subject: null, classes: null };
}

function RegisterButton(props: ModelDetailProps & { heading: string }) {
  const { view, summary, model, group, heading } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        Register model
      </Button>
      {isOpen ? (
        <RegisterDialog
          asked={askedOf(view, summary)}
          of={{ runId: view.id, model: model.key, group: group.key }}
          suggestedName={heading.slice(0, 80)}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}

"use client";

import { useMutation, useQueryClient, useSuspenseQueries } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { canonicalJson } from "#contracts/canonical-json.ts";
import type { DatasetConfig, DatasetView } from "#contracts/dataset.ts";
import {
  THESIS_PAIRS,
  THESIS_SPANS,
  type ThesisSpan,
  thesisDataset,
} from "#contracts/thesis-comparison.ts";
import { Button } from "#ui/button.tsx";
import { formatDateUtc } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../../../button-link.tsx";
import { errorWords } from "../../../../error-words.ts";
import { useTRPC, useTRPCClient } from "../../../../trpc-client.tsx";
import { ThesisPanel } from "../new/comparison-panels.tsx";
import { findThesisPairs, type ThesisPairs } from "../thesis-pairs.ts";

const SPANS: readonly { readonly id: ThesisSpan; readonly label: string; readonly help: string }[] =
  [
    {
      id: "2023",
      label: "2023",
      help: "250 days: the trends of RLRT were published on these, right in 83.6 % by the published definition and in 41.7 % against the last value.",
    },
    {
      id: "2019-2022",
      label: "May 2019 to 2022",
      help: "918 days: the forecasts of trees and network were published on these.",
    },
  ];

const PAIRS = THESIS_PAIRS.length;

/** Everything of the published comparison is filled in: what is left are its span and the seed. */
export function ThesisForm() {
  const trpc = useTRPC();
  const [{ data: series }, { data: datasets }] = useSuspenseQueries({
    queries: [trpc.instruments.list.queryOptions({}), trpc.datasets.list.queryOptions()],
  });
  const [span, setSpan] = useState<ThesisSpan>("2023");
  const [seed, setSeed] = useState("1");
  const found = findThesisPairs(series, THESIS_SPANS[span]);
  const start = useStart(datasets);
  const seedProblem = /^\d{1,9}$/.test(seed) ? undefined : "A whole number from 0 to 999,999,999";
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (found.books.length === 0 || seedProblem !== undefined) return;
        const config = thesisDataset(found.books, THESIS_SPANS[span]);
        start.mutate({ config, name: `Thesis comparison, ${span}`, seed: Number(seed) });
      }}
      className="grid items-start gap-6 xl:grid-cols-[minmax(0,7fr)_minmax(0,4fr)]"
    >
      <div className="flex min-w-0 flex-col gap-6">
        <Panel title="Pairs and dates">
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1 text-[13px] font-medium">Published on daily prices of</legend>
            {SPANS.map(({ id, label, help }) => (
              <label key={id} className="flex min-h-6 items-start gap-2 text-sm">
                <input
                  type="radio"
                  name="span"
                  value={id}
                  checked={span === id}
                  onChange={() => setSpan(id)}
                  className="mt-0.5 size-4 shrink-0 accent-accent"
                />
                <span>
                  <span className="font-medium">{label}</span>
                  <span className="block text-[13px] text-muted">{help}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <div role="status" className="mt-4">
            <Found found={found} span={span} />
          </div>
        </Panel>
        <ThesisPanel lead="Features and a label need not be chosen: the comparison reads prices alone." />
      </div>
      <Panel title="What will be trained" className="xl:sticky xl:top-4">
        <div className="flex flex-col gap-3 text-sm">
          <p className="text-lg font-semibold tracking-tight tabular-nums">
            6 models on {found.books.length} of {PAIRS} pairs
          </p>
          <NumberField
            id="seed"
            label="Seed"
            step={1}
            help="The same seed, data and code give the same models."
            value={seed}
            error={seedProblem}
            onChange={(event) => setSeed(event.target.value)}
          />
          <Button
            type="submit"
            variant="primary"
            busy={start.isPending}
            disabled={found.books.length === 0 || seedProblem !== undefined}
          >
            Start the comparison
          </Button>
          {start.error === null ? null : (
            <Notice tone="bad" announce>
              {errorWords(start.error).message}
            </Notice>
          )}
        </div>
      </Panel>
    </form>
  );
}

/** How many of the pairs have their prices, and which symbols are to be imported. */
function Found({ found, span }: { found: ThesisPairs; span: ThesisSpan }) {
  const { books, missing, short } = found;
  const { startMs, endMs } = THESIS_SPANS[span];
  const dates = `${formatDateUtc(startMs)} to ${formatDateUtc(endMs - 1)}`;
  if (missing.length + short.length === 0) {
    return (
      <Notice tone="good" title={`All ${PAIRS} pairs are among your prices`}>
        {THESIS_PAIRS.map((pair) => pair.join(" / ")).join(", ")}.
      </Notice>
    );
  }
  return (
    <Notice
      tone="warn"
      title={`${books.length === 0 ? "None" : books.length} of the ${PAIRS} pairs can be compared`}
      action={
        <ButtonLink size="sm" href="/markets/upload">
          Upload prices
        </ButtonLink>
      }
    >
      {missing.length === 0 ? null : (
        <p>
          You have no daily prices of {missing.join(", ")}. Upload their closes from {dates}.
        </p>
      )}
      {short.length === 0 ? null : (
        <p>
          Prices do not reach from {dates}: {short.join(", ")}.
        </p>
      )}
      {books.length === 0 ? null : (
        <p>With the others it can be started; the published figures are means over all pairs.</p>
      )}
    </Notice>
  );
}

/** Starts a run on the dataset of the comparison, which is made unless it is there, and goes to its page. */
function useStart(datasets: readonly DatasetView[]) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: async (asked: { config: DatasetConfig; name: string; seed: number }) => {
      const { config, name, seed } = asked;
      const text = canonicalJson(config);
      const known = datasets
        .flatMap(({ versions }) => versions)
        .find((version) => canonicalJson(version.config) === text);
      const datasetVersionId =
        known?.id ?? (await client.datasets.create.mutate({ name, notes: "", config })).versionId;
      return client.learningRuns.start.mutate({
        ...{ datasetVersionId, name },
        config: { kind: "thesis", seed },
      });
    },
    onSuccess: ({ runId }) => router.push(`/models/runs/${runId}`),
    // A dataset that was made before the run was refused is taken by the next attempt.
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries(trpc.datasets.list.queryFilter()),
        queryClient.invalidateQueries(trpc.learningRuns.list.pathFilter()),
        queryClient.invalidateQueries(trpc.jobs.pathFilter()),
      ]),
  });
}

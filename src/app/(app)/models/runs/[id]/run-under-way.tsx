"use client";

import type { LearningRunLive, LearningRunView } from "#contracts/learning-run.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { formatInteger, formatNumber } from "#ui/format.ts";
import { JobProgress } from "#ui/job-progress.tsx";
import { Panel } from "#ui/panel.tsx";
import { ProgressBar } from "#ui/progress-bar.tsx";
import { ScrollRegion } from "#ui/scroll-region.tsx";
import { ButtonLink } from "../../../../button-link.tsx";
import { isJobActive } from "../../../../job-links.ts";
import { useCancelJob } from "../../../../use-cancel-job.ts";
import { sentenceOf } from "../../../sentence-of.ts";
import { parameterWords } from "./parameter-words.ts";
import { againHref, datasetHref } from "./run-hrefs.ts";

/** A run without a result: how far it is with the best so far, or why there will be none. */
export function RunUnderWay({ view }: { view: LearningRunView }) {
  const cancelJob = useCancelJob();
  const { job, live } = view;
  if (job !== null && isJobActive(job)) {
    return (
      <div className="flex flex-col gap-6">
        <Panel>
          <JobProgress job={job} onCancel={() => cancelJob(job.id)} />
        </Panel>
        <Searches searches={live?.searches ?? []} />
        <Panel
          title="So far"
          lead="Mean loss on the test rows that are done, smaller is better. Whether a difference is more than chance is said at the end."
          flush
        >
          <BestSoFar live={live} />
        </Panel>
      </div>
    );
  }
  const dataset = datasetHref(view);
  const again = againHref(view);
  const actions = (
    <>
      {dataset === null ? null : <ButtonLink href={dataset}>Open the dataset</ButtonLink>}
      {again === null ? null : <ButtonLink href={again}>Run again with changes</ButtonLink>}
    </>
  );
  return (
    <Panel>
      {job?.state === "cancelled" ? (
        <EmptyState title="The run was cancelled" action={actions}>
          No result was kept, and nothing else was changed. What was seen of it while it ran counts
          among the earlier runs on the same prices.
        </EmptyState>
      ) : (
        <ErrorState
          title="The run did not finish"
          message={<Failure view={view} />}
          action={actions}
        />
      )}
    </Panel>
  );
}

type Search = LearningRunLive["searches"][number];

/** Searches under way: how many settings each has tried, and the best of them. */
function Searches({ searches }: { searches: readonly Search[] }) {
  if (searches.length === 0) return null;
  return (
    <Panel
      title="Searching"
      lead="Settings are tried within the training rows: their mean loss over the inner folds says nothing yet of rows that no model has seen."
      flush
    >
      <ul className="divide-y divide-line text-sm">
        {searches.map((search) => (
          <SearchRow key={search.stage} search={search} />
        ))}
      </ul>
    </Panel>
  );
}

function SearchRow({ search }: { search: Search }) {
  const { stage, trialsDone, trials, best } = search;
  return (
    <li className="flex flex-col gap-1.5 px-4 py-2.5">
      <p className="flex flex-wrap justify-between gap-x-4">
        <span className="font-medium">{stage}</span>
        <span className="text-muted tabular-nums">
          {formatInteger(trialsDone)} of {formatInteger(trials)} trials
        </span>
      </p>
      <ProgressBar value={trialsDone / trials} ariaLabel={`Trials of ${stage}`} />
      <p className="text-[13px] text-muted">
        {best === null ? (
          "None could be trained so far."
        ) : (
          <>
            Best so far, trial {formatInteger(best.trial)}:{" "}
            <span title={String(best.loss)} className="text-text tabular-nums">
              mean loss {formatNumber(best.loss)}
            </span>{" "}
            with {parameterWords(best.parameters)}.
          </>
        )}
      </p>
    </li>
  );
}

function Failure({ view }: { view: LearningRunView }) {
  const error = view.job?.error ?? null;
  if (error === null) return "There is no result, and nothing else was changed.";
  return (
    <>
      <p>{sentenceOf(error.message)}</p>
      {error.field === null ? null : (
        <p className="mt-1">
          It is about <code className="font-mono text-xs">{error.field}</code>.
        </p>
      )}
    </>
  );
}

function BestSoFar({ live }: { live: LearningRunLive | null }) {
  if (live === null || live.best.length === 0) {
    return <p className="min-h-24 p-4 text-sm text-muted">The first models are being trained.</p>;
  }
  const { partsDone, parts, trials, best } = live;
  return (
    <>
      <ScrollRegion ariaLabel="Models so far">
        <table className="w-full text-sm">
          <thead>
            <tr className="border-b border-line text-muted">
              <th scope="col" className="px-4 py-2 text-left font-medium">
                Model
              </th>
              <th scope="col" className="px-4 py-2 text-right font-medium">
                Mean loss
              </th>
              <th scope="col" className="px-4 py-2 text-right font-medium">
                Tests done
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {best.map(({ label, loss, folds }) => (
              // Models of one kind have one label.
              <tr key={`${label} ${loss}`}>
                <th scope="row" className="px-4 py-1.5 text-left font-normal">
                  {label}
                </th>
                <td title={String(loss)} className="px-4 py-1.5 text-right tabular-nums">
                  {formatNumber(loss)}
                </td>
                <td className="px-4 py-1.5 text-right tabular-nums">{formatInteger(folds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="border-t border-line px-4 py-2 text-[13px] text-muted tabular-nums">
        {formatInteger(partsDone)} of {formatInteger(parts)} parts
        {trials === 0 ? "" : `, ${formatInteger(trials)} trials`}. What is done is kept: a run that
        is interrupted goes on from here; one that is cancelled does not.
      </p>
    </>
  );
}

"use client";

import { CircleAlert, CircleCheck, CircleMinus } from "lucide-react";
import type { Verification, VerifiedPart } from "#contracts/verification.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { formatDuration, formatInteger } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { ProgressBar } from "#ui/progress-bar.tsx";
import { ScrollRegion } from "#ui/scroll-region.tsx";
import { Time } from "#ui/time.tsx";
import { toMessage } from "#ui/to-message.ts";
import type { VerificationState } from "./use-verification.ts";
import { notComparedNote, partLabel, partsInOrder, partText } from "./verified-parts.ts";

/** The report made again on the server, and every hash and figure of it held against what it says. */
export function VerifyPanel({ state }: { state: VerificationState }) {
  const { verification, isBusy, error, start } = state;
  return (
    <Panel
      title="Verify"
      lead="The same settings, data and code are run again; all that the report says, but times and warnings of scans, must come out the same."
      actions={
        <Button size="sm" busy={isBusy} onClick={start} className="print:hidden">
          {verification?.outcome === undefined || verification.outcome === null
            ? "Run it again"
            : "Run it once more"}
        </Button>
      }
    >
      <div aria-live="polite" className="flex flex-col gap-3">
        {error === null ? null : (
          <Notice tone="bad" title="It could not be verified now">
            {toMessage(error)} The report is as it was.
          </Notice>
        )}
        {verification === null ? (
          <p className="text-sm text-muted">
            {isBusy ? "Starting…" : "Nobody has verified this report yet."}
          </p>
        ) : (
          <Result verification={verification} />
        )}
      </div>
    </Panel>
  );
}

function Result({ verification }: { verification: Verification }) {
  const { state, progress, outcome, error, startedAtMs } = verification;
  if (state === "queued" || state === "running") {
    return (
      <div className="flex flex-col gap-1.5">
        <p className="text-sm">{state === "queued" ? "Waiting for its turn" : "Running again"}</p>
        <ProgressBar value={progress} ariaLabel="Verification" />
      </div>
    );
  }
  if (outcome === null) {
    return (
      <Notice tone="warn" title="The last run did not finish">
        {error ?? "It was cancelled."} The report is as it was.
      </Notice>
    );
  }
  const differing = outcome.parts.filter(({ agrees }) => agrees === false).length;
  const note = notComparedNote(outcome.parts);
  return (
    <>
      <Notice
        tone={outcome.agrees ? "good" : "bad"}
        title={
          outcome.agrees
            ? note === null
              ? "Everything agrees"
              : "Everything that can be compared agrees"
            : `${formatInteger(differing)} of ${formatInteger(outcome.parts.length)} do not agree`
        }
      >
        Run again on <Time ms={startedAtMs} />, in {formatDuration(outcome.durationMs)}. {note}
      </Notice>
      <ScrollRegion ariaLabel="Compared parts" className="max-h-96 rounded border border-line">
        <table className="w-full text-[13px] tabular-nums">
          <thead>
            <tr className="text-left text-muted">
              <th scope="col" className="px-3 py-1.5 font-medium">
                Part
              </th>
              <th scope="col" className="px-3 py-1.5 text-right font-medium">
                Report says
              </th>
              <th scope="col" className="px-3 py-1.5 text-right font-medium">
                New run has
              </th>
              <th scope="col" className="px-3 py-1.5 font-medium">
                Result
              </th>
            </tr>
          </thead>
          <tbody>
            {partsInOrder(outcome.parts).map(({ name, reported, found, agrees }) => (
              <tr key={name} className="border-t border-line">
                <th scope="row" className="px-3 py-1 text-left font-normal">
                  {partLabel(name)}
                </th>
                <td title={reported} className="px-3 py-1 text-right">
                  {partText(reported)}
                </td>
                <td title={found} className="px-3 py-1 text-right">
                  {partText(found)}
                </td>
                <td className="px-3 py-1">
                  <Agreement agrees={agrees} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  );
}

function Agreement({ agrees }: Pick<VerifiedPart, "agrees">) {
  const [tone, Icon, words] =
    agrees === null
      ? (["neutral", CircleMinus, "not compared"] as const)
      : agrees
        ? (["good", CircleCheck, "agrees"] as const)
        : (["bad", CircleAlert, "differs"] as const);
  return (
    <Badge tone={tone}>
      <Icon aria-hidden className="size-3.5" />
      {words}
    </Badge>
  );
}

"use client";

import { useWatch } from "react-hook-form";
import { TPE_TRIALS_MAX, TRIALS_MAX } from "#contracts/optimisation.ts";
import { Button } from "#ui/button.tsx";
import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { combinationsInWords } from "../combinations-in-words.ts";
import type { OptimisationCheck } from "../optimisation-check.ts";
import type { OptimisationForm } from "./optimisation-form.tsx";

type StartPanelProps = { check: OptimisationCheck; form: OptimisationForm; isBusy: boolean };

/** What the form comes to, and the way to start it. */
export function StartPanel({ check, form, isBusy }: StartPanelProps) {
  const { combinations, valueCounts, problems } = check;
  const kind = useWatch({ control: form.control, name: "method.kind" });
  const trials = Number(useWatch({ control: form.control, name: "method.trials" }));
  const varied = Object.values(valueCounts);
  const first = problems[0]?.message;
  const isRefused = problems[0]?.path === "strategyVersionId";
  const tooMany = problems[0]?.path === "space" && varied.length > 0;
  return (
    <Panel title="What will be tried" className="xl:sticky xl:top-4">
      <div className="flex flex-col gap-3 text-sm">
        <div role="status">
          <p className="text-lg font-semibold tracking-tight tabular-nums">
            {countLine(combinations, varied)}
          </p>
          {varied.length > 1 ? (
            <p className="text-muted tabular-nums">{varied.map(formatInteger).join(" × ")}</p>
          ) : null}
          <p className="mt-1 text-muted">{trialLine(kind, trials, combinations, varied)}</p>
        </div>
        <p className="text-muted">
          At most {formatInteger(kind === "tpe" ? TPE_TRIALS_MAX : TRIALS_MAX)} trials. Combinations
          that the strategy’s own rules forbid, such as an exit beyond the entry, are left out.
        </p>
        <p className="text-muted">
          Every trial raises the bar: the best of a thousand settings without skill looks far better
          than any one of them.
        </p>
        <Button type="submit" variant="primary" busy={isBusy} disabled={isRefused}>
          Start the optimisation
        </Button>
        <p role="status" className={`text-[13px] ${tooMany ? "text-bad" : "text-muted"}`}>
          {first === undefined
            ? "Everything is filled in."
            : tooMany || isRefused
              ? first
              : `Still to do: ${first}`}
        </p>
      </div>
    </Panel>
  );
}

function countLine(combinations: bigint | null, varied: readonly number[]): string {
  if (combinations === null) return "Not countable yet";
  return varied.length === 0 ? "Nothing is varied yet" : combinationsInWords(combinations);
}

function trialLine(
  kind: "grid" | "random" | "tpe",
  trials: number,
  combinations: bigint | null,
  varied: readonly number[],
): string {
  if (combinations === null || varied.length === 0) return "Tick the parameters to vary.";
  if (kind === "grid") return "Each is tried once.";
  if (!Number.isInteger(trials) || trials < 1) return "Some of them are drawn.";
  if (BigInt(trials) >= combinations) return "All of them are tried: a grid would do the same.";
  return `${formatInteger(trials)} of them are tried.`;
}

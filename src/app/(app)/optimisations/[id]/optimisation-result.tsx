"use client";

import { lazy, Suspense, useMemo, useState } from "react";
import type { Objective } from "#contracts/objective.ts";
import type { OptimisationSummary, OptimisationView, TrialRow } from "#contracts/optimisation.ts";
import { formatDuration, formatInteger } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { overfittingVerdict } from "../overfitting-verdict.ts";
import { parameterLabel } from "../parameter-words.ts";
import { searchWarnings } from "../search-warnings.ts";
import { BestTrialsTable } from "./best-trials-table.tsx";
import { OverfittingPanel } from "./overfitting-panel.tsx";
import { PinnedTrial } from "./pinned-trial.tsx";
import { PromoteButtons } from "./promote-buttons.tsx";
import { PromoteDialog, type Promotion } from "./promote-dialog.tsx";
import { SettingsPanel } from "./settings-panel.tsx";
import { StabilityPanel } from "./stability-panel.tsx";
import { TrialFacts } from "./trial-facts.tsx";

// Loaded when it is first opened: charts of all trials are most of the page's weight.
const TrialCharts = lazy(async () => ({
  default: (await import("./trial-charts.tsx")).TrialCharts,
}));

export type ResultProps = { view: OptimisationView; summary: OptimisationSummary };

/** What a search found, and what that is worth. */
export function OptimisationResult({ view, summary }: ResultProps) {
  const { params, set } = useUrlState();
  const [promotion, setPromotion] = useState<Promotion | null>(null);
  const { kind } = view.strategyVersion.config;
  const { objective } = view.config;
  const verdict = overfittingVerdict(summary.overfitting, summary.trials);
  const warnings = useMemo(
    () => searchWarnings(summary, view.config, (name) => parameterLabel(kind, name)),
    [summary, view.config, kind],
  );
  const [best] = summary.best;
  const pinnedTrial = trialOf(params.get("trial"));
  const onPin = (trial: number | null) => set({ trial: trial === null ? null : String(trial + 1) });
  // The table shows what is pinned in its own row.
  const isInTable =
    !SHOWS_PINNED.has(params.get("view") ?? "") &&
    summary.best.some(({ trial }) => trial === pinnedTrial);
  const shared = { view, summary, pinnedTrial, onPin };
  const charts = (chart: "map" | "lines") => (
    <Suspense fallback={<Skeleton className="h-96 w-full" />}>
      <TrialCharts {...shared} chart={chart} />
    </Suspense>
  );
  return (
    <div className="flex flex-col gap-4">
      <Notice
        tone={verdict.tone}
        title={verdict.title}
        action={
          <button
            type="button"
            onClick={() => set({ view: "luck" })}
            className="min-h-6 rounded text-accent underline"
          >
            All the evidence
          </button>
        }
      >
        {verdict.sentences[0]}
      </Notice>
      {warnings.length === 0 ? null : (
        <Notice tone="warn">
          <ul className="flex flex-col gap-1">
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      )}
      {best === undefined ? null : (
        <Panel
          title="Best trial"
          lead={`Of ${formatInteger(summary.trials)}, in ${formatDuration(summary.durationMs)}.`}
          actions={<PromoteButtons view={view} trial={best} rank={1} onPromote={setPromotion} />}
        >
          <TrialFacts kind={kind} objective={objective} trial={glanced(best, objective)} />
        </Panel>
      )}
      <Tabs
        ariaLabel="Parts of the result"
        value={params.get("view") ?? "trials"}
        onValueChange={(id) => set({ view: id === "trials" ? null : id })}
        tabs={[
          {
            id: "trials",
            label: "Best trials",
            count: summary.best.length,
            content: <BestTrialsTable {...shared} onPromote={setPromotion} />,
          },
          { id: "map", label: "Map", content: charts("map") },
          { id: "lines", label: "All parameters", content: charts("lines") },
          { id: "stability", label: "Neighbours", content: <StabilityPanel {...shared} /> },
          {
            id: "luck",
            label: "Over-fitting",
            content: <OverfittingPanel summary={summary} verdict={verdict} />,
          },
          {
            id: "settings",
            label: "Settings",
            content: <SettingsPanel view={view} summary={summary} />,
          },
        ]}
      />
      {isInTable ? null : <PinnedTrial {...shared} onPromote={setPromotion} />}
      <p className="text-[13px] text-muted">
        Results are simulated; past performance does not predict future results.
      </p>
      {promotion === null ? null : (
        <PromoteDialog view={view} promotion={promotion} onClose={() => setPromotion(null)} />
      )}
    </div>
  );
}

/** Parts that have a use for the pinned trial below them. */
const SHOWS_PINNED: ReadonlySet<string> = new Set(["map", "lines", "stability"]);

/** Figures that are read at a glance; the table has the others. */
const GLANCED: ReadonlySet<string> = new Set([
  "sharpeRatio",
  "totalReturn",
  "drawdownMax",
  "trades",
  "profitFactor",
]);

function glanced(trial: TrialRow, objective: Objective): TrialRow {
  const figures = Object.entries(trial.figures).filter(
    ([name]) => name === objective || GLANCED.has(name),
  );
  return { ...trial, figures: Object.fromEntries(figures) };
}

/** Trials are counted from 1 where people see them. */
function trialOf(text: string | null): number | null {
  const number = Number(text ?? "");
  return Number.isInteger(number) && number >= 1 ? number - 1 : null;
}

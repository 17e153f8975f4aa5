"use client";

import { lazy, Suspense } from "react";
import type { LearningRunSummary, LearningRunView } from "#contracts/learning-run.ts";
import { Notice } from "#ui/notice.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { useUrlState } from "../../../discover/use-url-state.ts";
import { modelNames } from "../model-names.ts";
import { runHeadline } from "../run-headline.ts";
import { matrixColumns } from "../score-matrix.ts";
import { BotComparison } from "./bot-comparison.tsx";
import { ComparisonPanel } from "./comparison-panel.tsx";
import { FoldsPanel } from "./folds-panel.tsx";
import { MatrixPanel } from "./matrix-panel.tsx";
import { SettingsPanels } from "./settings-panels.tsx";
import { ThesisComparison } from "./thesis-comparison.tsx";

// Loaded when a model is first chosen: its charts are most of the page's weight.
const ModelDetail = lazy(async () => ({
  default: (await import("./model-detail.tsx")).ModelDetail,
}));

export type RunResultProps = { view: LearningRunView; summary: LearningRunSummary };

/** What a run came to, and what that is worth. */
export function RunResultView({ view, summary }: RunResultProps) {
  const { params, set } = useUrlState();
  const { tone, title, sentence } = runHeadline(view.config.kind, summary, view.earlierRuns);
  return (
    <div className="flex flex-col gap-4">
      <Notice tone={tone} title={title}>
        {sentence}
      </Notice>
      {summary.warnings.length === 0 ? null : <Warnings warnings={summary.warnings} />}
      <Tabs
        ariaLabel="Parts of the result"
        value={params.get("view") ?? "models"}
        onValueChange={(id) => set({ view: id === "models" ? null : id })}
        tabs={[
          {
            id: "models",
            label: "Models",
            count: summary.models.length,
            content: <Models view={view} summary={summary} />,
          },
          {
            id: "folds",
            label: "Folds",
            count: summary.folds.length,
            content: <FoldsPanel view={view} summary={summary} />,
          },
          {
            id: "settings",
            label: "Settings",
            content: <SettingsPanels view={view} summary={summary} />,
          },
        ]}
      />
      <p className="text-[13px] text-muted">
        Scores are of the past; past performance does not predict future results.
      </p>
    </div>
  );
}

/** Of many pairs there are many warnings: the first ones stand open. */
const WARNINGS_SHOWN = 4;

function Warnings({ warnings }: { warnings: readonly string[] }) {
  const rest = warnings.slice(WARNINGS_SHOWN);
  return (
    <Notice tone="warn" title="To know before it is used">
      <WarningList warnings={warnings.slice(0, WARNINGS_SHOWN)} />
      {rest.length === 0 ? null : (
        <details>
          <summary className="min-h-6 cursor-pointer">{rest.length} more</summary>
          <WarningList warnings={rest} />
        </details>
      )}
    </Notice>
  );
}

function WarningList({ warnings }: { warnings: readonly string[] }) {
  return (
    <ul className="list-disc pl-4">
      {warnings.map((warning) => (
        <li key={warning}>{warning}</li>
      ))}
    </ul>
  );
}

function Models({ view, summary }: RunResultProps) {
  const { params, set } = useUrlState();
  const group = summary.groups.find(({ key }) => key === params.get("group")) ?? summary.groups[0];
  const model = summary.models.find(({ key }) => key === params.get("model"));
  if (group === undefined) return null;
  const onChoose = (chosen: { model: string; group: string }) => set(chosen);
  const { kind } = view.config;
  return (
    <div className="flex flex-col gap-4">
      {kind === "thesis" ? <ThesisComparison summary={summary} /> : null}
      {kind === "bot" ? <BotComparison summary={summary} /> : null}
      {matrixColumns(summary).length > 1 ? (
        <MatrixPanel summary={summary} runName={view.name} onChoose={onChoose} />
      ) : null}
      <ComparisonPanel
        view={view}
        summary={summary}
        group={group}
        model={model?.key ?? null}
        onGroup={(key) => set({ group: key })}
        onModel={(key) => set({ model: key, group: group.key })}
      />
      {model === undefined ? (
        <p className="text-sm text-muted">
          Choose a model in the table for its predictions, curves and parameters.
        </p>
      ) : (
        <Suspense fallback={<Skeleton className="h-96 w-full" />}>
          <ModelDetail
            key={`${model.key} ${group.key}`}
            view={view}
            summary={summary}
            model={model}
            name={modelNames(summary.models).get(model.key) ?? model.label}
            group={group}
          />
        </Suspense>
      )}
    </div>
  );
}

"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { ModelVersionView, ModelView } from "#contracts/model.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { booksInWords } from "../../strategies/books-in-words.ts";
import { ModelCardPanels } from "../model-card.tsx";
import { StageBadge } from "../stage-badge.tsx";
import { DriftPanel } from "./drift-panel.tsx";
import { ModelActions } from "./model-actions.tsx";
import { ModelHistory } from "./model-history.tsx";
import { ModelVersionList } from "./model-version-list.tsx";
import { PredictionsPanel } from "./predictions-panel.tsx";

export function ModelPageView({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data: model } = useSuspenseQuery(trpc.models.get.queryOptions({ id }));
  const { params } = useUrlState();
  const wanted = Number(params.get("version"));
  const version =
    model.versions.find((one) => one.version === wanted) ??
    model.versions.find(({ stage }) => stage === "live") ??
    model.versions[0];
  // A model is registered together with its first version, so there always is one.
  if (version === undefined) return null;
  const { card } = version;
  return (
    <>
      <PageHeader
        title={model.name}
        lead={`${card.learner.label} on ${booksInWords(card.books)}. ${model.notes}`}
        breadcrumbs={[{ label: "Models", href: "/models" }]}
        badges={
          <>
            {model.synthetic ? <SyntheticBadge /> : null}
            <StageBadge stage={version.stage} />
          </>
        }
        actions={<ModelActions model={model} version={version} />}
      />
      <ModelTabs model={model} version={version} />
    </>
  );
}

function ModelTabs({ model, version }: { model: ModelView; version: ModelVersionView }) {
  const { params, set } = useUrlState();
  return (
    <Tabs
      ariaLabel="Parts of the model"
      value={params.get("view") ?? "card"}
      onValueChange={(view) => set({ view: view === "card" ? null : view })}
      tabs={[
        {
          id: "card",
          label: `Version ${version.version}`,
          content: <VersionCard version={version} />,
        },
        {
          id: "versions",
          label: "Versions",
          count: model.versions.length,
          content: (
            <ModelVersionList
              versions={model.versions}
              shown={version.version}
              onShow={(number) => set({ version: String(number), view: null })}
            />
          ),
        },
        {
          id: "predictions",
          label: "Predictions",
          content: <PredictionsPanel model={model} />,
        },
        {
          id: "drift",
          label: "Drift",
          content: <DriftPanel modelId={model.id} version={version} />,
        },
        {
          id: "history",
          label: "History",
          count: model.events.length,
          content: <ModelHistory events={model.events} />,
        },
      ]}
    />
  );
}

function VersionCard({ version }: { version: ModelVersionView }) {
  const { card, contentHash, fileBytes, createdAtMs, runId } = version;
  return (
    <ModelCardPanels
      card={card}
      file={{ contentHash, fileBytes, registeredAtMs: createdAtMs, isImported: runId === null }}
      run={
        runId === null ? null : (
          <ButtonLink size="sm" href={`/models/runs/${runId}`}>
            Open the run
          </ButtonLink>
        )
      }
    />
  );
}

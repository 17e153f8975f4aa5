"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { UniverseSuggestions } from "#contracts/suggested-pairs.ts";
import { CsvButton } from "#ui/csv-button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { GoneList } from "./gone-list.tsx";
import { suggestedCsv } from "./suggested-csv.ts";
import { SuggestedTable } from "./suggested-table.tsx";
import { changeSentence } from "./suggestion-words.ts";

export function SuggestedView() {
  const trpc = useTRPC();
  const { data: universes } = useSuspenseQuery(trpc.suggestions.list.queryOptions());
  return (
    <>
      <PageHeader
        title="Suggested pairs"
        lead="The best pairs of the latest scan of each universe, and what changed since the one before."
        breadcrumbs={[{ label: "Discover", href: "/discover" }]}
      />
      {universes.length === 0 ? <NoScan /> : null}
      <div className="flex flex-col gap-6">
        {universes.map((suggestions) => (
          <UniversePanel key={suggestions.universeId} suggestions={suggestions} />
        ))}
      </div>
    </>
  );
}

function UniversePanel({ suggestions }: { suggestions: UniverseSuggestions }) {
  const { universeName, universeId, scanId, scannedAtMs, pairs, gone } = suggestions;
  return (
    <Panel
      title={universeName}
      lead={
        <>
          Scanned <Time ms={scannedAtMs} />. {changeSentence(suggestions)}
        </>
      }
      actions={
        <>
          {pairs.length + gone.length === 0 ? null : (
            <CsvButton
              name={`${universeName} suggested pairs`}
              csv={() => suggestedCsv(suggestions)}
            />
          )}
          <ButtonLink size="sm" href={`/discover/universes/${universeId}`}>
            Schedule
          </ButtonLink>
          <ButtonLink size="sm" href={`/discover/scans/${scanId}`}>
            Open the scan
          </ButtonLink>
        </>
      }
      flush
    >
      {pairs.length === 0 ? (
        <p className="px-4 py-6 text-center text-sm text-muted">
          No pair passed. That is a result too: nothing here is worth a strategy now.
        </p>
      ) : (
        <SuggestedTable scanId={scanId} universeName={universeName} pairs={pairs} />
      )}
      {gone.length === 0 ? null : <GoneList gone={gone} />}
    </Panel>
  );
}

function NoScan() {
  return (
    <Panel>
      <EmptyState
        title="Nothing to suggest yet"
        action={
          <ButtonLink href="/discover/scans/new" variant="primary">
            New scan
          </ButtonLink>
        }
      >
        Suggestions come from scans. Scan a universe, and have it scanned again by itself on its
        page.
      </EmptyState>
    </Panel>
  );
}

"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { StrategyView } from "#contracts/strategy.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { Panel } from "#ui/panel.tsx";
import { SearchSelect } from "#ui/search-select.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { booksInWords } from "../../strategies/books-in-words.ts";
import { STRATEGY_KIND_LABELS } from "../../strategies/strategy-kind-labels.ts";
import { OptimisationForm } from "./optimisation-form.tsx";

/** The strategy that is searched, from the address, and the form about it. */
export function NewOptimisation() {
  const trpc = useTRPC();
  const { data: strategies } = useSuspenseQuery(trpc.strategies.list.queryOptions());
  const { params, set } = useUrlState();
  const wanted = params.get("strategy");
  const strategy = strategyOfVersion(strategies, wanted);
  const version =
    strategy?.versions.find(({ id }) => id === wanted) ?? strategy?.versions[0] ?? null;
  if (strategy === undefined || version === null) {
    return (
      <Panel>
        <EmptyState
          title="There is no strategy to optimise"
          action={
            <ButtonLink href="/strategies/new" variant="primary">
              Create a strategy
            </ButtonLink>
          }
        >
          An optimisation varies the parameters of a saved strategy, on its instruments and dates.
        </EmptyState>
      </Panel>
    );
  }
  const choose = (versionId: string) => set({ strategy: versionId });
  return (
    <div className="flex flex-col gap-6">
      <Panel title="Strategy">
        <div className="grid gap-4 sm:grid-cols-2">
          <SearchSelect
            label="Strategy"
            options={strategies.map(({ id, name, versions }) => ({
              value: id,
              label: name,
              hint: booksInWords(versions[0]?.books ?? []),
            }))}
            value={strategy.id}
            onChange={(id) => {
              const newest = strategies.find((one) => one.id === id)?.versions[0];
              if (newest !== undefined) choose(newest.id);
            }}
          />
          <SelectField
            label="Version"
            options={strategy.versions.map(({ id, version: number }, i) => ({
              value: id,
              label: i === 0 ? `Version ${number}, the newest` : `Version ${number}`,
            }))}
            value={version.id}
            onChange={(event) => choose(event.target.value)}
            help={`${STRATEGY_KIND_LABELS[version.config.kind]} on ${booksInWords(version.books)}.`}
          />
        </div>
      </Panel>
      <OptimisationForm key={version.id} version={version} />
    </div>
  );
}

/** The strategy that has a version; without one that is known, the first that is not archived. */
function strategyOfVersion(
  strategies: readonly StrategyView[],
  versionId: string | null,
): StrategyView | undefined {
  return (
    strategies.find(({ versions }) => versions.some(({ id }) => id === versionId)) ??
    strategies.find(({ archived }) => !archived) ??
    strategies[0]
  );
}

"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { OptimisationView } from "#contracts/optimisation.ts";
import { Button } from "#ui/button.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { isJobActive } from "../../../job-links.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import { booksInWords } from "../../strategies/books-in-words.ts";
import { METHODS, OBJECTIVE_LABELS } from "../optimisation-words.ts";
import { parameterLabel } from "../parameter-words.ts";
import { useDeleteOptimisation } from "../use-delete-optimisation.ts";
import { OptimisationResult } from "./optimisation-result.tsx";
import { OptimisationUnderWay } from "./optimisation-under-way.tsx";

const POLL_MS = 500;

export function OptimisationPageView({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data: view } = useSuspenseQuery({
    ...trpc.optimisations.get.queryOptions({ id }),
    refetchInterval: (query) => (isBusy(query.state.data) ? POLL_MS : false),
  });
  const { summary, strategyVersion } = view;
  return (
    <>
      <PageHeader
        title={`Optimisation of ${view.strategyName} v${strategyVersion.version}`}
        lead={leadOf(view)}
        breadcrumbs={[{ label: "Optimisations", href: "/optimisations" }]}
        badges={view.synthetic ? <SyntheticBadge /> : null}
        actions={<Actions view={view} />}
      />
      {summary === null ? (
        <OptimisationUnderWay view={view} />
      ) : (
        <OptimisationResult view={view} summary={summary} />
      )}
    </>
  );
}

function Actions({ view }: { view: OptimisationView }) {
  const { strategyId, strategyVersion } = view;
  const router = useRouter();
  const remove = useDeleteOptimisation();
  const onDelete = async () => {
    const name = `Optimisation of ${view.strategyName} v${strategyVersion.version}`;
    if (await remove(view.id, name)) router.push("/optimisations");
  };
  return (
    <>
      <Button variant="quiet" onClick={() => void onDelete()}>
        Delete
      </Button>
      {strategyId === null ? null : (
        <>
          <ButtonLink href={`/strategies/${strategyId}?version=${strategyVersion.version}`}>
            Strategy
          </ButtonLink>
          <ButtonLink href={`/optimisations/new?strategy=${strategyVersion.id}`}>
            Search again
          </ButtonLink>
        </>
      )}
    </>
  );
}

function leadOf({ config, strategyVersion }: OptimisationView): string {
  const { kind } = strategyVersion.config;
  const varied = Object.keys(config.space).map((name) => parameterLabel(kind, name));
  const method = METHODS[config.method.kind].label;
  return `${varied.join(", ")} of ${booksInWords(strategyVersion.books)}, judged by ${OBJECTIVE_LABELS[config.objective]}. ${method}.`;
}

function isBusy(view: OptimisationView | undefined): boolean {
  return view !== undefined && view.job !== null && isJobActive(view.job);
}

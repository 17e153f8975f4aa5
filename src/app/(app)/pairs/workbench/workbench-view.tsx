"use client";

import { useQuery } from "@tanstack/react-query";
import { canonicalJson } from "#contracts/canonical-json.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import type { PairAnalysisConfig } from "#contracts/pair-analysis.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { commonSpan } from "../../discover/data-span.ts";
import { useUrlState } from "../../discover/use-url-state.ts";
import { WatchLiveLink } from "../../live/watch-live-link.tsx";
import { analysisIdOf } from "./analysis-id-of.ts";
import { AnalysisOutcome } from "./analysis-outcome.tsx";
import { SettingsPanel } from "./settings-panel.tsx";
import { configOfFields, type WorkbenchFields, workbenchFields } from "./workbench-fields.ts";

/** The workbench: a question about two instruments, and everything that their history answers. */
export function WorkbenchView({ series }: { series: readonly SeriesCoverage[] }) {
  const trpc = useTRPC();
  const { params } = useUrlState();
  const id = analysisIdOf(params.get("analysis"));
  const shown = useQuery({
    ...trpc.pairAnalyses.get.queryOptions({ id: id ?? "" }),
    enabled: id !== null,
  });
  const view = id === null ? undefined : shown.data;
  const fields = withSpan(
    workbenchFields((key) => params.get(key), view?.config ?? null),
    series,
  );
  const asked = configOfFields(fields);
  const legs = legNames(fields, series);
  return (
    <>
      <PageHeader
        title={legs === null ? "Workbench" : `${legs.y} / ${legs.x}`}
        lead="One pair under every test: hedge ratio, mean reversion, thresholds, and how all of it changed over time."
        breadcrumbs={[{ label: "Discover", href: "/discover" }]}
        actions={
          legs === null ? null : (
            <WatchLiveLink instrumentY={Number(fields.y)} instrumentX={Number(fields.x)} />
          )
        }
        badges={view?.synthetic === true ? <SyntheticBadge /> : null}
      />
      {series.length < 2 ? (
        <NoPrices />
      ) : (
        <div className="flex flex-col gap-6">
          <SettingsPanel fields={fields} asked={asked} series={series} />
          {id === null ? (
            <Panel>
              <EmptyState title="Nothing analysed yet">
                Choose two instruments and run the analysis. What was asked before is answered at
                once.
              </EmptyState>
            </Panel>
          ) : (
            <AnalysisOutcome
              key={id}
              id={id}
              isStale={view !== undefined && !isSame(asked.config, view.config)}
            />
          )}
        </div>
      )}
    </>
  );
}

/** Without dates the question is about all bars that both legs have. */
function withSpan(fields: WorkbenchFields, series: readonly SeriesCoverage[]): WorkbenchFields {
  const intervalMs = Number(fields.interval);
  const legs = series.filter(
    (one) =>
      one.intervalMs === intervalMs && [fields.y, fields.x].includes(String(one.instrumentId)),
  );
  const span = legs.length === 2 ? commonSpan(legs, intervalMs) : null;
  if (span === null) return fields;
  return {
    ...fields,
    from: fields.from === "" ? String(span.startMs) : fields.from,
    to: fields.to === "" ? String(span.endMs) : fields.to,
  };
}

function legNames(
  { y, x }: WorkbenchFields,
  series: readonly SeriesCoverage[],
): { y: string; x: string } | null {
  const nameOf = (id: string) => series.find((one) => String(one.instrumentId) === id)?.symbol;
  const [legY, legX] = [nameOf(y), nameOf(x)];
  return legY === undefined || legX === undefined ? null : { y: legY, x: legX };
}

function isSame(asked: PairAnalysisConfig | null, shown: PairAnalysisConfig): boolean {
  return asked !== null && canonicalJson(asked) === canonicalJson(shown);
}

function NoPrices() {
  return (
    <Panel>
      <EmptyState
        title="No pair to analyse"
        action={
          <ButtonLink href="/markets/upload" variant="primary">
            Upload prices
          </ButtonLink>
        }
      >
        An analysis needs two instruments that have bars. Bring some first.
      </EmptyState>
    </Panel>
  );
}

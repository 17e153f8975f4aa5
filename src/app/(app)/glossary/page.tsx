import type { Metadata } from "next";
import {
  BENCHMARK_DEFINITIONS,
  EVIDENCE_DEFINITIONS,
  type FigureDefinition,
  METRIC_DEFINITIONS,
  SCAN_FIGURE_DEFINITIONS,
} from "#ui/metric-definitions.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { TERMS } from "./terms.ts";

export const metadata: Metadata = { title: "Glossary" };

export default function GlossaryPage() {
  return (
    <>
      <PageHeader
        title="Glossary"
        lead="Every term and figure of this product: what it is, how it is computed, what is good, and where it misleads."
        actions={
          <ButtonLink href="/discover" variant="primary">
            Look for pairs
          </ButtonLink>
        }
      />
      <div className="flex max-w-4xl flex-col gap-6">
        <Panel title="Terms">
          <dl className="flex flex-col gap-4 text-sm">
            {TERMS.map(({ id, name, meaning }) => (
              <div key={id} id={id} className="scroll-mt-20">
                <dt className="font-medium">{name}</dt>
                <dd className="text-muted">{meaning}</dd>
              </div>
            ))}
          </dl>
        </Panel>
        <FigureList title="Figures of a scan" figures={SCAN_FIGURE_DEFINITIONS} />
        <FigureList title="Figures of a report" figures={METRIC_DEFINITIONS} />
        <FigureList title="What a Sharpe ratio proves" figures={EVIDENCE_DEFINITIONS} />
        <FigureList title="Against a benchmark" figures={BENCHMARK_DEFINITIONS} />
      </div>
    </>
  );
}

type FigureListProps = { title: string; figures: Readonly<Record<string, FigureDefinition>> };

function FigureList({ title, figures }: FigureListProps) {
  return (
    <Panel title={title}>
      <div className="flex flex-col gap-6">
        {Object.entries(figures).map(([id, figure]) => (
          <section key={id} id={id} className="scroll-mt-20 text-sm">
            <h3 className="font-medium">
              {figure.label} <span className="font-normal text-muted">({figure.unit})</span>
            </h3>
            <p className="text-muted">{figure.definition}</p>
            <dl className="mt-1 grid gap-x-4 gap-y-0.5 sm:grid-cols-[8rem_1fr] [&>dt]:text-muted">
              <dt>Computed</dt>
              <dd>{figure.computation}</dd>
              <dt>Good</dt>
              <dd>{figure.good}</dd>
              <dt>Caveat</dt>
              <dd>{figure.caveat}</dd>
            </dl>
          </section>
        ))}
      </div>
    </Panel>
  );
}

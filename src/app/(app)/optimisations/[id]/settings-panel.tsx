"use client";

import type { OptimisationConfig, ParameterRange } from "#contracts/optimisation.ts";
import type { StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { FactList } from "../../backtests/report/fact-list.tsx";
import { ManifestPanel } from "../../backtests/report/manifest-panel.tsx";
import { METHODS, OBJECTIVE_LABELS } from "../optimisation-words.ts";
import { parameterLabel, parameterText, parameterUnit } from "../parameter-words.ts";
import type { ResultProps } from "./optimisation-result.tsx";

/** What was searched and how, to be done again. */
export function SettingsPanel({ view, summary }: ResultProps) {
  const { config } = view;
  const { kind } = view.strategyVersion.config;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title="Search" flush>
        <FactList
          facts={[
            { label: "Method", value: METHODS[config.method.kind].label },
            ...drawnFacts(config),
            { label: "Objective", value: OBJECTIVE_LABELS[config.objective] },
            { label: "Least trades", value: formatInteger(config.tradesMin) },
            { label: "Trials", value: formatInteger(summary.trials) },
            { label: "Forbidden by the strategy’s rules", value: formatInteger(summary.skipped) },
            {
              label: "By the fast engine, equal to the full one",
              value: formatInteger(summary.fastTrials),
            },
          ]}
        />
      </Panel>
      <Panel title="Parameters varied" flush>
        <FactList
          facts={Object.entries(config.space).map(([name, range]) => ({
            label: parameterLabel(kind, name),
            value: rangeText(kind, name, range),
          }))}
        />
      </Panel>
      <div className="lg:col-span-2">
        <ManifestPanel
          manifest={summary.manifest}
          analysis={null}
          durationMs={summary.durationMs}
        />
      </div>
    </div>
  );
}

function drawnFacts({ method }: OptimisationConfig) {
  return method.kind === "grid"
    ? []
    : [
        { label: "Trials asked for", value: formatInteger(method.trials) },
        { label: "Seed", value: String(method.seed) },
      ];
}

/** Values of a list that are named. */
const VALUES_NAMED = 8;

function rangeText(kind: StrategyKind, name: string, range: ParameterRange): string {
  if (range.kind === "range") {
    const unit = parameterUnit(kind, name);
    return `${range.from} to ${range.to} by ${range.step}${unit === undefined ? "" : ` ${unit}`}`;
  }
  const named = range.values
    .slice(0, VALUES_NAMED)
    .map((value) => parameterText(kind, name, value))
    .join(", ");
  const left = range.values.length - VALUES_NAMED;
  return left > 0 ? `${named} and ${formatInteger(left)} more` : named;
}

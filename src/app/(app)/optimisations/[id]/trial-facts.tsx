import type { ReactNode } from "react";
import type { Objective } from "#contracts/objective.ts";
import type { TrialRow } from "#contracts/optimisation.ts";
import type { StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { FigureLabel } from "#ui/figure-label.tsx";
import { inFormOrder, parameterLabel, parameterText, parameterUnit } from "../parameter-words.ts";
import { inFigureOrder, trialFigure, trialFigureLabel, trialFigureText } from "../trial-figures.ts";

export type TrialFactsProps = {
  kind: StrategyKind;
  objective: Objective;
  trial: Pick<TrialRow, "trial" | "parameters" | "figures">;
};

/** The figures and parameters of one trial, its objective first. */
export function TrialFacts({ kind, objective, trial }: TrialFactsProps) {
  const others = inFigureOrder(Object.keys(trial.figures)).filter((name) => name !== objective);
  return (
    <div className="flex flex-wrap items-start gap-x-10 gap-y-4">
      <div>
        <FigureName name={objective} />
        <p className="text-2xl font-semibold tracking-tight tabular-nums">
          {trialFigureText(objective, trial.figures[objective])}
        </p>
        <p className="text-xs text-muted tabular-nums">trial {trial.trial + 1}</p>
      </div>
      <dl className="flex flex-wrap gap-x-6 gap-y-2">
        {inFormOrder(kind, Object.keys(trial.parameters)).map((name) => (
          <Fact
            key={name}
            term={parameterLabel(kind, name)}
            text={parameterText(kind, name, trial.parameters[name] ?? null)}
            unit={
              typeof trial.parameters[name] === "number" ? parameterUnit(kind, name) : undefined
            }
            isStrong
          />
        ))}
      </dl>
      <dl className="flex flex-wrap gap-x-6 gap-y-2">
        {others.map((name) => (
          <Fact
            key={name}
            term={<FigureName name={name} />}
            text={trialFigureText(name, trial.figures[name])}
          />
        ))}
      </dl>
    </div>
  );
}

/** The name of a figure with its definition on hover, where it has one. */
function FigureName({ name }: { name: string }) {
  const figure = trialFigure(name);
  return figure === null ? trialFigureLabel(name) : <FigureLabel figure={figure} />;
}

function Fact(props: {
  term: ReactNode;
  text: string;
  unit?: string | undefined;
  isStrong?: boolean;
}) {
  const { term, text, unit, isStrong = false } = props;
  return (
    <div>
      <dt className="flex min-h-6 items-center text-[13px] text-muted">{term}</dt>
      <dd className={`text-sm tabular-nums ${isStrong ? "font-semibold" : ""}`}>
        {text}
        {unit === undefined ? null : <span className="ml-1 font-normal text-muted">{unit}</span>}
      </dd>
    </div>
  );
}

import type { ReactNode } from "react";
import { FigureLabel } from "./figure-label.tsx";
import { formatFigure } from "./format-figure.ts";
import type { FigureDefinition } from "./metric-definitions.ts";

export type FigureCardProps = {
  figure: FigureDefinition;
  value: number | null;
  /** Why there is no value. */
  reason?: string | null | undefined;
  /** How far luck could have moved it: "95 % interval: 0.4 to 2.1". */
  interval?: string | undefined;
  /** What the value says here, in a sentence. */
  children?: ReactNode;
  /** Thin evidence, in words: "7 trades: not enough to judge". */
  caution?: string | undefined;
  glossaryHref?: string | undefined;
};

/** One figure: its name with its definition, its value with its unit, and what it says. */
export function FigureCard(props: FigureCardProps) {
  const { figure, value, reason, interval, caution } = props;
  return (
    <div className="flex min-w-0 flex-col rounded-lg border border-line bg-surface px-3.5 py-2.5">
      <FigureLabel figure={figure} glossaryHref={props.glossaryHref} />
      <p className="flex flex-wrap items-baseline gap-x-1.5">
        <span
          title={value === null ? undefined : String(value)}
          className={`text-lg font-semibold tracking-tight tabular-nums ${value === null ? "text-muted" : ""}`}
        >
          {formatFigure(figure.format, value)}
        </span>
        {value === null ? null : (
          <span className="text-xs text-muted">{shownUnit(figure, value)}</span>
        )}
      </p>
      {value === null && reason !== undefined && reason !== null ? (
        <p className="text-xs text-muted">{reason}</p>
      ) : null}
      {interval === undefined ? null : (
        <p className="text-xs text-muted tabular-nums">{interval}</p>
      )}
      {caution === undefined ? null : <p className="text-xs text-warn">{caution}</p>}
      {props.children === undefined ? null : (
        <div className="mt-1 text-[13px] text-muted">{props.children}</div>
      )}
    </div>
  );
}

/** The sign of a percentage stands at the number already; one bar is a bar. */
function shownUnit(figure: FigureDefinition, value: number): string {
  const unit = value === 1 ? figure.unit.replace(/^(bar|round trip)s$/, "$1") : figure.unit;
  return unit.replace(/^% ?/, "");
}

import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { ReportAnalysis } from "#contracts/report-view.ts";
import { formatInteger, formatPercent } from "#ui/format.ts";

type Mark = "good" | "warn" | "bad";

const LOOKS = {
  good: { Icon: CircleCheck, className: "text-good" },
  warn: { Icon: TriangleAlert, className: "text-warn" },
  bad: { Icon: CircleAlert, className: "text-bad" },
} as const;

/** Probability above which the Sharpe ratio of so many trials is taken for more than luck. */
const PROVEN_FROM = 0.95;

/** In one line: what speaks for believing the figures above, and what against it. */
export function EvidenceStrip(props: { analysis: ReportAnalysis; onOpen: () => void }) {
  const { evidence, lookAhead } = props.analysis;
  const { deflatedSharpe, trials, fewTrades } = evidence;
  const deflated = deflatedSharpe.value;
  return (
    <section
      aria-label="Evidence in short"
      className="flex flex-wrap items-center gap-x-5 gap-y-1.5 rounded-lg border border-line bg-surface px-3.5 py-2 text-[13px]"
    >
      <Item mark={lookAhead.isPassed ? "good" : "bad"}>
        {lookAhead.isPassed ? "No look-ahead found" : "Look-ahead found: decisions use later bars"}
      </Item>
      <Item mark={deflated !== null && deflated >= PROVEN_FROM ? "good" : "warn"}>
        {deflated === null
          ? "Deflated Sharpe ratio: no value"
          : `Deflated Sharpe ratio ${formatPercent(deflated, { digits: 1 })} over ${formatInteger(trials)} ${trials === 1 ? "trial" : "trials"}`}
      </Item>
      {fewTrades === null ? (
        <Item mark="good">Enough trades to judge</Item>
      ) : (
        <Item mark="warn">{fewTrades}</Item>
      )}
      <button
        type="button"
        onClick={props.onOpen}
        className="ml-auto min-h-6 rounded text-accent underline print:hidden"
      >
        All the evidence
      </button>
    </section>
  );
}

function Item({ mark, children }: { mark: Mark; children: ReactNode }) {
  const { Icon, className } = LOOKS[mark];
  return (
    <span className="inline-flex items-start gap-1.5">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${className}`} />
      {children}
    </span>
  );
}

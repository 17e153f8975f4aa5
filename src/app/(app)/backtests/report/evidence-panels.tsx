import type { LookAheadPart } from "#contracts/backtest.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { ReportAnalysis, ReportResult } from "#contracts/report-view.ts";
import { Badge } from "#ui/badge.tsx";
import { FigureCard } from "#ui/figure-card.tsx";
import { formatDuration, formatInteger, formatNumber } from "#ui/format.ts";
import { EVIDENCE_DEFINITIONS } from "#ui/metric-definitions.ts";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { FactList } from "./fact-list.tsx";

type Props = {
  analysis: ReportAnalysis;
  report: ReportResult;
  hasGlossary: boolean;
};

/** Of a run it is not known how much the trials before it differed, as it is of those of a search. */
const DEFINITIONS: typeof EVIDENCE_DEFINITIONS = {
  ...EVIDENCE_DEFINITIONS,
  deflatedSharpe: {
    ...EVIDENCE_DEFINITIONS.deflatedSharpe,
    computation:
      "Probabilistic Sharpe ratio against the expected largest of as many unskilled trials, which are taken to differ as chance alone makes them: by a variance of 1 ÷ bars.",
  },
};

/** How much the Sharpe ratio proves, given how long the run is and how often it was tried. */
export function EvidencePanel({ analysis, report, hasGlossary }: Props) {
  const { evidence, intervals } = analysis;
  const { trials, fewTrades } = evidence;
  const minimum = evidence.minimumTrackRecordBars.value;
  const bars = report.trading.bars;
  const first = intervals[0];
  return (
    <Panel
      title="What the Sharpe ratio proves"
      lead="Trying often finds something good by luck: every trial on the same instruments and dates raises the bar."
    >
      <div className="grid gap-3 sm:grid-cols-3">
        {(["probabilisticSharpe", "deflatedSharpe", "minimumTrackRecordBars"] as const).map(
          (name) => (
            <FigureCard
              key={name}
              figure={DEFINITIONS[name]}
              value={evidence[name].value}
              reason={evidence[name].reason}
              caution={
                name === "minimumTrackRecordBars" && minimum !== null && minimum > bars
                  ? `longer than the ${formatInteger(bars)} bars of this run`
                  : undefined
              }
              glossaryHref={hasGlossary ? `/glossary#${name}` : undefined}
            />
          ),
        )}
      </div>
      <p className="mt-3 text-sm text-muted">
        {trials === 1
          ? "This is the only run so far on these instruments in these dates."
          : `${formatInteger(trials)} runs and trials so far on these instruments in overlapping dates, this one included.`}{" "}
        {fewTrades ?? "There are enough trades for the figures of trades to mean something."}
      </p>
      {first === undefined ? null : (
        <p className="mt-1 text-sm text-muted">
          Intervals on the cards: stationary bootstrap of the returns,{" "}
          {formatInteger(first.resamples)} resamples, blocks of{" "}
          {formatNumber(first.meanBlockBars, { significant: 3 })}{" "}
          {first.meanBlockBars === 1 ? "bar" : "bars"} on average.
        </p>
      )}
    </Panel>
  );
}

const PART_WORDS: Record<LookAheadPart, string> = {
  asks: "orders come out differently",
  fills: "fills come out differently",
  cash: "the cash comes out differently",
  equity: "the equity comes out differently",
  figures: "the figures of the strategy come out differently",
  refused: "the strategy cannot be run at all",
};

/** Whether anything before a cut changes when the future after it is taken away. */
export function LookAheadPanel(props: {
  analysis: ReportAnalysis;
  /** Shows a bar in the charts. */
  onShowBar: (timeMs: number) => void;
}) {
  const {
    isPassed,
    cuts,
    continuedCuts = 0,
    differences,
    shift,
    durationMs,
  } = props.analysis.lookAhead;
  const [first] = differences;
  return (
    <Panel
      title="Look-ahead proof"
      lead="The data is cut off at a bar and everything up to it computed again: nothing before the cut may change."
      actions={<Badge tone={isPassed ? "good" : "bad"}>{isPassed ? "Passed" : "Failed"}</Badge>}
      flush
    >
      {first === undefined ? null : (
        <div className="p-4 pb-2">
          <Notice tone="bad" title="A decision has used a bar that lay in its future">
            Without the bars after <Time ms={first.cutMs} />, {PART_WORDS[first.what]}
            {first.what === "refused" ? null : (
              <>
                {" "}
                from <Time ms={first.barMs} /> on
              </>
            )}
            .{" "}
            <button
              type="button"
              onClick={() => props.onShowBar(first.barMs)}
              className="min-h-6 rounded text-accent underline print:hidden"
            >
              Show this bar
            </button>
          </Notice>
        </div>
      )}
      <FactList
        facts={[
          { label: "Cuts", value: cutsInWords(cuts.length, continuedCuts) },
          { label: "Cuts where something changed", value: formatInteger(differences.length) },
          { label: "All bars fed one bar later", value: shiftWords(shift) },
          { label: "Took", value: formatDuration(durationMs) },
        ]}
      />
      {cuts.length === 0 ? null : (
        <details className="border-t border-line px-4 py-2 text-sm">
          <summary className="min-h-6 text-muted">Where it was cut</summary>
          <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-[13px]">
            {cuts.map((cutMs) => (
              <li key={cutMs}>
                <Time ms={cutMs} />
                {differences.some((one) => one.cutMs === cutMs) ? (
                  <span className="text-bad"> differs</span>
                ) : null}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
}

/** How many cuts there are, and how many of a long run were not computed from its first bar again. */
function cutsInWords(cuts: number, continued: number): string {
  if (continued === 0) return formatInteger(cuts);
  return `${formatInteger(cuts)}: ${formatInteger(cuts - continued)} computed from the first bar again, ${formatInteger(continued)} from the cut before, as the run is long`;
}

function shiftWords(shift: ReportAnalysis["lookAhead"]["shift"]): string {
  switch (shift.kind) {
    case "passed":
      return "the same signals one bar later";
    case "failed":
      return shift.detail ?? "other signals";
    case "left-out":
      return `left out${shift.detail === null ? "" : `: ${shift.detail}`}`;
  }
}

/** Entries that the strategy wanted and did not get. */
export function RefusalsPanel({ report }: { report: ReportResult }) {
  const books = report.books.flatMap(({ instruments, refusal }) =>
    refusal === null
      ? []
      : [
          {
            label: instruments.map((place) => report.instruments[place]?.symbol ?? "").join(" / "),
            value: refusal,
          },
        ],
  );
  const entries = report.refusals.map(({ reason, count }) => ({
    label: reason,
    value: formatInteger(count),
  }));
  return (
    <Panel
      title="What was refused"
      lead="Entries that the account or the market did not allow, and pairs that could not be traded at all."
      flush
    >
      {books.length + entries.length === 0 ? (
        <p className="p-4 text-sm text-muted">
          Nothing: every order that was given could be placed.
        </p>
      ) : (
        <FactList facts={[...books, ...entries]} />
      )}
    </Panel>
  );
}

/** A span around a bar, wide enough to see what is about it. */
export function windowAroundBar(timeMs: number, whole: TimeWindow, intervalMs: number): TimeWindow {
  const marginMs = 60 * intervalMs;
  return {
    startMs: Math.max(whole.startMs, timeMs - marginMs),
    endMs: Math.min(whole.endMs, timeMs + marginMs),
  };
}

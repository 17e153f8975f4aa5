"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type {
  BacktestComparison,
  MetricName,
  PairedDifference,
  RunComparison,
} from "#contracts/backtest.ts";
import { subjectOf } from "#contracts/books-subject.ts";
import { COMPARED_COLOURS } from "#ui/charts/comparison-panes.ts";
import { FigureLabel } from "#ui/figure-label.tsx";
import { formatInteger, formatPercent, formatSigned } from "#ui/format.ts";
import { formatFigure } from "#ui/format-figure.ts";
import { UiLink } from "#ui/link-context.tsx";
import { METRIC_DEFINITIONS } from "#ui/metric-definitions.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { ScrollRegion } from "#ui/scroll-region.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { ComparedEquity } from "./compared-equity.tsx";
import { comparedIds, withReference } from "./compared-ids.ts";
import { bestPlaces, letterOf } from "./comparison-rows.ts";
import { configComparison } from "./config-comparison.ts";
import { DIFFERENCE_REFUSALS } from "./difference-words.ts";

type Compared = BacktestComparison["backtests"][number];

const BREADCRUMBS = [{ label: "Backtests", href: "/backtests" }];

const METRICS: readonly MetricName[] = [
  "totalReturn",
  "annualisedReturn",
  "annualisedVolatility",
  "sharpeRatio",
  "sortinoRatio",
  "calmarRatio",
  "omegaRatio",
  "drawdownMax",
  "drawdownDurationBars",
  "valueAtRisk95",
  "conditionalValueAtRisk95",
  "winRate",
  "profitFactor",
  "expectancy",
  "averageHoldingBars",
  "turnover",
  "exposure",
  "tradeCount",
];

/** Written out, because the style sheet is built from the class names that stand in the source. */
const SWATCHES = {
  legY: "bg-leg-y",
  legX: "bg-leg-x",
  zScore: "bg-z-score",
  short: "bg-short",
  spread: "bg-spread",
  equity: "bg-equity",
} as const satisfies Record<(typeof COMPARED_COLOURS)[number], string>;

/** Up to six backtests side by side; the first is what the others are held against. */
export function CompareView() {
  const { params } = useUrlState();
  const ids = comparedIds(params.get("ids"));
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.backtests.compare.queryOptions({ ids }));
  const { backtests, differences } = data;
  return (
    <>
      <PageHeader
        title="Compare backtests"
        lead="The same figures side by side, and whether the difference is more than luck."
        breadcrumbs={BREADCRUMBS}
      />
      <div className="flex flex-col gap-6">
        <ComparedList backtests={backtests} ids={ids} />
        <ComparedEquity backtests={backtests} />
        <DifferencesPanel backtests={backtests} differences={differences} />
        <MetricsPanel backtests={backtests} />
        <SettingsPanel backtests={backtests} />
      </div>
    </>
  );
}

/** Which letter is which, and which of them the others are held against. */
function ComparedList({
  backtests,
  ids,
}: {
  backtests: readonly Compared[];
  ids: readonly string[];
}) {
  const { set } = useUrlState();
  return (
    <Panel title="Compared" flush>
      <ul className="divide-y divide-line text-sm">
        {backtests.map(({ id, strategyName, strategyVersion, plan, trading, ...rest }, place) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
            <Letter place={place} />
            <span className="min-w-0 flex-1 basis-64">
              <UiLink href={`/backtests/${id}`} className="font-medium hover:underline">
                {strategyName} v{strategyVersion.version}
              </UiLink>{" "}
              {rest.synthetic ? <SyntheticBadge /> : null}
              <span className="block text-xs text-muted">
                {subjectOf(strategyVersion.books)},{" "}
                {plan.kind === "single" ? "single run" : "walk-forward"}, traded from{" "}
                <Time ms={trading.startMs} /> to <Time ms={trading.endMs} />
              </span>
            </span>
            <label className="flex min-h-6 items-center gap-1.5 text-[13px] text-muted">
              <input
                type="radio"
                name="reference"
                checked={place === 0}
                onChange={() => set({ ids: withReference(ids, id).join(",") })}
                className="size-4 accent-accent"
              />
              Reference
            </label>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Letter({ place }: { place: number }) {
  const colour = COMPARED_COLOURS[place % COMPARED_COLOURS.length] ?? "equity";
  return (
    <span className="inline-flex items-center gap-1.5 font-semibold">
      <span aria-hidden className={`h-3 w-1 rounded-sm ${SWATCHES[colour]}`} />
      {letterOf(place)}
    </span>
  );
}

/** On the bars that both have: how far apart, with the interval of a bootstrap over pairs of returns. */
function DifferencesPanel(props: {
  backtests: readonly Compared[];
  differences: readonly (RunComparison | null)[];
}) {
  const others = props.backtests.flatMap((one, place) => {
    const difference = props.differences[place] ?? null;
    return difference === null ? [] : [{ one, place, difference }];
  });
  return (
    <Panel
      title="Difference from the reference"
      lead="Of A minus each other, on the bars that both have. An interval that holds 0 means that luck explains it."
      flush
    >
      <ScrollRegion ariaLabel="Difference from the reference">
        <table className="w-full text-[13px] tabular-nums">
          <thead>
            <tr className="border-b border-line text-right text-muted">
              {[
                "A minus",
                "Return (% a year)",
                "Interval",
                "Verdict",
                "Sharpe ratio",
                "A better in",
                "Common bars",
              ].map((header, index) => (
                <th
                  key={header}
                  scope="col"
                  className={`px-3 py-2 font-medium ${index === 0 ? "pl-4 text-left" : ""}`}
                >
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {others.map(({ one, place, difference }) => (
              <tr key={one.id} className="border-b border-line text-right last:border-0">
                <th scope="row" className="px-3 py-1.5 pl-4 text-left">
                  <Letter place={place} />
                </th>
                {difference.kind === "refused" ? (
                  <td colSpan={6} className="px-3 py-1.5 text-left text-muted">
                    {DIFFERENCE_REFUSALS[difference.reason]}
                  </td>
                ) : (
                  <DifferenceCells difference={difference} />
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Panel>
  );
}

function DifferenceCells({ difference }: { difference: PairedDifference }) {
  const { meanReturnDifference, lower, upper, confidence, sharpeDifference } = difference;
  const holdsZero = lower <= 0 && upper >= 0;
  const percent = (value: number) => formatPercent(value, { digits: 1, signed: true });
  return (
    <>
      <td className="px-3 py-1.5 whitespace-nowrap">{percent(meanReturnDifference)}</td>
      <td className="px-3 py-1.5 whitespace-nowrap">
        {percent(lower)} to {percent(upper)}{" "}
        <span className="text-muted">({Math.round(confidence * 100)} %)</span>
      </td>
      <td className="px-3 py-1.5 text-left whitespace-nowrap">
        {holdsZero ? (
          <span className="text-muted">could be luck</span>
        ) : (
          <span className="font-medium">{lower > 0 ? "A is better" : "A is worse"}</span>
        )}
      </td>
      <td className="px-3 py-1.5">
        {sharpeDifference === null ? "—" : formatSigned(sharpeDifference, { significant: 3 })}
      </td>
      <td className="px-3 py-1.5">{formatPercent(difference.betterShare, { digits: 0 })}</td>
      <td className="px-3 py-1.5">{formatInteger(difference.bars)}</td>
    </>
  );
}

function MetricsPanel({ backtests }: { backtests: readonly Compared[] }) {
  return (
    <Panel title="Figures" lead="The best of a row is marked with a star." flush>
      <ScrollRegion ariaLabel="Figures">
        <table className="w-full text-[13px] tabular-nums">
          <thead>
            <tr className="border-b border-line text-right text-muted">
              <th scope="col" className="px-4 py-2 text-left font-medium">
                Figure
              </th>
              {backtests.map(({ id }, place) => (
                <th key={id} scope="col" className="px-3 py-2 font-medium text-text">
                  <Letter place={place} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {METRICS.map((name) => {
              const figure = METRIC_DEFINITIONS[name];
              const best = bestPlaces(backtests, name);
              return (
                <tr key={name} className="border-b border-line text-right last:border-0">
                  <th scope="row" className="px-4 py-1 text-left font-normal">
                    <FigureLabel figure={figure} glossaryHref={`/glossary#${name}`} />
                  </th>
                  {backtests.map(({ id, metrics }, place) => {
                    const { value, reason } = metrics[name];
                    return (
                      <td
                        key={id}
                        title={reason ?? String(value)}
                        className={`px-3 py-1 whitespace-nowrap ${best.has(place) ? "font-semibold" : ""}`}
                      >
                        {best.has(place) ? (
                          <>
                            <span aria-hidden>★ </span>
                            <span className="sr-only">Best: </span>
                          </>
                        ) : null}
                        {formatFigure(figure.format, value)}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollRegion>
    </Panel>
  );
}

function SettingsPanel({ backtests }: { backtests: readonly Compared[] }) {
  const settings = configComparison(backtests);
  return (
    <Panel title="Settings that differ" flush>
      {settings.length === 0 ? (
        <p className="p-4 text-sm text-muted">All settings are the same.</p>
      ) : (
        <ScrollRegion ariaLabel="Settings that differ">
          <table className="w-full text-[13px] tabular-nums">
            <thead>
              <tr className="border-b border-line text-right text-muted">
                <th scope="col" className="px-4 py-2 text-left font-medium">
                  Setting
                </th>
                {backtests.map(({ id }, place) => (
                  <th key={id} scope="col" className="px-3 py-2 font-medium text-text">
                    <Letter place={place} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {settings.map(({ key, label, unit, values }) => (
                <tr key={key} className="border-b border-line text-right align-top last:border-0">
                  <th scope="row" className="px-4 py-1.5 text-left font-normal text-muted">
                    {label}
                    {unit === "" ? "" : ` (${unit})`}
                  </th>
                  {values.map((value, place) => (
                    <td
                      key={backtests[place]?.id ?? place}
                      className="max-w-64 px-3 py-1.5 break-words"
                    >
                      {value === "" ? <span className="text-muted">–</span> : value}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Panel>
  );
}

"use client";

import { useMemo, useState } from "react";
import type {
  PublishedStudyConfig,
  PublishedStudyResult,
  StudyProof,
} from "#contracts/published-study.ts";
import { Badge } from "#ui/badge.tsx";
import type { ChartPoint } from "#ui/charts/line-chart-data.ts";
import { TimePanes } from "#ui/charts/time-panes.tsx";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import {
  formatDateUtc,
  formatInteger,
  formatNumber,
  formatPercent,
  formatPValue,
} from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { variantSummary } from "../study-summary.ts";
import { VARIANT_ORDER, VARIANT_WORDS } from "../study-words.ts";

type Rlrt = PublishedStudyResult["rlrt"][number];
type Traditional = PublishedStudyResult["traditional"][number];
type Props = { result: PublishedStudyResult; config: PublishedStudyConfig };

/** The story: what was published, what took part in it, and what is left. */
export function StudyResultView({ result, config }: Props) {
  return (
    <div className="flex flex-col gap-6">
      <Story result={result} />
      {result.rlrt.length === 0 ? null : <PairGrowth result={result} config={config} />}
      <RlrtTable result={result} />
      <TraditionalTable result={result} />
      <LeftOut result={result} />
      <p className="text-muted text-[13px]">
        Results are simulated; past performance does not predict future results.
      </p>
    </div>
  );
}

function Story({ result }: { result: PublishedStudyResult }) {
  const failed = result.rlrt.filter(({ proofs }) => !proofs.published.isPassed).length;
  return (
    <Panel
      title="RLRT: one thing taken away after the other"
      lead="A trend by regression on the last ten bars decides when a spread that has left its band is traded. Rows that begin with “And” go on from the row above; the line of the years before starts again, without costs."
    >
      <div className="overflow-x-auto">
        <table className="w-full min-w-160 text-sm">
          <thead>
            <tr className="border-line border-b text-left text-muted">
              <th className="py-2 pr-4 font-medium">Run</th>
              <th className="py-2 pr-4 text-right font-medium">Median return</th>
              <th className="py-2 pr-4 text-right font-medium">Median Sharpe ratio</th>
              <th className="py-2 text-right font-medium">Pairs with a profit</th>
            </tr>
          </thead>
          <tbody>
            {VARIANT_ORDER.map((variant) => {
              const summary = variantSummary(result, variant);
              const { label, what } = VARIANT_WORDS[variant];
              return (
                <tr key={variant} className="border-line border-b align-top last:border-0">
                  <th scope="row" className="py-2 pr-4 text-left font-normal">
                    <span className="font-medium">{label}</span>
                    <span className="block text-[13px] text-muted">{what}</span>
                  </th>
                  <td className="py-2 pr-4 text-right">
                    <ProfitLoss value={summary.medianReturn} as="percent" />
                  </td>
                  <td className="py-2 pr-4 text-right tabular-nums">
                    {formatNumber(summary.medianSharpe, { significant: 3 })}
                  </td>
                  <td className="py-2 text-right tabular-nums">
                    {formatInteger(summary.profitable)} of {formatInteger(summary.pairs)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div className="mt-4 flex flex-col gap-3">
        <Notice
          tone={failed > 0 ? "bad" : "good"}
          title={`Look-ahead proof of the published run: failed for ${formatInteger(failed)} of ${formatInteger(result.rlrt.length)} pairs`}
        >
          With the bars after a day taken away, positions before that day come out otherwise: slope
          and threshold are fitted on the year that is traded. The table below says where.
        </Notice>
        <HonestProof result={result} />
      </div>
    </Panel>
  );
}

function HonestProof({ result }: { result: PublishedStudyResult }) {
  const passed = result.rlrt.filter(({ proofs }) => proofs.hedged.isPassed).length;
  const all = passed === result.rlrt.length;
  return (
    <Notice
      tone={all ? "good" : "bad"}
      title={`Look-ahead proof of the hedged run: passed for ${formatInteger(passed)} of ${formatInteger(result.rlrt.length)} pairs`}
    >
      The three bars before a cut are not compared: the rule has no trend so near to the end of what
      it sees.
    </Notice>
  );
}

function symbolsOf(
  { instruments }: PublishedStudyResult,
  { y, x }: { y: number; x: number },
): string {
  return `${instruments[y]?.symbol ?? ""} / ${instruments[x]?.symbol ?? ""}`;
}

function PairGrowth({ result, config }: Props) {
  const [place, setPlace] = useState(0);
  const pair = result.rlrt[place];
  const panes = useMemo(() => {
    if (pair === undefined) return [];
    const points = (growth: readonly number[]): ChartPoint[] =>
      growth.map((value, i) => [result.tradingTimeMs[i] ?? 0, value - 1]);
    return [
      {
        id: "growth",
        title: "Growth",
        height: 220,
        lines: [
          {
            name: VARIANT_WORDS.published.label,
            colour: "benchmark" as const,
            dashed: true,
            points: points(pair.runs.published.growth),
          },
          {
            name: VARIANT_WORDS["hedged-costs"].label,
            colour: "equity" as const,
            points: points(pair.runs["hedged-costs"].growth),
          },
        ],
        format: (value: number) => formatPercent(value, { digits: 1 }),
      },
    ];
  }, [pair, result]);
  if (pair === undefined) return null;
  return (
    <Panel title="Side by side">
      <div className="flex flex-col gap-4">
        <SelectField
          label="Pair"
          className="max-w-80"
          value={String(place)}
          onChange={(event) => setPlace(Number(event.target.value))}
          options={result.rlrt.map((one, i) => ({
            value: String(i),
            label: symbolsOf(result, one),
          }))}
        />
        <TimePanes
          panes={panes}
          window={config.trading}
          extent={config.trading}
          intervalMs={config.intervalMs}
          onWindowChange={() => undefined}
          ariaLabel={`Growth of ${symbolsOf(result, pair)}, as published and honestly`}
          csvName="published-strategies"
        />
      </div>
    </Panel>
  );
}

function ProofCell({ proof }: { proof: StudyProof }) {
  if (proof.isPassed) {
    return <Badge tone="good">Passed at {formatInteger(proof.cuts)} cuts</Badge>;
  }
  const { first } = proof;
  const where =
    first === null
      ? undefined
      : `Without the bars after ${formatDateUtc(first.cutMs)} the position of ${formatDateUtc(first.barMs)} is ${first.prefix}, not ${first.whole}`;
  return (
    <span className="inline-flex flex-col items-start gap-0.5">
      <Badge tone="bad">
        Failed at {formatInteger(proof.failedCuts)} of {formatInteger(proof.cuts)} cuts
      </Badge>
      {where === undefined ? null : <span className="text-[12px] text-muted">{where}</span>}
    </span>
  );
}

function RlrtTable({ result }: { result: PublishedStudyResult }) {
  const columns = useMemo((): DataColumn<Rlrt>[] => {
    const percent = (id: string, header: string, value: (row: Rlrt) => number | null) => ({
      id,
      header,
      value,
      cell: (row: Rlrt) => <ProfitLoss value={value(row)} as="percent" />,
      align: "right" as const,
    });
    const ratio = (id: string, header: string, value: (row: Rlrt) => number | null) => ({
      id,
      header,
      value,
      format: (shown: number) => formatNumber(shown, { significant: 3 }),
    });
    return [
      { id: "pair", header: "Pair", unit: "Y / X", value: (row) => symbolsOf(result, row) },
      percent("published", "As published", ({ runs }) => runs.published.figures.totalReturn),
      percent(
        "honest",
        "Hedged, with costs",
        ({ runs }) => runs["hedged-costs"].figures.totalReturn,
      ),
      ratio(
        "published-sharpe",
        "Sharpe ratio, published",
        ({ runs }) => runs.published.figures.sharpeRatio,
      ),
      ratio(
        "honest-sharpe",
        "Sharpe ratio, honest",
        ({ runs }) => runs["hedged-costs"].figures.sharpeRatio,
      ),
      {
        ...percent(
          "annualised",
          "Annualised, published",
          ({ runs }) => runs.published.figures.annualisedReturn,
        ),
        hiddenByDefault: true,
      },
      {
        id: "drawdown",
        header: "Drawdown, published",
        value: ({ runs }) => runs.published.figures.drawdownMax,
        format: (value) => formatPercent(value),
        hiddenByDefault: true,
      },
      {
        id: "accuracy",
        header: "Trend accuracy, published",
        help: "Share of trends with the sign of the next three bars' mean against that of the ten bars before, which those bars themselves pull towards the trend.",
        value: ({ accuracy }) => accuracy.published,
        format: (value) => formatPercent(value, { digits: 1 }),
      },
      {
        id: "accuracy-last",
        header: "Trend accuracy, last value",
        help: "The same trends against the last value that was known.",
        value: ({ accuracy }) => accuracy.againstLast,
        format: (value) => formatPercent(value, { digits: 1 }),
      },
      {
        id: "p-formation",
        header: "p-value, formation",
        value: ({ engleGrangerPValue }) => engleGrangerPValue.formation,
        format: formatPValue,
        hiddenByDefault: true,
      },
      {
        id: "p-trading",
        header: "p-value, trading",
        help: "Engle–Granger in the year that is traded: many pairs have come apart by then.",
        value: ({ engleGrangerPValue }) => engleGrangerPValue.trading,
        format: formatPValue,
      },
      {
        id: "proof",
        header: "Look-ahead proof, published",
        value: ({ proofs }) => proofs.published.failedCuts,
        cell: ({ proofs }) => <ProofCell proof={proofs.published} />,
      },
    ];
  }, [result]);
  return (
    <Panel title="RLRT, pair by pair" flush>
      <DataTable
        ariaLabel="RLRT, pair by pair"
        rowLabel="pair"
        columns={columns}
        data={result.rlrt}
        getRowId={({ y, x }) => `${y}-${x}`}
        csvName="published-rlrt"
      />
    </Panel>
  );
}

function TraditionalTable({ result }: { result: PublishedStudyResult }) {
  const columns = useMemo(
    (): DataColumn<Traditional>[] => [
      { id: "pair", header: "Pair", unit: "Y / X", value: (row) => symbolsOf(result, row) },
      {
        id: "return",
        header: "Total return",
        value: ({ run }) => run.figures.totalReturn,
        cell: ({ run }) => <ProfitLoss value={run.figures.totalReturn} as="percent" />,
        align: "right",
      },
      {
        id: "annualised",
        header: "Annualised",
        value: ({ run }) => run.figures.annualisedReturn,
        cell: ({ run }) => <ProfitLoss value={run.figures.annualisedReturn} as="percent" />,
        align: "right",
      },
      {
        id: "sharpe",
        header: "Sharpe ratio",
        value: ({ run }) => run.figures.sharpeRatio,
        format: (value) => formatNumber(value, { significant: 3 }),
      },
      {
        id: "drawdown",
        header: "Maximum drawdown",
        value: ({ run }) => run.figures.drawdownMax,
        format: (value) => formatPercent(value),
      },
      {
        id: "proof",
        header: "Look-ahead proof",
        value: ({ proof }) => proof.failedCuts,
        cell: ({ proof }) => <ProofCell proof={proof} />,
      },
    ],
    [result],
  );
  return (
    <Panel
      title="Traditional strategy, pair by pair"
      lead="The most correlated price levels of the formation period, a deviation away from a line that is frozen on it. It looks ahead nowhere, but fills at the close that decided and pays no costs."
      flush
    >
      <DataTable
        ariaLabel="Traditional strategy, pair by pair"
        rowLabel="pair"
        columns={columns}
        data={result.traditional}
        getRowId={({ y, x }) => `${y}-${x}`}
        csvName="published-traditional"
      />
    </Panel>
  );
}

function LeftOut({ result: { refusals, leftOut } }: { result: PublishedStudyResult }) {
  if (refusals.length === 0 && leftOut.length === 0) return null;
  return (
    <Notice tone="warn" title="Not traded">
      {refusals.map(({ pair, strategy, reason }) => (
        <p key={`${strategy} ${pair}`}>
          {pair}: {reason}
        </p>
      ))}
      {leftOut.length === 0 ? null : (
        <p>Instruments with a gap in one of the periods: {leftOut.join(", ")}.</p>
      )}
    </Notice>
  );
}

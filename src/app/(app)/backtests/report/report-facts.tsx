import type { ReportResult, ReportVersion } from "#contracts/report-view.ts";
import { formatInteger, formatMoney, formatNumber } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { Time } from "#ui/time.tsx";
import { FactList } from "./fact-list.tsx";

/** What trading cost, by leg, and what it left. */
export function CostsPanel(props: {
  report: ReportResult;
  legs: Pick<ReportVersion, "legY" | "legX">;
}) {
  const { costs, initialEquity, finalEquity } = props.report;
  const { legY, legX } = props.legs;
  return (
    <Panel
      title="Costs"
      lead="In the quote currency of the prices. Slippage is in the fill prices already, and so in the gross profit."
      flush
    >
      <FactList
        facts={[
          { label: "Gross profit or loss", value: <ProfitLoss value={costs.grossPnl} /> },
          { label: `Fees on ${legY.symbol}`, value: formatMoney(-costs.feesY) },
          { label: `Fees on ${legX.symbol}`, value: formatMoney(-costs.feesX) },
          {
            label: "Net profit or loss",
            value: <ProfitLoss value={costs.netPnl} />,
            isTotal: true,
          },
          { label: "Of it, given up to slippage", value: formatMoney(costs.slippage) },
          { label: "Initial equity", value: formatMoney(initialEquity) },
          { label: "Final equity", value: formatMoney(finalEquity) },
        ]}
      />
    </Panel>
  );
}

/** What was fitted before trading began, and then frozen. */
export function FormationPanel({ report }: { report: ReportResult }) {
  const { formation, trading } = report;
  return (
    <Panel
      title="Formation"
      lead="ln Y = intercept + hedge ratio · ln X, fitted here and frozen before the first trade."
      flush
    >
      <FactList
        facts={[
          {
            label: "Formation period",
            value: <Span startMs={formation.startMs} endMs={formation.endMs} />,
          },
          { label: "Bars", value: formatInteger(formation.bars) },
          { label: "Hedge ratio", value: formatNumber(formation.hedgeRatio) },
          { label: "Intercept", value: formatNumber(formation.intercept) },
          { label: "R²", value: formatNumber(formation.rSquared) },
          {
            label: "Trading period",
            value: <Span startMs={trading.startMs} endMs={trading.endMs} />,
          },
          { label: "Bars traded", value: formatInteger(trading.bars) },
          {
            label: "Periods a year, for annual figures",
            value: formatNumber(report.periodsPerYear),
          },
        ]}
      />
    </Panel>
  );
}

function Span({ startMs, endMs }: { startMs: number; endMs: number }) {
  return (
    <>
      <Time ms={startMs} /> – <Time ms={endMs} />
    </>
  );
}

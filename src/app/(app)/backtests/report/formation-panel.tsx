import type { ReportResult } from "#contracts/report-view.ts";
import { formatInteger, formatNumber } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { FactList } from "./fact-list.tsx";
import { fitLabel } from "./report-words.ts";

/** When it learned and traded, and what it learned before the first trade. */
export function FormationPanel({ report }: { report: ReportResult }) {
  const { formation, trading, books, instruments } = report;
  const learned = books.flatMap(({ instruments: places, fit }) => {
    const names = places.map((place) => instruments[place]?.symbol ?? "").join(" / ");
    const prefix = books.length > 1 ? `${names}: ` : "";
    return Object.entries(fit ?? {}).map(([name, value]) => ({
      label: `${prefix}${fitLabel(name)}`,
      value: formatNumber(value),
    }));
  });
  return (
    <Panel
      title="Formation and trading"
      lead={
        learned.length === 0
          ? "Nothing was learned before the first trade."
          : "What was learned here was frozen before the first trade."
      }
      flush
    >
      <FactList
        facts={[
          {
            label: "Formation period",
            value: <Span startMs={formation.startMs} endMs={formation.endMs} />,
          },
          { label: "Bars", value: formatInteger(formation.bars) },
          ...learned,
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

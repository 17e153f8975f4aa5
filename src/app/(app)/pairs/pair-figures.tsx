import type { ScanPairRow } from "#contracts/scan.ts";
import { formatInteger, formatNumber, formatPValue } from "#ui/format.ts";
import { SCAN_FIGURE_DEFINITIONS, type ScanFigureName } from "#ui/metric-definitions.ts";
import { Panel } from "#ui/panel.tsx";
import { Tooltip } from "#ui/tooltip.tsx";
import {
  correlationSentence,
  halfLifeSentence,
  hedgeRatioSentence,
  observationsSentence,
  type PairContext,
  pValueSentence,
  qValueSentence,
} from "./pair-sentences.ts";

type Figure = {
  readonly name: ScanFigureName;
  /** Tells two figures of one name apart. */
  readonly detail?: string;
  readonly value: string;
  readonly full: number | null;
  readonly sentence: string | null;
};

/** Every figure of a pair with a sentence that says what it means for this pair. */
export function PairFigures({ row, context }: { row: ScanPairRow; context: PairContext }) {
  return (
    <Panel title="Figures" flush>
      <dl className="divide-y divide-line">
        {figuresOf(row, context).map((figure) => (
          <FigureRow key={`${figure.name}${figure.detail ?? ""}`} figure={figure} />
        ))}
      </dl>
    </Panel>
  );
}

function FigureRow({ figure }: { figure: Figure }) {
  const { label, unit, definition, caveat } = SCAN_FIGURE_DEFINITIONS[figure.name];
  return (
    <div className="grid grid-cols-[1fr_auto] items-baseline gap-x-4 gap-y-1 px-4 py-3 text-sm">
      <dt>
        <Tooltip content={`${definition} ${caveat}`}>
          <button
            type="button"
            className="min-h-6 cursor-help text-left text-muted underline decoration-dotted underline-offset-4"
          >
            {label}
            {figure.detail === undefined ? null : ` ${figure.detail}`}
            <span className="sr-only">: what is this?</span>
          </button>
        </Tooltip>
      </dt>
      <dd
        title={figure.full === null ? undefined : String(figure.full)}
        className="text-right font-medium tabular-nums"
      >
        {figure.value} <span className="text-xs font-normal text-muted">{unit}</span>
      </dd>
      {figure.sentence === null ? null : (
        <dd className="col-span-2 text-text/85">{figure.sentence}</dd>
      )}
    </div>
  );
}

function figuresOf(row: ScanPairRow, context: PairContext): Figure[] {
  const { symbolY, symbolX } = row;
  return [
    {
      name: "hedgeRatio",
      value: formatNumber(row.hedgeRatio),
      full: row.hedgeRatio,
      sentence: hedgeRatioSentence(row),
    },
    {
      name: "halfLifeBars",
      value: formatNumber(row.halfLifeBars),
      full: row.halfLifeBars,
      sentence: halfLifeSentence(row, context),
    },
    testFigure(
      `${symbolY} on ${symbolX}`,
      row.pValueYx,
      row.statisticYx,
      pValueSentence(row.pValueYx, symbolY, symbolX),
    ),
    testFigure(
      `${symbolX} on ${symbolY}`,
      row.pValueXy,
      row.statisticXy,
      pValueSentence(row.pValueXy, symbolX, symbolY),
    ),
    {
      name: "qValue",
      value: formatPValue(row.qValue),
      full: row.qValue,
      sentence: qValueSentence(row),
    },
    {
      name: "correlation",
      value: formatNumber(row.correlation, { significant: 3 }),
      full: row.correlation,
      sentence: correlationSentence(row),
    },
    {
      name: "observations",
      value: formatInteger(row.observations),
      full: row.observations,
      sentence: observationsSentence(row, context),
    },
  ];
}

/** A p-value says what its statistic means, so the two share a row. */
function testFigure(
  detail: string,
  pValue: number | null,
  statistic: number | null,
  sentence: string | null,
): Figure {
  const withStatistic =
    sentence === null ? null : `${sentence} (Engle–Granger statistic ${formatNumber(statistic)}.)`;
  return {
    name: "pValue",
    detail,
    value: formatPValue(pValue),
    full: pValue,
    sentence: withStatistic,
  };
}

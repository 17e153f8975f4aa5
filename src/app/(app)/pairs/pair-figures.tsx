import type { ScanPairRow } from "#contracts/scan.ts";
import { FigureCard } from "#ui/figure-card.tsx";
import { formatNumber } from "#ui/format.ts";
import { SCAN_FIGURE_DEFINITIONS, type ScanFigureName } from "#ui/metric-definitions.ts";
import { isNaive, naiveSentence } from "./funnel-sentences.ts";
import {
  correlationSentence,
  halfLifeSentence,
  hedgeRatioSentence,
  observationsSentence,
  type PairContext,
  pValueSentence,
  qValueSentence,
} from "./pair-sentences.ts";

/** Every figure of a pair with a sentence that says what it means for this pair. */
export function PairFigures({ row, context }: { row: ScanPairRow; context: PairContext }) {
  const { symbolY, symbolX } = row;
  return (
    <section aria-label="Figures" className="grid gap-3 sm:grid-cols-2 xl:grid-cols-1">
      <Figure name="hedgeRatio" value={row.hedgeRatio} sentence={hedgeRatioSentence(row)} />
      <Figure
        name="halfLifeBars"
        value={row.halfLifeBars}
        sentence={halfLifeSentence(row, context)}
      />
      {isNaive(row) ? (
        <Figure name="pValue" detail="naive" value={row.pValueYx} sentence={naiveSentence(row)} />
      ) : (
        <>
          <TestFigure y={symbolY} x={symbolX} pValue={row.pValueYx} statistic={row.statisticYx} />
          <TestFigure y={symbolX} x={symbolY} pValue={row.pValueXy} statistic={row.statisticXy} />
        </>
      )}
      <Figure name="qValue" value={row.qValue} sentence={qValueSentence(row)} />
      <Figure name="correlation" value={row.correlation} sentence={correlationSentence(row)} />
      <Figure
        name="observations"
        value={row.observations}
        sentence={observationsSentence(row, context)}
      />
    </section>
  );
}

type FigureProps = {
  name: ScanFigureName;
  value: number | null;
  sentence: string | null;
  /** Tells two figures of one name apart. */
  detail?: string;
};

function Figure({ name, value, sentence, detail }: FigureProps) {
  const figure = SCAN_FIGURE_DEFINITIONS[name];
  const label = detail === undefined ? figure.label : `${figure.label}, ${detail}`;
  return (
    <FigureCard figure={{ ...figure, label }} value={value} glossaryHref={`/glossary#${name}`}>
      {sentence}
    </FigureCard>
  );
}

/** A p-value says what its statistic means, so the two share a card. */
function TestFigure(props: {
  y: string;
  x: string;
  pValue: number | null;
  statistic: number | null;
}) {
  const { y, x, pValue, statistic } = props;
  const sentence = pValueSentence(pValue, y, x);
  return (
    <Figure
      name="pValue"
      detail={`${y} on ${x}`}
      value={pValue}
      sentence={
        sentence === null
          ? null
          : `${sentence} The Engle–Granger statistic is ${formatNumber(statistic)}.`
      }
    />
  );
}

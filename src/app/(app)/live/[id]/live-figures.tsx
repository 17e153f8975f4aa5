import type { ReactNode } from "react";
import type { LiveSnapshot, WatchedPairView } from "#contracts/live-message.ts";
import { formatNumber, formatPValue, formatZScore } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { durationInWords } from "../../pairs/bars-in-words.ts";
import { Freshness } from "../live-cells.tsx";

/** The figures of now and of the last closed bar, each with what it is. */
export function LiveFigures(props: { pair: WatchedPairView; snapshot: LiveSnapshot | null }) {
  const { pair, snapshot } = props;
  const bar = snapshot?.bar ?? null;
  const { intervalMs } = pair.settings;
  return (
    <Panel title="Figures">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3">
        <Figure label={pair.symbolY} help="Price of its newest trade.">
          {formatNumber(snapshot?.legY.price, { significant: 7 })}
        </Figure>
        <Figure label={pair.symbolX} help="Price of its newest trade.">
          {formatNumber(snapshot?.legX.price, { significant: 7 })}
        </Figure>
        <Figure
          label="z-score now"
          help="(spread of the newest trades − mean) / standard deviation (n − 1) of the last bars."
          exact={snapshot?.now.zScore}
        >
          {formatZScore(snapshot?.now.zScore)}
        </Figure>
        <Figure
          label="Spread now"
          help="Of the newest trades, with the last bar's hedge ratio."
          exact={snapshot?.now.spread}
        >
          {formatNumber(snapshot?.now.spread)}
        </Figure>
        <Figure
          label="Hedge ratio β"
          help={
            pair.settings.prices === "log"
              ? "Money held in X against one of Y, at the last closed bar."
              : "Units of X held against one of Y, at the last closed bar."
          }
          exact={bar?.hedgeRatio}
        >
          {formatNumber(bar?.hedgeRatio)}
        </Figure>
        <Figure
          label="Correlation"
          help="Of the two prices over the last 50 bars."
          exact={bar?.correlation}
        >
          {formatNumber(bar?.correlation, { significant: 3 })}
        </Figure>
        <Figure
          label="Half-life"
          help="Time in which half of a deviation decays."
          exact={bar?.halfLifeBars}
        >
          {bar === null || bar.halfLifeBars === null
            ? "–"
            : durationInWords(bar.halfLifeBars * intervalMs)}
        </Figure>
        <Figure
          label="ADF p-value"
          help="Null hypothesis: the spread has a unit root. It takes the hedge ratio as given, so it is kinder than the test of cointegration under Why, which does not."
          exact={bar?.adfPValue}
        >
          {formatPValue(bar?.adfPValue)}
          {bar === null || bar.adfAtMs === null ? null : (
            <span className="block text-xs text-muted">
              {bar.openTimeMs <= bar.adfAtMs
                ? "of the last bar"
                : `${durationInWords(bar.openTimeMs - bar.adfAtMs)} old`}
            </span>
          )}
        </Figure>
        <Figure label="Newest trade" help="Age of the older leg's newest trade.">
          <Freshness snapshot={snapshot} />
        </Figure>
        <Figure label="Bars" help="In the buffer that every figure looks back over.">
          {bar === null
            ? "–"
            : `${formatNumber(bar.bars)} of ${formatNumber(pair.settings.bufferBars)}`}
        </Figure>
      </dl>
    </Panel>
  );
}

function Figure(props: {
  label: string;
  help: string;
  /** In full, on hover. */
  exact?: number | null | undefined;
  children: ReactNode;
}) {
  const { label, help, exact, children } = props;
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted" title={help}>
        {label}
      </dt>
      <dd
        className="text-[15px] font-medium tabular-nums"
        title={exact === null || exact === undefined ? undefined : String(exact)}
      >
        {children}
      </dd>
    </div>
  );
}

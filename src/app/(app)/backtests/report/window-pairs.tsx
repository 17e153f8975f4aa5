import type { WindowResult } from "#contracts/backtest.ts";
import type { ReportLeg } from "#contracts/report-view.ts";
import { formatInteger, formatNumber, formatPValue } from "#ui/format.ts";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { ScrollRegion } from "#ui/scroll-region.tsx";
import { wordsOf } from "./report-words.ts";

type Pair = WindowResult["pairs"][number];

/** The pairs that a window chose, with the figures they were chosen by and what came of them. */
export function WindowPairs(props: {
  pairs: readonly Pair[];
  instruments: readonly ReportLeg[];
  /** Place of the pair that is drawn, and what draws another; absent on paper. */
  drawn?: { readonly place: number; readonly onDraw: (place: number) => void } | undefined;
}) {
  const { pairs, instruments, drawn } = props;
  if (pairs.length === 0) {
    return (
      <p className="p-4 text-sm text-muted">
        No pair passed in this formation period, so nothing was traded.
      </p>
    );
  }
  const hasParameters = pairs.some(({ parameters }) => parameters !== null);
  return (
    <ScrollRegion ariaLabel="Pairs of the window">
      <table className="w-full text-[13px] tabular-nums">
        <thead>
          <tr className="border-b border-line text-right text-muted">
            <th scope="col" className="px-4 py-2 text-left font-medium">
              Pair
            </th>
            {["p-value", "Hedge ratio", "Half-life (bars)", "Trades", "Net P&L"].map((header) => (
              <th key={header} scope="col" className="px-3 py-2 font-medium whitespace-nowrap">
                {header}
              </th>
            ))}
            {hasParameters ? (
              <th scope="col" className="px-3 py-2 text-left font-medium">
                Parameters
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair, index) => (
            <tr
              key={pair.instruments.join()}
              className={`border-b border-line text-right last:border-0 ${index === drawn?.place ? "bg-surface-2" : ""}`}
            >
              <th scope="row" className="px-4 py-1.5 text-left font-medium">
                {drawn === undefined ? (
                  pairName(pair, instruments)
                ) : (
                  <button
                    type="button"
                    aria-pressed={index === drawn.place}
                    onClick={() => drawn.onDraw(index)}
                    className="min-h-6 rounded text-left text-accent underline-offset-2 hover:underline aria-pressed:text-text"
                  >
                    {pairName(pair, instruments)}
                  </button>
                )}
                {pair.refusal === null ? null : (
                  <span className="block text-xs font-normal text-warn">{pair.refusal}</span>
                )}
              </th>
              <td className="px-3 py-1.5">{formatPValue(pair.pValue)}</td>
              <td className="px-3 py-1.5">{formatNumber(pair.hedgeRatio)}</td>
              <td className="px-3 py-1.5">{formatNumber(pair.halfLifeBars, { significant: 3 })}</td>
              <td className="px-3 py-1.5">{formatInteger(pair.tradeCount)}</td>
              <td className="px-3 py-1.5">
                <ProfitLoss value={pair.netPnl} />
              </td>
              {hasParameters ? (
                <td className="px-3 py-1.5 text-left text-xs text-muted">
                  {parametersText(pair.parameters)}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function pairName({ instruments: places }: Pair, instruments: readonly ReportLeg[]): string {
  if (places.length > 4) return `${places.length} instruments`;
  return places.map((place) => instruments[place]?.symbol ?? "").join(" / ");
}

function parametersText(parameters: Pair["parameters"]): string {
  return Object.entries(parameters ?? {})
    .map(([name, value]) => `${wordsOf(name)} ${value === null ? "none" : String(value)}`)
    .join(", ");
}

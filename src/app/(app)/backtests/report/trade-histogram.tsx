import type { ReportAnalysis } from "#contracts/report-view.ts";
import { formatInteger, formatNumber } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";

const WIDTH = 560;
const HEIGHT = 190;
const BOTTOM = 22;
const TOP = 14;

/** How many trades made how much: losses hatched, so that the sign does not hang on the colour. */
export function TradeHistogram({ profits }: { profits: ReportAnalysis["tradeProfits"] }) {
  return (
    <Panel title="Profits of the trades" lead="Net P&L of a trade, quote currency.">
      {profits === null ? (
        <p className="text-sm text-muted">There is no trade to count.</p>
      ) : (
        <Bars {...profits} />
      )}
    </Panel>
  );
}

function Bars({ edges, counts }: { edges: readonly number[]; counts: readonly number[] }) {
  const low = edges[0] ?? 0;
  const high = edges.at(-1) ?? 1;
  const most = Math.max(1, ...counts);
  const x = (value: number) => ((value - low) / Math.max(high - low, 1e-12)) * WIDTH;
  const height = (count: number) => (count / most) * (HEIGHT - BOTTOM - TOP);
  const label = `${counts.reduce((sum, count) => sum + count, 0)} trades between ${formatNumber(low)} and ${formatNumber(high)}`;
  return (
    <svg
      role="img"
      aria-label={`Histogram: ${label}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="w-full"
    >
      <defs>
        <pattern
          id="loss"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="5" height="5" className="fill-bad/25" />
          <line x1="0" y1="0" x2="0" y2="5" className="stroke-bad" strokeWidth="2.5" />
        </pattern>
      </defs>
      {counts.map((count, index) => {
        const from = edges[index] ?? 0;
        const to = edges[index + 1] ?? from;
        const isLoss = (from + to) / 2 < 0;
        return (
          <g key={from}>
            <title>{`${formatNumber(from)} to ${formatNumber(to)}: ${formatInteger(count)} trades`}</title>
            <rect
              x={x(from) + 1}
              y={HEIGHT - BOTTOM - height(count)}
              width={Math.max(1, x(to) - x(from) - 2)}
              height={height(count)}
              fill={isLoss ? "url(#loss)" : undefined}
              className={isLoss ? undefined : "fill-good/70"}
            />
            {count > 0 ? (
              <text
                x={(x(from) + x(to)) / 2}
                y={HEIGHT - BOTTOM - height(count) - 3}
                textAnchor="middle"
                className="fill-muted text-[10px]"
              >
                {formatInteger(count)}
              </text>
            ) : null}
          </g>
        );
      })}
      {low < 0 && high > 0 ? (
        <line
          x1={x(0)}
          x2={x(0)}
          y1={TOP}
          y2={HEIGHT - BOTTOM}
          className="stroke-line-strong"
          strokeDasharray="3 3"
        />
      ) : null}
      <line
        x1={0}
        x2={WIDTH}
        y1={HEIGHT - BOTTOM}
        y2={HEIGHT - BOTTOM}
        className="stroke-line-strong"
      />
      <text x={0} y={HEIGHT - 6} className="fill-muted text-[11px]">
        {formatNumber(low, { significant: 3 })}
      </text>
      {low < 0 && high > 0 ? (
        <text x={x(0)} y={HEIGHT - 6} textAnchor="middle" className="fill-muted text-[11px]">
          0
        </text>
      ) : null}
      <text x={WIDTH} y={HEIGHT - 6} textAnchor="end" className="fill-muted text-[11px]">
        {formatNumber(high, { significant: 3 })}
      </text>
    </svg>
  );
}

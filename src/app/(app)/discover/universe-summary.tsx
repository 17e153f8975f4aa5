import type { SeriesCoverage } from "#contracts/market-data.ts";
import { formatDateUtc, formatInteger } from "#ui/format.ts";
import { commonSpan, pairCount } from "./data-span.ts";

/** What the choice amounts to: instruments, pairs, and the time that all of them have. */
export function UniverseSummary(props: { series: readonly SeriesCoverage[]; intervalMs: number }) {
  const { series, intervalMs } = props;
  const span = commonSpan(series, intervalMs);
  return (
    <p aria-live="polite" className="text-sm text-muted">
      {series.length === 0
        ? "Nothing chosen yet."
        : `${formatInteger(series.length)} chosen, ${formatInteger(pairCount(series.length))} ${series.length === 2 ? "pair" : "pairs"}. `}
      {series.length > 0 && span !== null
        ? `All have data from ${formatDateUtc(span.startMs)} to ${formatDateUtc(span.endMs - intervalMs)} UTC.`
        : null}
      {series.length > 0 && span === null
        ? "They have no time in common: pairs without common bars will be refused."
        : null}
    </p>
  );
}

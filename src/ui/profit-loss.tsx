import { formatMoney, formatPercent, NO_VALUE } from "./format.ts";

/** Profit or loss by colour, sign and arrow together, never by colour alone. */
export function ProfitLoss(props: {
  value: number | null | undefined;
  as?: "money" | "percent" | undefined;
}) {
  const { value, as = "money" } = props;
  if (value === null || value === undefined) return <span className="text-muted">{NO_VALUE}</span>;
  const text =
    as === "percent"
      ? formatPercent(value, { signed: true })
      : formatMoney(value, { signed: true });
  const tone = value > 0 ? "text-good" : value < 0 ? "text-bad" : "text-muted";
  const arrow = value > 0 ? "▲" : value < 0 ? "▼" : "";
  return (
    <span title={String(value)} className={`tabular-nums whitespace-nowrap ${tone}`}>
      <span aria-hidden className="mr-1 text-[0.7em]">
        {arrow}
      </span>
      {text}
    </span>
  );
}

import { formatInteger, formatMoney, formatNumber, formatPercent, formatPValue } from "./format.ts";
import type { FigureFormat } from "./metric-definitions.ts";

/** A figure as its definition says it is written. */
export function formatFigure(format: FigureFormat, value: number | null | undefined): string {
  switch (format) {
    case "percent":
      return formatPercent(value);
    case "number":
      return formatNumber(value);
    case "integer":
      return formatInteger(value);
    case "bars":
      return formatNumber(value, { significant: 3 });
    case "money":
      return formatMoney(value);
    case "p-value":
      return formatPValue(value);
  }
}

import { intervalLabel, TRADE_BAR_INTERVALS_MS } from "#contracts/bar-intervals.ts";
import type {
  BarFileFormat,
  TimestampUnit,
  TradeFileFormat,
  UploadFormat,
  UploadLayout,
} from "#contracts/upload.ts";
import type { SelectOption } from "#ui/select-field.tsx";

export type ColumnRole = keyof BarFileFormat["columns"] | keyof TradeFileFormat["columns"];

const LAYOUT_LABEL: Record<UploadLayout, string> = {
  single: "One symbol",
  long: "Many symbols, one a row",
  wide: "Many symbols, one a column (closes)",
  trades: "Trades, one a row",
};

const UNIT_LABEL: Record<TimestampUnit, string> = {
  s: "Seconds since 1970",
  ms: "Milliseconds since 1970",
  us: "Microseconds since 1970",
  ns: "Nanoseconds since 1970",
  iso: "Date and time (ISO 8601)",
  date: "Date",
};

const DELIMITER_LABEL: Record<UploadFormat["delimiter"], string> = {
  ",": "Comma",
  ";": "Semicolon",
  "\t": "Tab",
  "|": "Vertical bar",
  json: "A JSON object a line",
};

export const COLUMN_LABEL: Record<ColumnRole, string> = {
  time: "Time",
  symbol: "Symbol",
  open: "Open",
  high: "High",
  low: "Low",
  close: "Close",
  volume: "Volume",
  price: "Price",
  quantity: "Quantity",
  id: "Trade id",
};

export const LAYOUT_OPTIONS = optionsOf(LAYOUT_LABEL);
export const UNIT_OPTIONS = optionsOf(UNIT_LABEL);
export const DELIMITER_OPTIONS = optionsOf(DELIMITER_LABEL);

/** Bars that trades can become, shortest first. */
export const TRADE_BAR_CHOICES = TRADE_BAR_INTERVALS_MS.map((ms) => ({
  ms,
  label: intervalLabel(ms),
}));

/** Columns that a layout reads: a wide file has no others than its time and the symbols. */
export function rolesOf(layout: UploadLayout): readonly ColumnRole[] {
  switch (layout) {
    case "wide":
      return ["time"];
    case "long":
      return ["time", "symbol", "open", "high", "low", "close", "volume"];
    case "single":
      return ["time", "open", "high", "low", "close", "volume"];
    case "trades":
      return ["time", "symbol", "price", "quantity", "id"];
  }
}

/** Column of a role in a format; null where it has none. */
export function columnOf(format: UploadFormat, role: ColumnRole): number | null {
  return columnsOf(format)[role] ?? null;
}

/** The columns of a format by role. */
export function columnsOf(format: UploadFormat): Partial<Record<ColumnRole, number | null>> {
  return format.columns;
}

/** How a file is read, in a line. */
export function formatSummary({ layout, delimiter, timestampUnit }: UploadFormat): string {
  return [LAYOUT_LABEL[layout], DELIMITER_LABEL[delimiter], UNIT_LABEL[timestampUnit]].join(" · ");
}

/** The columns of a file by name, or by number where it has no header. */
export function columnOptions(header: readonly string[], columnCount: number): SelectOption[] {
  return Array.from({ length: columnCount }, (_, index) => {
    const name = header[index] ?? "";
    return { value: String(index), label: name === "" ? `Column ${index + 1}` : name };
  });
}

function optionsOf<Key extends string>(labels: Record<Key, string>): SelectOption[] {
  return Object.entries<string>(labels).map(([value, label]) => ({ value, label }));
}

import type { UploadFormat } from "#contracts/upload.ts";
import type { TableLimits } from "./file-table.ts";
import { parsedTrades } from "./parsed-trades.ts";
import { type ParsedUpload, parsedUpload } from "./parsed-upload.ts";
import { TradeTable } from "./trade-table.ts";
import { UploadTable } from "./upload-table.ts";

/** The rows of a file as its format reads them, and what they make together. */
export type FileReader = {
  readonly table: TradeTable | UploadTable;
  readonly symbols: () => readonly string[];
  readonly parsed: () => ParsedUpload;
};

/** Reader of a file of bars or of trades. */
export function fileReader(format: UploadFormat, limits: TableLimits = {}): FileReader {
  if (format.layout === "trades") {
    const table = new TradeTable(format, limits);
    return { table, symbols: () => [...table.rows.keys()], parsed: () => parsedTrades(table) };
  }
  const table = new UploadTable(format, limits);
  return {
    table,
    symbols: () => (format.layout === "wide" ? table.wideSymbols : [...table.rows.keys()]),
    parsed: () => parsedUpload(table),
  };
}

import type { RowFault } from "./price-fault.ts";
import { SYMBOL_LENGTH_MAX } from "./row-limits.ts";

/** What is wrong with a row's symbol, or null. */
export function symbolFault(symbol: string): RowFault | null {
  if (symbol === "") return { field: "symbol", reason: "symbol is empty" };
  if (symbol.length <= SYMBOL_LENGTH_MAX) return null;
  return { field: "symbol", reason: `symbol is longer than ${SYMBOL_LENGTH_MAX} characters` };
}

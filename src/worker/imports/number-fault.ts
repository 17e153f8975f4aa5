import type { RowFault } from "./price-fault.ts";
import { QUOTED_TEXT_MAX } from "./row-limits.ts";
import { shortText } from "./short-text.ts";

/** What is wrong with a cell that was read as a number, or null. */
export function numberFault(field: string, cell: string, value: number): RowFault | null {
  if (!Number.isNaN(value)) return null;
  if (cell === "") return { field, reason: `${field} is empty` };
  return { field, reason: `${field} "${shortText(cell, QUOTED_TEXT_MAX)}" is not a number` };
}

import { parse } from "csv-parse/sync";

/**
 * Cells of one line, blanks around them removed. Lines with quotation marks go through a CSV parser; the
 * others, which are nearly all, are cut at the delimiter.
 *
 * @returns null when the quotation marks do not match
 */
export function splitLine(line: string, delimiter: string): string[] | null {
  if (line.includes('"')) return splitQuotedLine(line, delimiter);
  const cells = line.split(delimiter);
  for (const [i, cell] of cells.entries()) cells[i] = cell.trim();
  return cells;
}

function splitQuotedLine(line: string, delimiter: string): string[] | null {
  try {
    const [cells] = parse(line, { delimiter, trim: true, relax_column_count: true });
    return cells ?? null;
  } catch {
    // The parser refuses what is not RFC 4180; the caller reports the line.
    return null;
  }
}

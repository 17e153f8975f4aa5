/** A source's own address or a title may stand above the table; more than this is no title. */
const LEAD_LINES_MAX = 5;

/**
 * Lines above the table, such as the address that a download site puts into line 1: leading lines that
 * are blank or have no delimiter.
 */
export function leadLineCount(lines: readonly string[], delimiter: string): number {
  let count = 0;
  while (count < LEAD_LINES_MAX && lines[count]?.includes(delimiter) === false) count += 1;
  return count;
}

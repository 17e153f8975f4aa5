import { isNoValue, parseNumber } from "./parse-number.ts";

/** Cells of one column. */
export function cellsOf(body: readonly string[][], index: number): string[] {
  return body.map((cells) => cells[index] ?? "");
}

/** Mostly numbers: a bad row or a hole must not hide a column. */
export function isNumberColumn(body: readonly string[][], index: number): boolean {
  const filled = cellsOf(body, index).filter((cell) => !isNoValue(cell));
  // A wide file may have a symbol that starts later than the sample: an empty column is one of numbers.
  return filled.filter((cell) => !Number.isNaN(parseNumber(cell))).length * 2 >= filled.length;
}

/** Names, such as symbols: every cell starts with a letter. */
export function isTextColumn(body: readonly string[][], index: number): boolean {
  const cells = cellsOf(body, index);
  return cells.every((cell) => /^[A-Za-z][\w./-]{0,31}$/.test(cell) && !isNoValue(cell));
}

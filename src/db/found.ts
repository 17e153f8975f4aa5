import { AppError } from "#contracts/error-code.ts";

/**
 * The row that was asked for.
 *
 * A row of another workspace is selected by no query, so it ends here too: who may not see a thing
 * cannot tell that it exists.
 *
 * @param row what the query gave, undefined or null when there was none
 * @param name what the person calls it, for the message
 * @throws {AppError} not-found
 */
export function found<T>(row: T | null | undefined, name: string): T {
  if (row === null || row === undefined)
    throw new AppError("not-found", `There is no such ${name}`);
  return row;
}

/**
 * That a statement changed the one row that it was meant to change.
 *
 * @throws {AppError} not-found when it changed none
 */
export function assertChanged(count: number | null, name: string): void {
  if (count === null || count === 0) throw new AppError("not-found", `There is no such ${name}`);
}

/** Backtests side by side; apart from their schemas, so that a list that counts them loads none. */
export const COMPARED_MAX = 6;

/** Pairs that a strategy may trade, and instruments of one. Apart from the schema, so that forms load no zod for it. */
export const PAIRS_MAX = 100;
export const INSTRUMENTS_MAX = 500;

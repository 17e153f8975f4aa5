/** More columns than this is no price file that a person made. */
export const COLUMNS_MAX = 2_000;

/** Rows of one file at most: a file of 200 MB has fifteen million of the shortest. */
export const ROWS_MAX = 20_000_000;

/** Prices and volumes of one file at most: 400 MB of memory. */
export const VALUES_MAX = 50_000_000;

/** Symbols of one file at most. */
export const SYMBOLS_MAX = 2_000;

/** Rejected rows of a file that are kept; the others are only counted. */
export const REJECTIONS_KEPT_MAX = 1_000;

/** Characters of a symbol at most. */
export const SYMBOL_LENGTH_MAX = 32;

/** Characters of a cell that a message or a preview quotes. */
export const QUOTED_TEXT_MAX = 40;

/** Characters of a rejected row that are kept. */
export const REJECTED_TEXT_MAX = 200;

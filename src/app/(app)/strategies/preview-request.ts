import type { StrategyConfig } from "#contracts/strategy.ts";
import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";
import type { StrategyPreviewRequest } from "#contracts/strategy-preview.ts";

/** A point for every other pixel of the chart beside the form. */
const POINTS = 1_000;

/**
 * What is asked of a preview: one book, and of the rest only what signals depend on. So a change of size
 * or costs asks nothing anew, and a list of dividends does not stand in an address.
 *
 * @param place of the book; beyond the last one, the last
 */
export function previewRequest(config: StrategyConfig, place: number): StrategyPreviewRequest {
  const book = config.books[Math.min(place, config.books.length - 1)];
  return {
    config: {
      ...config,
      ...STRATEGY_DEFAULTS,
      costs: { ...STRATEGY_DEFAULTS.costs, dividends: [] },
      books: book === undefined ? [] : [book],
    },
    book: 0,
    points: POINTS,
  };
}

import { requireInstrumentCosts } from "../backtest/instrument-costs.ts";
import type { MarketBars } from "../backtest/market-bars.ts";
import { requireAccountRules } from "../backtest/portfolio-rules.ts";
import { requirePositionSizing } from "../backtest/position-sizing.ts";
import { InvalidInputError } from "../invalid-input-error.ts";
import type { WalkForwardSettings, WalkForwardTools } from "./walk-forward-settings.ts";
import { requireWindowPlan } from "./walk-forward-windows.ts";

/**
 * Entry check of a walk-forward: what would be refused in some window is refused before the first.
 *
 * @param bars the market
 * @param settings from outside
 * @param open of the strategy
 * @throws {InvalidInputError} "out-of-range" for values, sizes, rules, costs or counts that cannot be;
 *   "length-mismatch" when costs or fixed books do not fit the instruments or the strategy
 */
export function requireWalkForward(
  bars: MarketBars,
  settings: WalkForwardSettings,
  open: WalkForwardTools["open"],
): void {
  const { plan, selection, values, costs, rules, sizing } = settings;
  requireWindowPlan(plan);
  requireAccountRules(rules);
  requirePositionSizing(sizing);
  const count = bars.instruments.length;
  if (costs.length !== count) {
    throw new InvalidInputError(
      "length-mismatch",
      `the market has ${count} instruments, and ${costs.length} have costs`,
    );
  }
  costs.forEach((one, place) => {
    requireInstrumentCosts(one, `instrument ${place}`);
  });
  const { instruments, kind, warmUpBars } = open(values);
  const firstWindowBars = plan.formationBars + plan.embargoBars + plan.tradingBars;
  if (kind !== "rlrt" && warmUpBars >= firstWindowBars) {
    throw new InvalidInputError(
      "out-of-range",
      `the strategy needs ${warmUpBars} bars to warm up, and the first window ends after ${firstWindowBars}: lengthen the formation`,
    );
  }
  if (selection.kind === "fixed") {
    for (const book of selection.books) requireBook(book, count, instruments);
    return;
  }
  if (instruments.min > 2 || instruments.max < 2) {
    throw new InvalidInputError("out-of-range", "only strategies of pairs can have pairs selected");
  }
  if (!(Number.isInteger(selection.count) && selection.count >= 1)) {
    throw new InvalidInputError("out-of-range", "count must be a whole number of at least 1");
  }
}

function requireBook(
  book: readonly number[],
  count: number,
  { min, max }: { readonly min: number; readonly max: number },
): void {
  const fits =
    book.length >= min &&
    book.length <= max &&
    new Set(book).size === book.length &&
    book.every((place) => Number.isInteger(place) && place >= 0 && place < count);
  if (!fits) {
    throw new InvalidInputError(
      "length-mismatch",
      `the book ${book.join(", ")} is not ${min} to ${max} different ones of ${count} instruments`,
    );
  }
}

import type { Book, ResumableStep } from "#quant/backtest/backtest-book.ts";
import { type MarketBars, marketBarsBetween } from "#quant/backtest/market-bars.ts";
import type { PositionSizing } from "#quant/backtest/position-sizing.ts";
import type { ProtectionRule } from "#quant/backtest/protection-rule.ts";
import { stepFrom } from "#quant/backtest/step-from.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import { modelGate } from "#quant/learning/models/model-gate.ts";
import type { StrategyFigure } from "#quant/strategies/strategy.ts";
import { openStrategyOfKind } from "#quant/strategies/strategy-kinds.ts";
import type { OpenStrategy } from "#quant/strategies/strategy-run.ts";
import type { GateInput, StrategyInput } from "./strategy-input.ts";
import type { StrategyMarket } from "./strategy-market.ts";

/** A book after its formation: what it learned, or why it is not traded. */
export type FittedBook = {
  readonly instruments: readonly number[];
  readonly strategy: OpenStrategy;
  readonly outcome:
    | {
        readonly kind: "fitted";
        readonly learned: Readonly<Record<string, number>>;
        /** Before its first bar; see OpenStrategy.resume. */
        readonly snapshot: string;
      }
    | { readonly kind: "refused"; readonly message: string };
};

/** The places on the axis that a run of a strategy is made by. */
export type RunPlaces = Pick<StrategyMarket, "formationFrom" | "formationTo" | "tradingFrom">;

/**
 * Opens the strategy of a run.
 *
 * @param book which it is to trade; what books share can be asked of any
 * @throws {InvalidInputError} parameters that are none of its kind, or a gate that cannot be
 */
export function openStrategyOf(
  { kind, parameters, gate, books }: Pick<StrategyInput, "kind" | "parameters" | "gate" | "books">,
  book = 0,
): OpenStrategy {
  const opening = openStrategyOfKind(
    kind,
    parameters,
    gate === null ? null : gateOfBook(gate, book, books[book]?.length ?? 2),
  );
  if (opening.kind === "valid") return opening.open;
  const issues = opening.issues.map(({ field, message }) => `${field}: ${message}`);
  throw new InvalidInputError("out-of-range", issues.join("; "));
}

/**
 * The gate of a book.
 *
 * @param instruments of the book: a pair is one position, of others each instrument is one
 */
export function gateOfBook(
  { model, settings, isRefitted, spread, training, seed, groups }: GateInput,
  book: number,
  instruments: number,
): ReturnType<typeof modelGate> {
  const positions = model.spreads[0] === null ? instruments : 1;
  return modelGate(
    model,
    settings,
    isRefitted
      ? { kind: "refitted", spread, how: training, seed }
      : { kind: "frozen", groups: groups[book] ?? [] },
    positions,
  );
}

/** Fits every book on the formation bars of a market, and looks at no other bar. */
export function fitBooks(
  input: Pick<StrategyInput, "kind" | "parameters" | "books" | "gate">,
  bars: MarketBars,
  { formationFrom, formationTo }: RunPlaces,
): readonly FittedBook[] {
  const formation = marketBarsBetween(bars, formationFrom, formationTo);
  return input.books.map((instruments, book) => {
    const strategy = openStrategyOf(input, book);
    const columns = instruments.flatMap((place) => formation.instruments[place] ?? []);
    const outcome = strategy.start(
      { openTimeMs: formation.openTimeMs, instruments: columns },
      instruments.length,
    );
    if (outcome.kind === "refused") {
      return { instruments, strategy, outcome: { kind: "refused", message: outcome.message } };
    }
    const { learned, snapshot } = outcome.fit;
    return { instruments, strategy, outcome: { kind: "fitted", learned, snapshot: snapshot() } };
  });
}

/** Books as the engine trades them: those that learned something, in their order. */
export function tradedBooks(
  fitted: readonly FittedBook[],
  options: {
    readonly sizing: PositionSizing;
    readonly protection: ProtectionRule | null;
    /** The first bar that a strategy sees. */
    readonly fromBar: number;
    /** Whether that bar is to be a gap, as the first of a delayed feed is. */
    readonly beginsWithGap: boolean;
  },
): readonly Book[] {
  const { sizing, protection, fromBar, beginsWithGap } = options;
  return fitted.flatMap(({ instruments, strategy, outcome }): Book[] => {
    if (outcome.kind === "refused") return [];
    const resume = (snapshot: string | null): ResumableStep => {
      const run = strategy.resume(snapshot ?? outcome.snapshot);
      return { step: stepFrom(run.step, fromBar, beginsWithGap), snapshot: run.snapshot };
    };
    const names = figureNames(strategy.figures);
    const start = (): ResumableStep["step"] => resume(null).step;
    return [{ instruments, sizing, protection, figureNames: names, start, resume }];
  });
}

/** Names of the figures, the leading one first: the z-score where there is one. */
export function figureNames(figures: Readonly<Record<string, StrategyFigure>>): string[] {
  const names = Object.keys(figures);
  const leading = names.find((name) => figures[name]?.axis === "z-score");
  return leading === undefined ? names : [leading, ...names.filter((name) => name !== leading)];
}

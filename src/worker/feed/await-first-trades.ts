import type { VenueTrade } from "../venues/agg-trade.ts";
import type { BackOff } from "../venues/back-off.ts";
import { type FirstTrades, startAtTrade } from "./first-trades.ts";

/** How the beginning of a symbol is waited for. Times in ms. */
export type FirstTradesWait = {
  /** The way to the present by REST; null when the venue has no trade of the symbol. */
  readonly ask: (signal: AbortSignal) => Promise<FirstTrades | null>;
  /** One attempt may take so long, and so long it is tried before the stream alone has to do. */
  readonly askMsMax: number;
  /** The first trade that came over the stream. */
  readonly arrived: () => VenueTrade | null;
  /** Aborted when it has come. */
  readonly arrival: AbortSignal;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  readonly backOff: BackOff;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly nowMs: () => number;
  readonly onDelayed: (error: unknown) => void;
};

/**
 * Asks for the first trades of a symbol until there are any, less and less often: a symbol may be listed for days
 * before it trades, and the weight that is spent on it is taken from the others. Its first trade ends the wait.
 *
 * @throws {Error} the signal's reason
 */
export async function awaitFirstTrades(options: FirstTradesWait): Promise<FirstTrades> {
  const { signal, arrival, backOff } = options;
  const startedAt = options.nowMs();
  for (;;) {
    try {
      const first = await options.ask(
        AbortSignal.any([signal, AbortSignal.timeout(options.askMsMax)]),
      );
      if (first !== null) return first;
    } catch (error) {
      signal.throwIfAborted();
      options.onDelayed(error);
    }
    const trade = options.arrived();
    if (trade !== null && options.nowMs() - startedAt > options.askMsMax) {
      return startAtTrade(trade);
    }
    if (trade !== null) await options.wait(backOff.next(), signal);
    else await untilArrival();
  }

  async function untilArrival(): Promise<void> {
    try {
      await options.wait(backOff.next(), AbortSignal.any([signal, arrival]));
    } catch {
      signal.throwIfAborted();
      backOff.reset();
    }
  }
}

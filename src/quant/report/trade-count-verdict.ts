import { TRADES_MIN } from "../backtest/backtest-warning.ts";
import { sampleStandardDeviation } from "../performance/sample-standard-deviation.ts";
import { mean } from "../stats/mean.ts";

/**
 * Whether the trades of a run can say anything. "too-few": fewer than 30. "undecided": the average trade
 * is within 1.96 standard errors of 0. "decided": it is not, to either side. `tradesNeeded` is how many
 * trades like these it takes to decide, null where no number does or the trades do not vary.
 */
export type TradeCountVerdict = {
  readonly kind: "too-few" | "undecided" | "decided";
  readonly trades: number;
  readonly tradesMin: number;
  /** Mean over its standard error; null below 2 trades and for trades that are all the same. */
  readonly tStatistic: number | null;
  readonly tradesNeeded: number | null;
  /** The verdict in words. */
  readonly message: string;
  /** The rule in words. */
  readonly rule: string;
};

/** Two-sided 95 % of a normal law, which the mean of 30 trades is close to. */
const CRITICAL_T = 1.959963984540054;

const RULE =
  `Fewer than ${TRADES_MIN} trades are not judged. From there on the average profit of a trade is ` +
  "compared with 1.96 of its standard errors, as if trades were independent of each other.";

/**
 * Trade count verdict: are there enough trades to judge a strategy by them?
 *
 * t = mean / (std / √n), ddof 1; needed trades are n (1.96 / t)², and no fewer than 30.
 *
 * @param netPnls profit of each trade, after costs
 * @returns see TradeCountVerdict
 *
 * Cost: O(n).
 */
export function tradeCountVerdict(netPnls: Float64Array): TradeCountVerdict {
  const trades = netPnls.length;
  const deviation = sampleStandardDeviation(netPnls) ?? 0;
  const tStatistic = deviation === 0 ? null : mean(netPnls) / (deviation / Math.sqrt(trades));
  const isDecided = tStatistic !== null && Math.abs(tStatistic) > CRITICAL_T;
  const kind = trades < TRADES_MIN ? "too-few" : isDecided ? "decided" : "undecided";
  return {
    kind,
    trades,
    tradesMin: TRADES_MIN,
    tStatistic,
    tradesNeeded: tStatistic === null || tStatistic === 0 ? null : neededTrades(trades, tStatistic),
    message: messageOf(kind, trades, tStatistic),
    rule: RULE,
  };
}

function neededTrades(trades: number, tStatistic: number): number | null {
  const needed = Math.ceil(trades * (CRITICAL_T / tStatistic) ** 2);
  return Number.isFinite(needed) ? Math.max(TRADES_MIN, needed) : null;
}

function messageOf(
  kind: TradeCountVerdict["kind"],
  trades: number,
  tStatistic: number | null,
): string {
  const count = trades === 1 ? "1 trade" : `${trades} trades`;
  switch (kind) {
    case "too-few":
      return `${count}: not enough to judge.`;
    case "undecided":
      return `${count}: the average trade cannot be told from zero.`;
    case "decided":
      return `${count}: the average trade ${(tStatistic ?? 0) > 0 ? "made" : "lost"} more than chance explains.`;
  }
}

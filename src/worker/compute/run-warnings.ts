import { utcMinute } from "#contracts/utc-minute.ts";
import { TRADES_MIN } from "#quant/backtest/backtest-warning.ts";
import type { RefusalReason } from "#quant/backtest/portfolio-rules.ts";
import type { RunToMeasure } from "./measured-run.ts";

/** Why entries were not made, in words. */
const REFUSAL_WORDS: Record<RefusalReason, string> = {
  "no-price": "an instrument had no price yet",
  "no-volatility": "the volatility that sets the size was not known yet",
  delisted: "an instrument had ended",
  "still-leaving": "the position before was not closed yet",
  "below-lot": "the money was too little for the smallest lot of the venue",
  "pairs-max": "as many pairs as allowed were held",
  "gross-exposure": "the exposure would have been more than allowed",
  "initial-margin": "the equity was too little for the initial margin",
  "no-equity": "there was no equity left",
};

/** Entries that were asked for and not made, by reason, the most frequent first. */
export function refusalCounts({ reported }: RunToMeasure): { reason: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { reason } of reported.run.refusals) {
    const words = REFUSAL_WORDS[reason];
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count);
}

/** What a reader must know before believing a run, in a fixed order; none when nothing is to be said. */
export function runWarnings(run: RunToMeasure): string[] {
  const { reported, books, symbols } = run;
  const { trades, isRuined, liquidations } = reported.run;
  const warnings: string[] = [];
  for (const { instruments, refusal } of books) {
    if (refusal !== null) {
      warnings.push(`${namesOf(instruments, symbols)} is not traded: ${refusal}.`);
    }
  }
  if (trades.some(({ hedgeRatio }) => hedgeRatio !== null && hedgeRatio <= 0)) {
    warnings.push("The hedge ratio is not positive: both legs are held on the same side.");
  }
  if (isFilledAtClose(run)) {
    warnings.push(
      "An instrument has closes only: its orders are filled at the next close, not at the next open.",
    );
  }
  warnings.push(...gapWarnings(run), ...refusalWarnings(run));
  if (liquidations > 0) {
    warnings.push(
      `${counted(liquidations, "time")} equity fell below the maintenance margin and everything was liquidated.`,
    );
  }
  if (trades.length < TRADES_MIN) {
    warnings.push(
      `${trades.length === 1 ? "1 trade is" : `${trades.length} trades are`} too few to tell skill from luck.`,
    );
  }
  if (isRuined) warnings.push("Equity fell to zero or below: trading stopped there.");
  return warnings;
}

/** Whether any traded instrument has no opens. */
export function isFilledAtClose({ reported, books }: RunToMeasure): boolean {
  return books.some(
    ({ instruments, refusal }) =>
      refusal === null &&
      instruments.some((place) => reported.bars.instruments[place]?.isCloseOnly === true),
  );
}

function gapWarnings(run: RunToMeasure): string[] {
  const { reported, books, symbols } = run;
  const { bars, tradingStartBar } = reported;
  const warnings: string[] = [];
  const isGap = (place: number, bar: number): boolean =>
    Number.isNaN(bars.instruments[place]?.close[bar] ?? Number.NaN);
  let alone = 0;
  for (const { instruments } of books) {
    if (instruments.length < 2) continue;
    for (let bar = tradingStartBar; bar < bars.openTimeMs.length; bar++) {
      const gaps = instruments.filter((place) => isGap(place, bar)).length;
      if (gaps > 0 && gaps < instruments.length) alone++;
    }
  }
  if (alone > 0) {
    warnings.push(
      `${alone === 1 ? "On 1 bar" : `On ${alone} bars`} one instrument has a price and another of its group has none: the missing one is no signal, its orders wait for its next bar, and it is valued at its last close.`,
    );
  }
  const inTrades = gapsInTrades(run);
  if (inTrades > 0) {
    warnings.push(
      `${counted(inTrades, "trade")} held an instrument over a gap: it could not be left before its next bar.`,
    );
  }
  for (const [place, { delistedFromBar }] of bars.instruments.entries()) {
    if (delistedFromBar === null) continue;
    const held = reported.run.trades.some(
      ({ exitReason, legs }) =>
        exitReason === "delisted" && legs.some(({ instrument }) => instrument === place),
    );
    const after = held
      ? "what was held of it was settled at its last close"
      : "nothing of it was held then";
    const lastMs = bars.openTimeMs[delistedFromBar - 1] ?? 0;
    warnings.push(
      `${symbols[place]} has no bars after ${utcMinute(lastMs)}, before the trading period ends: ${after}.`,
    );
  }
  return warnings;
}

function gapsInTrades({ reported }: RunToMeasure): number {
  const { bars, run } = reported;
  return run.trades.filter(({ legs, entryFillBar, exitFillBar }) =>
    legs.some(({ instrument }) => {
      const close = bars.instruments[instrument]?.close;
      return close?.subarray(entryFillBar + 1, exitFillBar).some(Number.isNaN) ?? false;
    }),
  ).length;
}

function refusalWarnings(run: RunToMeasure): string[] {
  return refusalCounts(run).map(
    ({ reason, count }) =>
      `${count === 1 ? "1 entry was" : `${count} entries were`} not made because ${reason}.`,
  );
}

function namesOf(instruments: readonly number[], symbols: readonly string[]): string {
  return instruments.map((place) => symbols[place]).join(" / ");
}

function counted(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}

import type { Listing } from "../exchange.ts";
import type { Kline } from "../market/kline.ts";
import type { TradeColumns } from "../market/trade-columns.ts";

/** Turns UTC ms into the unit that a connection asked for. */
export type TimeUnit = "ms" | "us";

export function timeIn(unit: TimeUnit, timeMs: number): number {
  return unit === "ms" ? timeMs : timeMs * 1000;
}

/** Events of the stream `<symbol>@aggTrade`. Field order and spelling are the venue's. */
export function aggTradeTexts(
  { plan, tape, text }: Listing,
  trades: TradeColumns,
  unit: TimeUnit,
  saidMs: number,
): string[] {
  const isSpot = plan.market === "spot";
  const head = `{"e":"aggTrade","E":${timeIn(unit, saidMs)},`;
  const texts: string[] = [];
  let first = tape.rawFirst(trades.firstId);
  for (let i = 0; i < trades.count; i++) {
    const id = trades.firstId + i;
    const next = tape.rawLast(id) + 1;
    const price = text.price(trades.priceTicks[i] ?? 0);
    const quantity = text.quantity(trades.lots[i] ?? 0);
    const time = timeIn(unit, trades.timeMs[i] ?? 0);
    const isSell = trades.isSell[i] === 1;
    texts.push(
      isSpot
        ? `${head}"s":"${plan.symbol}","a":${id},"p":"${price}","q":"${quantity}","f":${first},"l":${next - 1},"T":${time},"m":${isSell},"M":true}`
        : `${head}"a":${id},"s":"${plan.symbol}","p":"${price}","q":"${quantity}","nq":"${quantity}","f":${first},"l":${next - 1},"T":${time},"m":${isSell},"st":1}`,
    );
    first = next;
  }
  return texts;
}

/** The `k` object of a kline event. */
export function klineText(
  { plan, text }: Listing,
  label: string,
  kline: Kline,
  isClosed: boolean,
  unit: TimeUnit,
): string {
  const { bar } = kline;
  const closeTime = timeIn(unit, kline.closeMs) + (unit === "us" ? 999 : 0);
  return (
    `{"t":${timeIn(unit, kline.openMs)},"T":${closeTime},"s":"${plan.symbol}","i":"${label}",` +
    `"f":${kline.rawFirst},"L":${kline.rawLast},"o":"${text.price(bar.open)}","c":"${text.price(bar.close)}",` +
    `"h":"${text.price(bar.high)}","l":"${text.price(bar.low)}","v":"${text.quantity(bar.lots)}",` +
    `"n":${kline.rawCount},"x":${isClosed},"q":"${text.quote(bar.quote)}",` +
    `"V":"${text.quantity(bar.takerLots)}","Q":"${text.quote(bar.takerQuote)}","B":"0"}`
  );
}

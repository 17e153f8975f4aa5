import type { ReportResult } from "#contracts/report-view.ts";

export type ShownBook = {
  readonly place: number;
  /** Places of the instruments whose prices are drawn. */
  readonly instruments: readonly number[];
};

type Report = Pick<ReportResult, "books" | "trades">;

/** More price panes than these two fit on no screen. */
const PRICES_MAX = 2;

/**
 * Which book, and which of its instruments, the charts show: what the address says, else those of the
 * opened trade, else the first that traded.
 */
export function shownBook(
  report: Report,
  asked: { book: string | null; instrument: string | null; trade: string | null },
): ShownBook {
  const trade = asked.trade === null ? undefined : report.trades[Number(asked.trade) - 1];
  const place = placeOf(asked.book, report.books.length) ?? trade?.book ?? firstTraded(report);
  const all = report.books[place]?.instruments ?? [];
  if (all.length <= PRICES_MAX) return { place, instruments: all };
  const wanted = Number(asked.instrument ?? Number.NaN);
  if (all.includes(wanted)) return { place, instruments: [wanted] };
  const traded = (trade ?? report.trades.find((one) => one.book === place))?.legs[0]?.instrument;
  return { place, instruments: [traded ?? all[0] ?? 0] };
}

function placeOf(text: string | null, count: number): number | null {
  if (text === null || !/^\d{1,4}$/.test(text)) return null;
  const place = Number(text);
  return place < count ? place : null;
}

function firstTraded({ books, trades }: Report): number {
  const traded = trades[0]?.book;
  if (traded !== undefined && traded < books.length) return traded;
  return Math.max(
    0,
    books.findIndex(({ refusal }) => refusal === null),
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import type { ModelCard } from "#contracts/model.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import type { BookIds } from "./chosen-books.ts";

/** Names of books, and the instruments that have bars as the model reads them; none while they are read. */
export function useBookNames(card: Pick<ModelCard, "books" | "intervalMs">): {
  nameOf: (book: BookIds) => string;
  priced: readonly SeriesCoverage[];
  isRead: boolean;
} {
  const trpc = useTRPC();
  const { data: series } = useQuery(trpc.instruments.list.queryOptions({}));
  const legs = card.books.flat();
  const symbolOf = (id: number) =>
    series?.find(({ instrumentId }) => instrumentId === id)?.symbol ??
    legs.find(({ instrumentId }) => instrumentId === id)?.symbol ??
    `#${id}`;
  return {
    nameOf: (book) => book.map(symbolOf).join(" / "),
    priced: (series ?? []).filter(({ intervalMs }) => intervalMs === card.intervalMs),
    isRead: series !== undefined,
  };
}

"use client";

import type { TableSort, TableView } from "#ui/data-table-column.ts";
import { useUrlState } from "./discover/use-url-state.ts";

/** Order and filter of a page's table, in its address: `sort=bars` or `sort=-bars`, and `filter`. */
export function useTableView(defaultSort: TableSort | null): {
  state: TableView;
  onStateChange: (view: TableView) => void;
} {
  const { params, set } = useUrlState();
  return {
    state: {
      sort: parseSort(params.get("sort")) ?? defaultSort,
      filter: params.get("filter") ?? "",
    },
    onStateChange: ({ sort, filter }) => set({ sort: sortText(sort), filter }),
  };
}

export function parseSort(text: string | null): TableSort | null {
  if (text === null || text === "" || text === "-") return null;
  return text.startsWith("-") ? { id: text.slice(1), desc: true } : { id: text, desc: false };
}

export function sortText(sort: TableSort | null): string | null {
  return sort === null ? null : `${sort.desc ? "-" : ""}${sort.id}`;
}

import { bookSymbols } from "#contracts/book-symbols.ts";
import type { RunGroup } from "#contracts/learning-run.ts";

/** What the pairs or instruments of a group of rows are called, in their order. */
export function bookLabels({ books }: Pick<RunGroup, "books">): readonly string[] {
  return bookSymbols(books).map((legs) => legs.join(" / "));
}

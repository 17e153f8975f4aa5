import { formatInteger } from "#ui/format.ts";
import type { PairValues } from "./dataset-form-values.ts";

/** As many pairs or instruments as the contract takes. */
export const BOOKS_MAX = 100;

/** Which two instruments a pair is of, whichever is leg Y. */
export function pairKey({ y, x }: PairValues): string {
  return [y, x].toSorted().join(" ");
}

/** Every pair of some instruments once, the earlier one as leg Y. */
function allPairs(ids: readonly number[]): PairValues[] {
  return ids.flatMap((y, place) =>
    ids.slice(place + 1).map((x) => ({ y: String(y), x: String(x) })),
  );
}

/** What of a universe would be added to what is chosen. */
export type Addition<Book> = {
  /** In the order offered, as many as there is room for; of what is refused none. */
  readonly added: readonly Book[];
  /** What of the offer is not chosen already. */
  readonly offered: number;
  /** Why nothing can be added, as a sentence; null where something can. */
  readonly refusal: string | null;
};

type Offer<Book> = {
  /** "pair", "instrument" */
  readonly noun: string;
  readonly books: readonly Book[];
  readonly chosen: readonly Book[];
  readonly keyOf: (book: Book) => string | number;
  /** Whether the first ones are taken where there is no room for all; else they are refused. */
  readonly isRanked: boolean;
};

/** What can be added of an offer, within the bound of a dataset. */
export function additionOf<Book>(offer: Offer<Book>): Addition<Book> {
  const { noun, books, chosen, keyOf, isRanked } = offer;
  const known = new Set(chosen.map(keyOf));
  const fresh = books.filter((book) => !known.has(keyOf(book)));
  const room = BOOKS_MAX - known.size;
  const counts = { offered: fresh.length, known: books.length - fresh.length, room };
  const refusal = refusalOf(noun, isRanked && room > 0 ? { ...counts, room: Infinity } : counts);
  return { added: refusal === null ? fresh.slice(0, room) : [], offered: fresh.length, refusal };
}

/** As additionOf, of every pair of some instruments; they are made only where there is room for them. */
export function additionOfPairs(
  ids: readonly number[],
  chosen: readonly PairValues[],
): Addition<PairValues> {
  const inside = new Set(ids.map(String));
  const keys = new Set(chosen.map(pairKey));
  const known = new Set(chosen.filter(({ y, x }) => inside.has(y) && inside.has(x)).map(pairKey))
    .size;
  const offered = (ids.length * (ids.length - 1)) / 2 - known;
  const refusal = refusalOf("pair", { offered, known, room: BOOKS_MAX - keys.size });
  const added = refusal === null ? allPairs(ids).filter((pair) => !keys.has(pairKey(pair))) : [];
  return { added, offered, refusal };
}

function refusalOf(
  noun: string,
  { offered, known, room }: { offered: number; known: number; room: number },
): string | null {
  if (offered === 0) {
    return known === 0 ? `There is no ${noun} to add.` : `Every ${noun} of it is chosen already.`;
  }
  if (offered <= room) return null;
  const taken = room === BOOKS_MAX ? "" : `, and ${BOOKS_MAX - room} are chosen already`;
  return `${countOf(offered, noun)}: a dataset takes ${BOOKS_MAX}${taken}.`;
}

/**
 * What adds the pairs that a scan found: "Add 20 pairs", "Add the other 18", "Add the 60 most significant".
 *
 * @param counts `known`: of those that were found, chosen already; `left`: neither known nor added
 */
export function foundVerb(counts: { added: number; known: number; left: number }): string {
  const { added, known, left } = counts;
  if (left > 0) {
    return `Add the ${formatInteger(added)} most significant${known > 0 ? " others" : ""}`;
  }
  return known > 0 ? `Add the other ${formatInteger(added)}` : `Add ${countOf(added, "pair")}`;
}

/** "1 pair", "1,225 pairs" */
export function countOf(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${formatInteger(count)} ${noun}s`;
}

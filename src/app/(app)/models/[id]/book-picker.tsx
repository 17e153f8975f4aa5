"use client";

import { X } from "lucide-react";
import { useState } from "react";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { isSynthetic, venueName } from "#contracts/venue.ts";
import { Button } from "#ui/button.tsx";
import { SearchSelect } from "#ui/search-select.tsx";
import { type BookIds, bookKey, CHOSEN_BOOKS_MAX, withoutDoubles } from "./chosen-books.ts";

type Props = {
  books: readonly BookIds[];
  /** 2 of a model of pairs, 1 of one of instruments. */
  legCount: number;
  priced: readonly SeriesCoverage[];
  nameOf: (book: BookIds) => string;
  /** null: those of the model itself. */
  onChange: (books: readonly BookIds[] | null) => void;
  isOwn: boolean;
};

/** Which pairs or instruments the model is asked about: its own, less some, and others. */
export function BookPicker({ books, legCount, priced, nameOf, onChange, isOwn }: Props) {
  return (
    <div className="flex flex-col gap-3 border-b border-line p-4">
      <ul aria-label="Asked about" className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto">
        {books.map((book) => (
          <li
            key={bookKey(book)}
            className="inline-flex items-center gap-1 rounded bg-surface-2 pl-2 text-[13px]"
          >
            {nameOf(book)}
            <Button
              size="sm"
              variant="quiet"
              className="px-1.5"
              aria-label={`Leave out ${nameOf(book)}`}
              disabled={books.length === 1}
              onClick={() => onChange(books.filter((other) => other !== book))}
            >
              <X aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      <AddBook
        legCount={legCount}
        priced={priced}
        isFull={books.length >= CHOSEN_BOOKS_MAX}
        onAdd={(book) => onChange(withoutDoubles([...books, book]))}
      />
      {isOwn ? null : (
        <p>
          <Button size="sm" variant="quiet" onClick={() => onChange(null)}>
            Only those that it learned from
          </Button>
        </p>
      )}
    </div>
  );
}

const LEG_LABELS: Readonly<Record<number, readonly string[]>> = {
  1: ["Another instrument"],
  2: ["Another pair: leg Y", "Leg X"],
};

function AddBook(props: {
  legCount: number;
  priced: readonly SeriesCoverage[];
  isFull: boolean;
  onAdd: (book: BookIds) => void;
}) {
  const labels = LEG_LABELS[props.legCount] ?? [];
  const [legs, setLegs] = useState<readonly string[]>(labels.map(() => ""));
  const options = props.priced.map(({ instrumentId, symbol, venue, name }) => ({
    value: String(instrumentId),
    label: symbol,
    hint: isSynthetic(venue) ? venueName(venue) : name === "" ? undefined : name,
  }));
  const isSame = legs.length === 2 && legs[0] !== "" && legs[0] === legs[1];
  const isReady = !isSame && !props.isFull && legs.every((leg) => leg !== "");
  return (
    <div className="flex flex-wrap items-end gap-3">
      {labels.map((label, place) => (
        <SearchSelect
          key={label}
          label={label}
          className="w-full sm:w-56"
          placeholder="Type to search"
          options={options}
          value={legs[place] ?? ""}
          error={isSame && place === 1 ? "Choose two different instruments" : undefined}
          onChange={(value) => setLegs(legs.with(place, value))}
        />
      ))}
      <Button
        disabled={!isReady}
        onClick={() => {
          props.onAdd(legs.map(Number));
          setLegs(labels.map(() => ""));
        }}
      >
        Add
      </Button>
      {props.isFull ? (
        <p className="text-[13px] text-muted">At most {CHOSEN_BOOKS_MAX} at once.</p>
      ) : null}
    </div>
  );
}

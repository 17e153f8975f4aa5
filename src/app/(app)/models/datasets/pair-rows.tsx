"use client";

import { useWatch } from "react-hook-form";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { isSynthetic, venueName } from "#contracts/venue.ts";
import { Button } from "#ui/button.tsx";
import { formatSpanUtc } from "#ui/format.ts";
import { SearchSelect } from "#ui/search-select.tsx";
import { commonSpan } from "../../discover/data-span.ts";
import { useDatasetForm } from "./dataset-form-context.tsx";
import type { PairValues } from "./dataset-form-values.ts";
import { BOOKS_MAX } from "./universe-books.ts";

type Props = { priced: readonly SeriesCoverage[]; onChange: () => void };

export function PairRows({ priced, onChange }: Props) {
  const { form, problemOf } = useDatasetForm();
  const pairs = useWatch({ control: form.control, name: "config.pairs" });
  const problem = problemOf("config.pairs");
  const set = (next: PairValues[]) => {
    form.setValue("config.pairs", next, { shouldDirty: true });
    onChange();
  };
  return (
    <div className="flex flex-col gap-4">
      {problem === undefined ? null : (
        <p id="config.pairs" role="alert" className="text-[13px] text-bad">
          {problem}
        </p>
      )}
      <ol className="flex flex-col gap-4">
        {pairs.map((pair, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a pair is what its row holds; nothing else tells it
          <li key={place}>
            <PairRow
              pair={pair}
              place={place}
              isOnly={pairs.length === 1}
              priced={priced}
              onChange={(next) => set(pairs.with(place, next))}
              onRemove={() => set(pairs.filter((_, at) => at !== place))}
            />
          </li>
        ))}
      </ol>
      <div>
        <Button
          size="sm"
          disabled={pairs.length >= BOOKS_MAX}
          onClick={() => set([...pairs, { y: "", x: "" }])}
        >
          Add a pair
        </Button>
      </div>
    </div>
  );
}

function PairRow(props: {
  pair: PairValues;
  place: number;
  isOnly: boolean;
  priced: readonly SeriesCoverage[];
  onChange: (pair: PairValues) => void;
  onRemove: () => void;
}) {
  const { pair, place, isOnly, priced, onChange, onRemove } = props;
  const { problemOf } = useDatasetForm();
  const path = `config.pairs.${place}`;
  const problem = problemOf(path);
  const legs = priced.filter(({ instrumentId }) => [pair.y, pair.x].includes(String(instrumentId)));
  const span = legs.length === 2 ? commonSpan(legs, legs[0]?.intervalMs ?? 0) : null;
  const options = priced.map(({ instrumentId, symbol, venue, name }) => ({
    value: String(instrumentId),
    label: symbol,
    hint: isSynthetic(venue) ? venueName(venue) : name === "" ? undefined : name,
  }));
  return (
    <fieldset id={path} className="flex flex-col gap-1">
      <legend className={isOnly ? "sr-only" : "mb-1 text-[13px] font-medium text-muted"}>
        Pair {place + 1}
      </legend>
      <div
        className={`grid items-start gap-3 ${isOnly ? "sm:grid-cols-2" : "sm:grid-cols-[1fr_1fr_auto]"}`}
      >
        {(["y", "x"] as const).map((leg) => (
          <SearchSelect
            key={leg}
            id={`${path}.${leg}`}
            label={leg === "y" ? "Leg Y" : "Leg X"}
            placeholder={priced.length === 0 ? "Choose an interval first" : "Type to search"}
            options={options}
            value={pair[leg]}
            onChange={(id) => onChange({ ...pair, [leg]: id })}
            error={problemOf(`${path}.${leg}`)}
          />
        ))}
        {isOnly ? null : (
          <Button
            size="sm"
            variant="quiet"
            className="sm:mt-7"
            aria-label={`Remove pair ${place + 1}`}
            onClick={onRemove}
          >
            Remove
          </Button>
        )}
      </div>
      {problem === undefined ? null : (
        <p role="alert" className="text-[13px] text-bad">
          {problem}
        </p>
      )}
      {span === null ? null : (
        <p className="text-[13px] text-muted">Both have bars {formatSpanUtc(span)} UTC.</p>
      )}
    </fieldset>
  );
}

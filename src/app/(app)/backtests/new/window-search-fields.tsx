"use client";

import { Objective } from "#contracts/objective.ts";
import type { StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { Button } from "#ui/button.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { TextField } from "#ui/text-field.tsx";
import { OBJECTIVE_HELP, OBJECTIVE_LABELS } from "../../optimisations/optimisation-words.ts";
import {
  searchableParameters,
  VARIED_MAX,
  type VariedParameter,
  type WindowSearch,
} from "./window-search.ts";

type Props = {
  search: WindowSearch;
  onChange: (search: WindowSearch) => void;
  problems: Readonly<Record<string, string>>;
  /** Of the strategies that run; null while none is chosen. */
  strategyKind: StrategyKind | null;
  /** Why windows cannot choose; null: they can. */
  obstacle: string | null;
};

const OBJECTIVES = Objective.options.map((value) => ({ value, label: OBJECTIVE_LABELS[value] }));

/** Which parameters each window chooses for itself, on its own formation bars. */
export function WindowSearchFields({ search, onChange, problems, strategyKind, obstacle }: Props) {
  const { varied, objective } = search;
  const options =
    strategyKind === null
      ? []
      : searchableParameters(strategyKind).map(({ name, label }) => ({ value: name, label }));
  const change = (place: number, changes: Partial<VariedParameter>) =>
    onChange({
      ...search,
      varied: varied.map((one, index) => (index === place ? { ...one, ...changes } : one)),
    });
  const remove = (place: number) =>
    onChange({ ...search, varied: varied.filter((_, index) => index !== place) });
  return (
    <fieldset className="flex flex-col gap-3 border-t border-line pt-4">
      <legend className="sr-only">Parameters chosen in each window</legend>
      <p className="text-sm text-muted">
        {varied.length === 0
          ? `Every window trades with the parameters of the strategy.${obstacle === null ? "" : ` ${obstacle}.`}`
          : "Every combination is tried on the formation bars of each window, and the best one trades what comes after. All of them count as trials."}
      </p>
      {varied.map(({ name, values }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells rows apart, a name may be empty
        <div key={place} className="grid items-start gap-4 sm:grid-cols-[1fr_2fr_auto]">
          <SelectField
            label="Parameter"
            placeholder="Choose one"
            options={options}
            value={name}
            onChange={(event) => change(place, { name: event.target.value })}
          />
          <TextField
            label="Values to try"
            autoComplete="off"
            help="One by one, or from and to: 1, 1.5, 2 or 1 to 3 by 0.5."
            error={problems[`varied.${place}`]}
            value={values}
            onChange={(event) => change(place, { values: event.target.value })}
          />
          <Button
            variant="quiet"
            className="sm:mt-6"
            aria-label={`Remove parameter ${place + 1}`}
            onClick={() => remove(place)}
          >
            Remove
          </Button>
        </div>
      ))}
      {varied.length === 0 ? null : (
        <SelectField
          label="The best has the largest"
          help={OBJECTIVE_HELP[objective]}
          className="max-w-96"
          options={OBJECTIVES}
          value={objective}
          onChange={(event) =>
            onChange({ ...search, objective: Objective.parse(event.target.value) })
          }
        />
      )}
      {problems["search"] === undefined ? null : (
        <p role="alert" className="text-[13px] text-bad">
          {problems["search"]}
        </p>
      )}
      {varied.length < VARIED_MAX ? (
        <div>
          <Button
            size="sm"
            disabled={strategyKind === null || obstacle !== null}
            onClick={() => onChange({ ...search, varied: [...varied, { name: "", values: "" }] })}
          >
            {varied.length === 0 ? "Choose parameters in each window" : "Add a parameter"}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

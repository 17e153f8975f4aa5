"use client";

import type { UniverseView } from "#contracts/universe.ts";
import { NumberField } from "#ui/number-field.tsx";
import { SelectField } from "#ui/select-field.tsx";
import type { WalkForwardValues } from "./walk-forward-values.ts";

type Props = {
  values: WalkForwardValues;
  onChange: (values: WalkForwardValues) => void;
  problems: Readonly<Record<string, string>>;
  universes: readonly UniverseView[];
  /** Pairs are looked for only where a strategy trades pairs. */
  canScan: boolean;
};

type NumberName = Exclude<keyof WalkForwardValues, "window" | "selection" | "universeId">;

/** How a walk-forward learns, trades and goes on. */
export function WalkForwardFields({ values, onChange, problems, universes, canScan }: Props) {
  const number = (name: NumberName) => ({
    value: values[name],
    error: problems[name],
    onChange: (event: { target: { value: string } }) =>
      onChange({ ...values, [name]: event.target.value }),
  });
  return (
    <div className="flex flex-col gap-4">
      <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <NumberField
          label="Learn on"
          unit="bars"
          help="Formation bars before each trading period."
          {...number("formationBars")}
        />
        <NumberField
          label="Trade"
          unit="bars"
          help="Then goes on by as many."
          {...number("tradingBars")}
        />
        <SelectField
          label="Formation"
          help="Rolling forgets old bars; anchored keeps all from the first on."
          options={[
            { value: "rolling", label: "Rolling" },
            { value: "anchored", label: "Anchored to the first bar" },
          ]}
          value={values.window}
          onChange={(event) =>
            onChange({
              ...values,
              window: event.target.value === "anchored" ? "anchored" : "rolling",
            })
          }
        />
        <NumberField
          label="Purge"
          unit="bars"
          help="Left out at the end of the formation period."
          {...number("purgeBars")}
        />
        <NumberField
          label="Embargo"
          unit="bars"
          help="Left out between learning and trading."
          {...number("embargoBars")}
        />
        <SelectField
          label="Instruments"
          help={
            canScan
              ? "Looking anew in each window tests the whole way of working, selection included."
              : "Only strategies of pairs can look for pairs anew."
          }
          options={[
            { value: "fixed", label: "Those of the strategy" },
            { value: "scan", label: "Look for pairs in each window", disabled: !canScan },
          ]}
          value={values.selection}
          onChange={(event) =>
            onChange({ ...values, selection: event.target.value === "scan" ? "scan" : "fixed" })
          }
        />
      </div>
      {values.selection === "scan" ? (
        <div className="grid items-start gap-4 border-t border-line pt-4 sm:grid-cols-2 lg:grid-cols-4">
          <SelectField
            label="Universe"
            placeholder="Choose one"
            error={problems["universeId"]}
            options={universes.map(({ id, name, instruments }) => ({
              value: id,
              label: `${name} (${instruments.length})`,
            }))}
            value={values.universeId}
            onChange={(event) => onChange({ ...values, universeId: event.target.value })}
          />
          <NumberField
            label="False discovery rate"
            unit="%"
            help="Share of false pairs to expect among those found."
            {...number("falseDiscoveryRatePercent")}
          />
          <NumberField
            label="Half-life, at most"
            unit="bars"
            optional
            help="Slower pairs are left out."
            {...number("halfLifeMaxBars")}
          />
          <NumberField
            label="Pairs, at most"
            help="The best ones are traded."
            {...number("pairsMax")}
          />
        </div>
      ) : null}
    </div>
  );
}

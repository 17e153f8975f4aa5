"use client";

import { CheckboxField } from "#ui/checkbox-field.tsx";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { ClusteringFields } from "./clustering-fields.tsx";
import type { ScanFormState } from "./scan-form-values.ts";

/** Every option of a funnel, in the order of its stages. */
export function FunnelFields({ form }: { form: ScanFormState }) {
  return (
    <>
      <DataFields form={form} />
      <ClusteringFields form={form} />
      <CointegrationFields form={form} />
      <FilterFields form={form} />
    </>
  );
}

function DataFields({ form }: { form: ScanFormState }) {
  const quality = form.formState.errors.funnel?.quality;
  return (
    <Panel title="Data">
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          id="funnel.prices"
          label="Prices"
          help="Logarithms let the hedge ratio be one of money; levels let it be one of units."
          options={[
            { value: "log", label: "Logarithms" },
            { value: "level", label: "Levels" },
          ]}
          {...form.register("funnel.prices")}
        />
        <NumberField
          id="funnel.quality.missingShareMax"
          label="Missing bars, at most"
          help="Share of the common bars that an instrument may lack: 0.05 is one in twenty, 0 none."
          min={0}
          max={1}
          error={quality?.missingShareMax?.message}
          {...form.register("funnel.quality.missingShareMax")}
        />
        <NumberField
          id="funnel.quality.frozenShareMax"
          label="Frozen bars, at most"
          help="Share of its bars at which a price may stand still. A price that seldom moves looks mean-reverting."
          min={0}
          max={1}
          error={quality?.frozenShareMax?.message}
          {...form.register("funnel.quality.frozenShareMax")}
        />
      </div>
    </Panel>
  );
}

function CointegrationFields({ form }: { form: ScanFormState }) {
  const isNaive = form.watch("funnel.test.kind") === "naive";
  return (
    <Panel title="Cointegration">
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          id="funnel.test.kind"
          label="Test"
          help="Calibrated: Engle–Granger in both directions, one p-value that knows of both. Naive: ADF of the residual as if it had not been fitted, which passes about one in seven random pairs at 5 %."
          options={[
            { value: "calibrated", label: "Calibrated" },
            { value: "naive", label: "Naive" },
          ]}
          {...form.register("funnel.test.kind")}
        />
        {isNaive ? null : (
          <>
            <SelectField
              id="funnel.test.correction"
              label="Correction for many tests"
              help="At 5 %, Benjamini–Hochberg lets about 5 % of the finds be false: 3 to 4 % in our simulations with the check of random walks, 5 to 8 % without, because pairs share their legs. Benjamini–Yekutieli held 1 % under any dependence, and missed half of the slow pairs."
              options={[
                { value: "benjamini-hochberg", label: "Benjamini–Hochberg" },
                { value: "benjamini-yekutieli", label: "Benjamini–Yekutieli" },
                { value: "none", label: "None" },
              ]}
              {...form.register("funnel.test.correction")}
            />
            <CheckboxField
              id="funnel.test.requiresUnitRoots"
              label="Both legs must be random walks"
              help="A leg that comes back by itself makes any spread look cointegrated."
              {...form.register("funnel.test.requiresUnitRoots")}
            />
            <CheckboxField
              id="funnel.test.requiresJohansen"
              label="Johansen's test must agree"
              help="The trace test of no cointegration, with a restricted constant, at the same significance."
              {...form.register("funnel.test.requiresJohansen")}
            />
          </>
        )}
      </div>
    </Panel>
  );
}

const FILTERS = [
  {
    name: "hurstMax",
    label: "Hurst exponent, below",
    help: "Of the spread, by simplified R/S: below 0.5 it turns more than a random walk does.",
  },
  {
    name: "halfLifeBarsMax",
    label: "Half-life, below",
    unit: "bars",
    help: "Until half of a deviation is gone. Longer than you would hold is too long.",
  },
  {
    name: "meanCrossingsMin",
    label: "Mean crossings, more than",
    help: "How often the spread went through its mean in the window: chances to trade.",
  },
  {
    name: "correlationMin",
    label: "Correlation, at least",
    help: "Of returns. It is not cointegration, but uncorrelated legs hedge badly from bar to bar.",
  },
] as const;

function FilterFields({ form }: { form: ScanFormState }) {
  const errors = form.formState.errors.funnel?.filters;
  return (
    <Panel
      title="Filters"
      lead="An empty field decides nothing: the figure is stated all the same."
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {FILTERS.map(({ name, label, help, ...more }) => (
          <NumberField
            key={name}
            id={`funnel.filters.${name}`}
            label={label}
            unit={"unit" in more ? more.unit : undefined}
            help={help}
            optional
            error={errors?.[name]?.message}
            {...form.register(`funnel.filters.${name}`)}
          />
        ))}
      </div>
    </Panel>
  );
}

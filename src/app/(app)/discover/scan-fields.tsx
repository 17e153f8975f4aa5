"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import type { ScanConfig } from "#contracts/scan.ts";
import type { UniverseView } from "#contracts/universe.ts";
import { Button } from "#ui/button.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { formatInteger } from "#ui/format.ts";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { errorWords } from "../../error-words.ts";
import { formProblems } from "../strategies/form-problems.ts";
import { inputWords } from "../strategies/input-words.ts";
import { pairCount } from "./data-span.ts";
import { FormationFields } from "./formation-fields.tsx";
import { FunnelFields } from "./funnel-fields.tsx";
import { MethodFields } from "./method-fields.tsx";
import {
  type ScanFormState,
  type ScanFormValues,
  scanDefaults,
  scanFormOf,
  suggestedFormation,
} from "./scan-form-values.ts";
import { useFormDraft } from "./use-form-draft.ts";

const LABELS = {
  "formation.startMs": "Formation from",
  "formation.endMs": "Formation until",
  "lags.lags": "Number of lags",
  significance: "Significance",
  "funnel.quality.missingShareMax": "Missing bars",
  "funnel.quality.frozenShareMax": "Frozen bars",
  "funnel.clustering.components": "Components",
  "funnel.clustering.minSamples": "Neighbours",
  "funnel.clustering.epsMax": "Distance",
  "funnel.clustering.eps": "Distance",
  "funnel.clustering.xi": "Steepness",
  "funnel.filters.hurstMax": "Hurst exponent",
  "funnel.filters.halfLifeBarsMax": "Half-life",
  "funnel.filters.meanCrossingsMin": "Mean crossings",
  "funnel.filters.correlationMin": "Correlation",
};

export function ScanFields(props: {
  universes: readonly UniverseView[];
  /** The one that is chosen first. */
  universe: UniverseView;
  onStart: (config: ScanConfig) => Promise<void>;
}) {
  const { universes, onStart } = props;
  const form = useForm<ScanFormValues, unknown, ScanConfig>({
    resolver: zodResolver(scanFormOf(universes), { error: inputWords }),
    mode: "onChange",
    defaultValues: scanDefaults(props.universe),
  });
  const forgetDraft = useFormDraft(form, `scan-funnel-${props.universe.id}`);
  const { errors, isSubmitting, submitCount } = form.formState;
  const [universeId, method] = form.watch(["universeId", "method"]);
  const universe = universes.find(({ id }) => id === universeId) ?? props.universe;

  const start = form.handleSubmit(async (config) => {
    try {
      await onStart(config);
      forgetDraft();
    } catch (error) {
      const { field, message } = errorWords(error);
      form.setError(field === "formation.endMs" ? field : "root", { message });
    }
  });

  return (
    <form
      method="post"
      onSubmit={(event) => void start(event)}
      noValidate
      className="flex flex-col gap-6"
    >
      <FormErrors
        title="The scan could not be started"
        problems={submitCount > 0 ? formProblems(errors, LABELS) : []}
      />
      <Panel title="What to scan">
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            id="universeId"
            label="Universe"
            className="sm:col-span-2"
            options={universes.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.register("universeId", {
              onChange: (event: { target: { value: string } }) =>
                form.setValue(
                  "formation",
                  suggestedFormation(universes.find(({ id }) => id === event.target.value)),
                  { shouldDirty: true, shouldValidate: true },
                ),
            })}
          />
          <FormationFields form={form} universe={universe} />
        </div>
      </Panel>
      <MethodFields form={form} />
      {method === "all-pairs" || method === "custom" ? <TestFields form={form} /> : null}
      {method === "custom" ? <FunnelFields form={form} /> : null}
      <div className="flex flex-wrap items-center justify-between gap-4">
        <p aria-live="polite" className="text-sm text-muted">
          {formatInteger(pairCount(universe.instruments.length))}{" "}
          {universe.instruments.length === 2 ? "pair" : "pairs"} can be made of this universe.
        </p>
        <Button type="submit" variant="primary" busy={isSubmitting}>
          Start scan
        </Button>
      </div>
    </form>
  );
}

function TestFields({ form }: { form: ScanFormState }) {
  const { errors } = form.formState;
  const lagKind = form.watch("lags.kind");
  return (
    <Panel title="How to test">
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          id="lags.kind"
          label="Lags"
          help="How many past changes of the spread the unit-root test takes into account. AIC lets the data choose; BIC chooses fewer."
          options={[
            { value: "aic", label: "Chosen by AIC" },
            { value: "bic", label: "Chosen by BIC" },
            { value: "fixed", label: "A fixed number" },
          ]}
          {...form.register("lags.kind")}
        />
        {lagKind === "fixed" ? (
          <NumberField
            id="lags.lags"
            label="Number of lags"
            unit="bars"
            min={0}
            max={60}
            step={1}
            error={errors.lags?.lags?.message}
            {...form.register("lags.lags")}
          />
        ) : null}
        {form.watch("method") === "custom" ? null : (
          <SelectField
            id="direction"
            label="Direction that counts"
            help="Leg Y is the symbol that comes first in the alphabet. Both directions are always tested and shown; this one decides what is a discovery."
            options={[
              { value: "y-on-x", label: "Y explained by X" },
              { value: "smaller-of-both-doubled", label: "The smaller p-value of both, doubled" },
            ]}
            {...form.register("direction")}
          />
        )}
        <NumberField
          id="significance"
          label="Significance"
          help="Level of each test, and the share of false ones among the discoveries that is accepted. 0.05 is usual."
          min={0.001}
          max={0.5}
          step={0.01}
          error={errors.significance?.message}
          {...form.register("significance")}
        />
      </div>
    </Panel>
  );
}

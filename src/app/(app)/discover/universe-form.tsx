"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { INTERVALS, intervalLabel } from "#contracts/bar-intervals.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { UniverseInput, type UniverseView } from "#contracts/universe.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { TextField } from "#ui/text-field.tsx";
import { toMessage } from "#ui/to-message.ts";
import { ButtonLink } from "../../button-link.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { formProblems } from "../strategies/form-problems.ts";
import { inputWords } from "../strategies/input-words.ts";
import { InstrumentPicker } from "./instrument-picker.tsx";
import { UniverseSummary } from "./universe-summary.tsx";
import { useFormDraft } from "./use-form-draft.ts";

const LABELS = { name: "Name", intervalMs: "Bar interval", instrumentIds: "Instruments" };

type Props = {
  draftName: string;
  submitLabel: string;
  universe?: UniverseView;
  onSubmit: (input: UniverseInput) => Promise<void>;
};

export function UniverseForm(props: Props) {
  const trpc = useTRPC();
  const { data: series } = useSuspenseQuery(trpc.instruments.list.queryOptions({}));
  if (series.length === 0) return <NoPrices />;
  return <UniverseFields {...props} series={series} />;
}

function UniverseFields(props: Props & { series: readonly SeriesCoverage[] }) {
  const { series, universe, draftName, submitLabel, onSubmit } = props;
  const form = useForm<UniverseInput>({
    resolver: zodResolver(UniverseInput, { error: inputWords }),
    mode: "onChange",
    defaultValues: universeValues(universe, series),
  });
  const forgetDraft = useFormDraft(form, draftName);
  const { errors, isSubmitting, submitCount } = form.formState;
  const [intervalMs, chosenIds] = form.watch(["intervalMs", "instrumentIds"]);
  const available = series.filter((one) => one.intervalMs === intervalMs);
  const choose = (ids: number[]) =>
    form.setValue("instrumentIds", ids, { shouldDirty: true, shouldValidate: true });

  const save = form.handleSubmit(async (input) => {
    try {
      await onSubmit(input);
      forgetDraft();
    } catch (error) {
      form.setError("root", { message: toMessage(error) });
    }
  });

  return (
    <form
      method="post"
      onSubmit={(event) => void save(event)}
      noValidate
      className="flex flex-col gap-6"
    >
      <FormErrors problems={submitCount > 0 ? formProblems(errors, LABELS) : []} />
      <Panel>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            id="name"
            label="Name"
            autoComplete="off"
            error={errors.name?.message}
            {...form.register("name")}
          />
          <SelectField
            id="intervalMs"
            label="Bar interval"
            help="All instruments of a universe have bars of one length."
            options={intervalOptions(series)}
            error={errors.intervalMs?.message}
            {...form.register("intervalMs", {
              valueAsNumber: true,
              onChange: (event: { target: { value: string } }) =>
                choose(idsAt(series, Number(event.target.value), form.getValues("instrumentIds"))),
            })}
          />
        </div>
      </Panel>
      <InstrumentPicker
        series={available}
        chosenIds={chosenIds}
        error={errors.instrumentIds?.message}
        onChange={choose}
      />
      <div className="flex flex-wrap items-center justify-between gap-4">
        <UniverseSummary
          series={available.filter(({ instrumentId }) => chosenIds.includes(instrumentId))}
          intervalMs={intervalMs}
        />
        <Button
          type="submit"
          variant={universe === undefined ? "primary" : "secondary"}
          busy={isSubmitting}
        >
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

function NoPrices() {
  return (
    <Panel>
      <EmptyState
        title="No prices yet"
        action={
          <ButtonLink href="/markets/upload" variant="primary">
            Upload prices
          </ButtonLink>
        }
      >
        A universe is made of instruments that have bars. Bring some first.
      </EmptyState>
    </Panel>
  );
}

/** What an interval keeps of a choice: instruments that have bars of that length. */
function idsAt(series: readonly SeriesCoverage[], intervalMs: number, ids: readonly number[]) {
  const available = new Set(
    series.filter((one) => one.intervalMs === intervalMs).map(({ instrumentId }) => instrumentId),
  );
  return ids.filter((id) => available.has(id));
}

function intervalOptions(series: readonly SeriesCoverage[]) {
  return INTERVALS.flatMap(({ ms, label }) => {
    const count = series.filter(({ intervalMs }) => intervalMs === ms).length;
    return count === 0 ? [] : [{ value: String(ms), label: `${label} · ${count} instruments` }];
  });
}

function universeValues(
  universe: UniverseView | undefined,
  series: readonly SeriesCoverage[],
): UniverseInput {
  if (universe !== undefined) {
    const { name, intervalMs, instruments } = universe;
    return { name, intervalMs, instrumentIds: instruments.map(({ id }) => id) };
  }
  const intervalMs = commonestInterval(series);
  return { name: `Universe ${intervalLabel(intervalMs)}`, intervalMs, instrumentIds: [] };
}

function commonestInterval(series: readonly SeriesCoverage[]): number {
  const countOf = (ms: number) => series.filter(({ intervalMs }) => intervalMs === ms).length;
  return INTERVALS.reduce(
    (best, { ms }) => (countOf(ms) > countOf(best) ? ms : best),
    series[0]?.intervalMs ?? INTERVALS[0].ms,
  );
}

"use client";

import { INTERVALS } from "#contracts/bar-intervals.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { formatDateUtc } from "#ui/format.ts";
import { SelectField } from "#ui/select-field.tsx";
import type { StrategyFormState } from "./strategy-form-values.ts";
import { datesOfLegs } from "./strategy-prefill.ts";

/** Which two instruments, at which interval. Dates follow the legs until they were typed. */
export function LegFields(props: { form: StrategyFormState; series: readonly SeriesCoverage[] }) {
  const { form, series } = props;
  const errors = form.formState.errors.config;
  const intervalMs = Number(form.watch("config.intervalMs"));
  const legs = series.filter((one) => one.intervalMs === intervalMs).map(legOption);

  const onLegsChange = () => {
    const { instrumentY, instrumentX, intervalMs: interval } = form.getValues("config");
    const isTyped = form.getFieldState("config.formation").isDirty;
    const dates = datesOfLegs(series, Number(instrumentY), Number(instrumentX), Number(interval));
    if (dates === null || (isTyped && form.getValues("config.formation.startMs") !== null)) return;
    form.setValue("config.formation", dates.formation, { shouldValidate: true });
    form.setValue("config.trading", dates.trading, { shouldValidate: true });
  };

  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <SelectField
        id="config.intervalMs"
        label="Bar interval"
        placeholder="Choose"
        options={intervalOptions(series)}
        error={errors?.intervalMs?.message}
        {...form.register("config.intervalMs", {
          onChange: () => {
            form.setValue("config.instrumentY", "");
            form.setValue("config.instrumentX", "");
          },
        })}
      />
      {(["instrumentY", "instrumentX"] as const).map((leg) => (
        <SelectField
          // A select forgets a value whose option was not there yet when it was set.
          key={`${leg}${intervalMs}`}
          id={`config.${leg}`}
          label={leg === "instrumentY" ? "Leg Y" : "Leg X"}
          help={
            leg === "instrumentY"
              ? "Bought when the spread is long."
              : "Held against Y, in the proportion of the hedge ratio."
          }
          placeholder="Choose"
          options={legs}
          error={errors?.[leg]?.message}
          {...form.register(`config.${leg}`, {
            onChange: onLegsChange,
            deps: ["config.instrumentX"],
          })}
        />
      ))}
    </div>
  );
}

function legOption(series: SeriesCoverage) {
  const span = `${formatDateUtc(series.firstOpenTimeMs)} – ${formatDateUtc(series.lastOpenTimeMs)}`;
  const source = series.venue === "demo" ? "synthetic, " : "";
  return { value: String(series.instrumentId), label: `${series.symbol} (${source}${span})` };
}

function intervalOptions(series: readonly SeriesCoverage[]) {
  return INTERVALS.filter(({ ms }) => series.some(({ intervalMs }) => intervalMs === ms)).map(
    ({ ms, label }) => ({ value: String(ms), label }),
  );
}

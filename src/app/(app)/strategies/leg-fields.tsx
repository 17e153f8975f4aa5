"use client";

import { useRef } from "react";
import { INTERVALS } from "#contracts/bar-intervals.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { isSynthetic, venueName } from "#contracts/venue.ts";
import { formatDateUtc } from "#ui/format.ts";
import { SelectField } from "#ui/select-field.tsx";
import { followDates } from "./follow-dates.ts";
import type { StrategyFormState, StrategyFormValues } from "./strategy-form-values.ts";
import { datesOfLegs } from "./strategy-prefill.ts";

type Props = {
  form: StrategyFormState;
  series: readonly SeriesCoverage[];
  /** Dates that stand in the form without anybody having chosen them. */
  suggested: Pick<StrategyFormValues, "formation" | "trading">;
};

/** Which two instruments, at which interval. Dates follow the legs until they were typed. */
export function LegFields({ form, series, suggested }: Props) {
  const suggestedBefore = useRef(suggested);
  const errors = form.formState.errors.config;
  const intervalMs = Number(form.watch("config.intervalMs"));
  const legs = series.filter((one) => one.intervalMs === intervalMs).map(legOption);

  const onLegsChange = () => {
    const { instrumentY, instrumentX, intervalMs: interval } = form.getValues("config");
    const dates = datesOfLegs(series, Number(instrumentY), Number(instrumentX), Number(interval));
    if (dates === null) return;
    const next = followDates(form.getValues("config"), suggestedBefore.current, dates);
    suggestedBefore.current = dates;
    form.setValue("config.formation", next.formation, { shouldValidate: true });
    form.setValue("config.trading", next.trading, { shouldValidate: true });
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
  const source = isSynthetic(series.venue) ? `${venueName(series.venue).toLowerCase()}, ` : "";
  return { value: String(series.instrumentId), label: `${series.symbol} (${source}${span})` };
}

function intervalOptions(series: readonly SeriesCoverage[]) {
  return INTERVALS.filter(({ ms }) => series.some(({ intervalMs }) => intervalMs === ms)).map(
    ({ ms, label }) => ({ value: String(ms), label }),
  );
}

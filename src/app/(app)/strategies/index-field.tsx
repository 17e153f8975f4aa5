"use client";

import { useWatch } from "react-hook-form";
import { SelectField } from "#ui/select-field.tsx";
import { useStrategyForm } from "./strategy-form-context.tsx";

const PATH = "config.parameters.indexPosition";

/** Which of the chosen instruments tells how the market stands: by name, where the strategy counts. */
export function IndexField() {
  const { form, series, problemOf } = useStrategyForm();
  const instruments = useWatch({ control: form.control, name: "config.instruments" });
  const position = useWatch({ control: form.control, name: PATH });
  const symbolOf = (id: number) =>
    series.find(({ instrumentId }) => instrumentId === id)?.symbol ?? `#${id}`;
  const isBeyond = Number(position) >= instruments.length;
  return (
    <SelectField
      id={PATH}
      label="Index"
      help="Tells whether the market as a whole is rising; it is not traded."
      error={isBeyond && instruments.length > 0 ? "Choose one of the instruments" : problemOf(PATH)}
      placeholder={instruments.length === 0 ? "Choose instruments first" : undefined}
      options={instruments.map((id, place) => ({ value: String(place), label: symbolOf(id) }))}
      value={instruments.length === 0 ? "" : String(position)}
      onChange={(event) => form.setValue(PATH, event.target.value, { shouldDirty: true })}
    />
  );
}

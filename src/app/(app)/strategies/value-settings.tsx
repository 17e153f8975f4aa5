"use client";

import { useWatch } from "react-hook-form";
import { NumberField } from "#ui/number-field.tsx";
import { SelectField, type SelectOption } from "#ui/select-field.tsx";
import { AMOUNT_KINDS, type ConfigPath, configField } from "./config-fields.ts";
import { fractionOfPercent, numberOf, percentText } from "./form-numbers.ts";
import { useStrategyForm } from "./strategy-form-context.tsx";
import type { AmountKind } from "./strategy-form-values.ts";

/**
 * A number of the table of settings. `defaultValue` is for the page as the server sends it: the form fills
 * its fields in once it runs.
 */
export function NumberSetting({ path }: { path: ConfigPath }) {
  const { form, problemOf } = useStrategyForm();
  const field = configField(path);
  const name = `config.${path}` as const;
  return (
    <NumberField
      id={name}
      label={field.label}
      unit={field.unit}
      help={field.help}
      step={field.step}
      optional={field.emptyMeans !== undefined}
      placeholder={field.emptyMeans}
      error={problemOf(name)}
      defaultValue={form.getValues(name)}
      {...form.register(name)}
    />
  );
}

type ChoicePath =
  | "config.sizing.kind"
  | "config.pricedAt"
  | "config.costs.fees.kind"
  | "config.costs.fees.venue"
  | "config.costs.slippage.kind"
  | "config.costs.lots"
  | "config.costs.funding.kind";

/** One of a few. */
export function ChoiceSetting(props: {
  path: ChoicePath;
  label: string;
  choices: readonly SelectOption[];
  help?: string | undefined;
}) {
  const { form, problemOf } = useStrategyForm();
  return (
    <SelectField
      id={props.path}
      label={props.label}
      help={props.help}
      options={props.choices}
      error={problemOf(props.path)}
      defaultValue={form.getValues(props.path)}
      {...form.register(props.path)}
    />
  );
}

/** Choices of a table of words. */
export function optionsOf(words: Readonly<Record<string, string>>): SelectOption[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

/** Money: an amount, or a share of the equity at the time. Another unit keeps the amount. */
export function AmountSetting(props: {
  path: "config.sizing.amount" | "config.sizing.notionalMax";
  label: string;
  help?: string | undefined;
}) {
  const { form, problemOf } = useStrategyForm();
  const { path, label, help } = props;
  const kindPath = `${path}.kind` as const;
  const valuePath = `${path}.value` as const;
  const onKindChange = (kind: AmountKind) => {
    const equity = numberOf(form.getValues("config.account.initialEquity"));
    const text = form.getValues(valuePath);
    form.setValue(kindPath, kind, { shouldDirty: true });
    const converted = convertedAmount(text, kind, equity);
    if (converted !== null) form.setValue(valuePath, converted, { shouldDirty: true });
  };
  const kind = useWatch({ control: form.control, name: kindPath });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] items-start gap-2">
      <NumberField
        id={valuePath}
        label={label}
        help={help}
        error={problemOf(valuePath)}
        defaultValue={form.getValues(valuePath)}
        {...form.register(valuePath)}
      />
      <SelectField
        id={kindPath}
        label="Unit"
        aria-label={`Unit of ${label.toLowerCase()}`}
        options={optionsOf(AMOUNT_KINDS)}
        value={kind}
        onChange={(event) =>
          onKindChange(event.target.value === "quote" ? "quote" : "equity-share")
        }
      />
    </div>
  );
}

/** The same amount in the other unit; null where it cannot be told. */
function convertedAmount(text: string, to: AmountKind, equity: number): string | null {
  if (!(equity > 0)) return null;
  const value = to === "quote" ? fractionOfPercent(text) * equity : numberOf(text) / equity;
  if (!Number.isFinite(value)) return null;
  return to === "quote" ? String(Number(value.toPrecision(12))) : percentText(value);
}

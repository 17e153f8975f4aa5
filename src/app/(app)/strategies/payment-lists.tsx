"use client";

import { Controller, useFieldArray, useWatch } from "react-hook-form";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { CONTROL_CLASS, fieldAria } from "#ui/field-aria.ts";
import { SearchSelect } from "#ui/search-select.tsx";
import { useStrategyForm } from "./strategy-form-context.tsx";

type Props = {
  path: "config.costs.dividends" | "config.costs.funding.rates";
  title: string;
  help: string;
  example: string;
};

/** Payments pasted as rows, one list an instrument. */
export function PaymentLists({ path, title, help, example }: Props) {
  const { form } = useStrategyForm();
  const { fields, append, remove } = useFieldArray({ control: form.control, name: path });
  return (
    <fieldset className="flex flex-col gap-3 sm:col-span-2">
      <legend className="text-[13px] font-medium">{title}</legend>
      <p className="text-[13px] text-muted">{help}</p>
      {fields.map(({ id }, place) => (
        <PaymentList
          key={id}
          path={`${path}.${place}`}
          title={title}
          example={example}
          onRemove={() => remove(place)}
        />
      ))}
      <div>
        <Button size="sm" onClick={() => append({ instrumentId: "", text: "" })}>
          Add {title.toLowerCase()} of an instrument
        </Button>
      </div>
    </fieldset>
  );
}

function PaymentList(props: {
  path: `${Props["path"]}.${number}`;
  title: string;
  example: string;
  onRemove: () => void;
}) {
  const { path, title, example, onRemove } = props;
  const { form, problemOf } = useStrategyForm();
  const textPath = `${path}.text` as const;
  const idPath = `${path}.instrumentId` as const;
  const error = problemOf(textPath);
  const options = useTradedOptions();
  return (
    <div className="grid items-start gap-3 rounded-md border border-line p-3 sm:grid-cols-[minmax(0,14rem)_1fr_auto]">
      <Controller
        control={form.control}
        name={idPath}
        render={({ field }) => (
          <SearchSelect
            id={idPath}
            label="Instrument"
            options={options}
            value={field.value}
            onChange={field.onChange}
            onBlur={field.onBlur}
            ref={field.ref}
            error={problemOf(idPath)}
          />
        )}
      />
      <Field
        label="Rows"
        unit="time, amount"
        htmlFor={textPath}
        error={error}
        help="Times are UTC."
      >
        <textarea
          {...form.register(textPath)}
          {...fieldAria(textPath, { help: true, error: error !== undefined })}
          id={textPath}
          rows={4}
          spellCheck={false}
          placeholder={example}
          className={`${CONTROL_CLASS} h-auto py-1.5 font-mono text-[13px]`}
        />
      </Field>
      <Button
        size="sm"
        variant="quiet"
        className="sm:mt-7"
        aria-label={`Remove these ${title.toLowerCase()}`}
        onClick={onRemove}
      >
        Remove
      </Button>
    </div>
  );
}

/** The instruments that the strategy trades. */
function useTradedOptions() {
  const { form, series } = useStrategyForm();
  const pairs = useWatch({ control: form.control, name: "config.pairs" });
  const instruments = useWatch({ control: form.control, name: "config.instruments" });
  const traded = new Set([...pairs.flatMap(({ y, x }) => [Number(y), Number(x)]), ...instruments]);
  const names = new Map(series.map(({ instrumentId, symbol }) => [instrumentId, symbol]));
  return [...names]
    .filter(([id]) => traded.has(id))
    .map(([id, symbol]) => ({ value: String(id), label: symbol }));
}

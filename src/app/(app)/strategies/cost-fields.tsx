"use client";

import { Controller, useWatch } from "react-hook-form";
import { FEE_VENUES } from "#quant/backtest/venue-fees.ts";
import { Panel } from "#ui/panel.tsx";
import { SearchSelect } from "#ui/search-select.tsx";
import {
  FEE_KINDS,
  FUNDING_KINDS,
  feeScheduleText,
  LOT_KINDS,
  SLIPPAGE_KINDS,
} from "./config-fields.ts";
import { PaymentLists } from "./payment-lists.tsx";
import { useStrategyForm } from "./strategy-form-context.tsx";
import { chosenInstruments, hasOwnFees, venuesOf } from "./usual-fees.ts";
import { ChoiceSetting, NumberSetting, optionsOf } from "./value-settings.tsx";

/** Everything that trading and holding cost. */
export function CostFields() {
  return (
    <>
      <Panel title="Costs of trading">
        <div className="grid gap-4 sm:grid-cols-2">
          <FeeFields />
          <SlippageFields />
          <ChoiceSetting
            path="config.costs.lots"
            label="Sizes and prices"
            help="Steps of the venue round quantities down and refuse what is below its least order."
            choices={optionsOf(LOT_KINDS)}
          />
        </div>
      </Panel>
      <Panel title="Costs of holding">
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberSetting path="costs.borrowRateAnnual" />
          <FundingFields />
          <PaymentLists
            path="config.costs.dividends"
            title="Dividends"
            help="Paid by who is short over the moment, received by who is long; per unit, quote currency."
            example="2024-03-15, 0.42"
          />
        </div>
      </Panel>
    </>
  );
}

function FeeFields() {
  const { form, series } = useStrategyForm();
  const kind = useWatch({ control: form.control, name: "config.costs.fees.kind" });
  const chosen = useWatch({ control: form.control, name: ["config.pairs", "config.instruments"] });
  const venues = venuesOf(series, chosenInstruments(...chosen));
  return (
    <>
      <ChoiceSetting
        path="config.costs.fees.kind"
        label="Fees"
        help={feesHelp(kind, venues)}
        choices={optionsOf(FEE_KINDS)}
      />
      {kind === "bps" ? (
        <div className="grid grid-cols-2 items-start gap-2">
          <NumberSetting path="costs.fees.takerFeeBps" />
          <NumberSetting path="costs.fees.makerFeeBps" />
        </div>
      ) : kind === "schedule" ? (
        <ChoiceSetting
          path="config.costs.fees.venue"
          label="Venue"
          help="Of an account without discounts."
          choices={FEE_VENUES.map((value) => ({ value, label: feeScheduleText(value) }))}
        />
      ) : (
        <div className="max-sm:hidden" />
      )}
    </>
  );
}

function feesHelp(kind: keyof typeof FEE_KINDS, venues: readonly string[]): string | undefined {
  const unknown = venues.filter((venue) => !hasOwnFees(venue));
  if (kind === "venue") {
    return unknown.length === 0
      ? "The usual fees of the venue that an instrument is of."
      : "Of prices that were uploaded or generated nobody knows the venue: choose one, or rates.";
  }
  return venues.length > 0 && unknown.length === 0
    ? "The venue of these instruments is known: its own fees are the usual choice."
    : undefined;
}

function SlippageFields() {
  const { form } = useStrategyForm();
  const kind = useWatch({ control: form.control, name: "config.costs.slippage.kind" });
  return (
    <>
      <ChoiceSetting
        path="config.costs.slippage.kind"
        label="Slippage model"
        choices={optionsOf(SLIPPAGE_KINDS)}
      />
      {kind === "bps" ? <NumberSetting path="costs.slippage.slippageBps" /> : null}
      {kind === "half-spread" ? <NumberSetting path="costs.slippage.bidAskSpreadBps" /> : null}
      {kind === "volume-share" ? (
        <div className="grid grid-cols-2 items-start gap-2">
          <NumberSetting path="costs.slippage.impact" />
          <NumberSetting path="costs.slippage.shareMax" />
        </div>
      ) : null}
    </>
  );
}

function FundingFields() {
  const { form } = useStrategyForm();
  const kind = useWatch({ control: form.control, name: "config.costs.funding.kind" });
  return (
    <>
      <ChoiceSetting
        path="config.costs.funding.kind"
        label="Funding of perpetuals"
        choices={optionsOf(FUNDING_KINDS)}
      />
      {kind === "constant" ? (
        <>
          <NumberSetting path="costs.funding.rate" />
          <NumberSetting path="costs.funding.everyHours" />
        </>
      ) : null}
      {kind === "series" ? (
        <PaymentLists
          path="config.costs.funding.rates"
          title="Funding rates"
          help="Fractions of the notional, one row a payment; longs pay a positive rate."
          example="2024-03-15 08:00, 0.0001"
        />
      ) : null}
    </>
  );
}

/** What a result is held against. */
export function BenchmarkFields() {
  const { form, series, problemOf } = useStrategyForm();
  const intervalMs = Number(useWatch({ control: form.control, name: "config.intervalMs" }));
  const path = "config.benchmarkInstrument";
  const options = series
    .filter((one) => one.intervalMs === intervalMs)
    .map(({ instrumentId, symbol, name }) => ({
      value: String(instrumentId),
      label: symbol,
      hint: name === "" ? undefined : name,
    }));
  return (
    <Panel title="Held against">
      <div className="grid gap-4 sm:grid-cols-2">
        <Controller
          control={form.control}
          name={path}
          render={({ field }) => (
            <SearchSelect
              id={path}
              label="Benchmark"
              help="An index, or any other instrument, beside cash and buying and holding the same instruments."
              optional
              placeholder="none"
              options={options}
              value={field.value}
              onChange={field.onChange}
              onBlur={field.onBlur}
              ref={field.ref}
              error={problemOf(path)}
            />
          )}
        />
        <NumberSetting path="riskFreeRateAnnual" />
      </div>
    </Panel>
  );
}

"use client";

import { useWatch } from "react-hook-form";
import { CheckboxField } from "#ui/checkbox-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { PRICED_AT, SIZING_KINDS } from "./config-fields.ts";
import { useStrategyForm } from "./strategy-form-context.tsx";
import { AmountSetting, ChoiceSetting, NumberSetting, optionsOf } from "./value-settings.tsx";

const SIZING_OPTIONS = Object.entries(SIZING_KINDS).map(([value, { label }]) => ({ value, label }));

/** How large positions are, and the account that they share. */
export function AccountFields({ isSized }: { isSized: boolean }) {
  return (
    <>
      <Panel title="Size of a position">
        <div className="grid gap-4 sm:grid-cols-2">
          {isSized ? (
            <SizingFields />
          ) : (
            <p className="text-[13px] text-muted sm:col-span-2">
              The strategy itself says what share of the equity each instrument has.
            </p>
          )}
          <ChoiceSetting
            path="config.pricedAt"
            label="Money becomes units by"
            help="As an order in units, or as an order in money."
            choices={optionsOf(PRICED_AT)}
          />
        </div>
      </Panel>
      <Panel title="Stops and limits inside bars">
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberSetting path="protection.stopLoss" />
          <NumberSetting path="protection.takeProfit" />
          <p className="text-[13px] text-muted sm:col-span-2">
            Which of several a bar reached first is told by shorter bars of the same instruments,
            where they cover the trading period; else by the pessimistic path. The report says
            which.
          </p>
        </div>
      </Panel>
      <Panel title="Account">
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberSetting path="account.initialEquity" />
          {isSized ? <NumberSetting path="account.pairsMax" /> : null}
          <NumberSetting path="account.grossExposureMax" />
          <MarginFields />
        </div>
      </Panel>
    </>
  );
}

function SizingFields() {
  const { form } = useStrategyForm();
  const kind = useWatch({ control: form.control, name: "config.sizing.kind" });
  return (
    <>
      <ChoiceSetting
        path="config.sizing.kind"
        label="Size"
        help={SIZING_KINDS[kind].help}
        choices={SIZING_OPTIONS}
      />
      {kind === "notional" || kind === "hedge-weighted" || kind === "dollar-neutral" ? (
        <AmountSetting path="config.sizing.amount" label="Amount" />
      ) : null}
      {kind === "fixed-quantity" ? <NumberSetting path="sizing.quantity" /> : null}
      {kind === "volatility-target" ? (
        <>
          <NumberSetting path="sizing.volatilityAnnual" />
          <NumberSetting path="sizing.windowBars" />
          <AmountSetting
            path="config.sizing.notionalMax"
            label="At most"
            help="A pair that hardly moves would else take any amount of money."
          />
        </>
      ) : null}
    </>
  );
}

function MarginFields() {
  const { form } = useStrategyForm();
  const isOn = useWatch({ control: form.control, name: "config.account.margin.isOn" });
  return (
    <>
      <CheckboxField
        className="sm:col-span-2"
        label="Margin and liquidation"
        help="Entries need margin, and what falls below the maintenance margin is closed at a loss."
        {...form.register("config.account.margin.isOn")}
      />
      {isOn ? (
        <>
          <NumberSetting path="account.margin.initialRate" />
          <NumberSetting path="account.margin.maintenanceRate" />
          <NumberSetting path="account.margin.liquidationFeeRate" />
        </>
      ) : null}
    </>
  );
}

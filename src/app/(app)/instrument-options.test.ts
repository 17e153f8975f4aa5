import { expect, test } from "vitest";
import { instrumentOptions } from "./instrument-options.ts";

const MARKETS = [
  { instrumentId: 1, symbol: "ETHUSDT", market: "usdm", status: "trading" },
  { instrumentId: 2, symbol: "ETHUSDT", market: "spot", status: "halted" },
  { instrumentId: 3, symbol: "BTCUSDT", market: "spot", status: "trading" },
] as const;

test("instruments stand by name, spot before futures, and say what tells them apart", () => {
  expect(instrumentOptions(MARKETS)).toEqual([
    { value: "3", label: "BTCUSDT", hint: undefined, disabled: false },
    { value: "2", label: "ETHUSDT", hint: "halted", disabled: false },
    { value: "1", label: "ETHUSDT", hint: "USD-M futures", disabled: false },
  ]);
});

test("where only what trades can be chosen, the rest stands there and cannot be", () => {
  const options = instrumentOptions(MARKETS, { isTradingOnly: true });
  expect(options.filter(({ disabled }) => disabled === true).map(({ value }) => value)).toEqual([
    "2",
  ]);
});

import { expect, test } from "vitest";
import {
  CLOSED,
  findOptions,
  onKey,
  opened,
  type SearchOption,
  type SearchSelectState,
} from "./search-select-state.ts";

const OPTIONS: readonly SearchOption[] = [
  { value: "1", label: "ADAUSDT" },
  { value: "2", label: "BTCUSDT" },
  { value: "3", label: "BTCUSDT", hint: "USD-M futures" },
  { value: "4", label: "ETHUSDT", hint: "halted", disabled: true },
  { value: "5", label: "WBETHUSDT" },
];

const found = (typed: string | null) => findOptions(OPTIONS, typed).map(({ value }) => value);

test("everything stands there while nothing is typed", () => {
  expect(found(null)).toEqual(["1", "2", "3", "4", "5"]);
  expect(found("  ")).toEqual(["1", "2", "3", "4", "5"]);
});

test.each([
  { typed: "btc", values: ["2", "3"] },
  { typed: "BTC fut", values: ["3"] },
  { typed: "eth", values: ["4", "5"] },
  { typed: "halted", values: ["4"] },
  { typed: "doge", values: [] },
])("$typed finds $values, the nearest first", ({ typed, values }) => {
  expect(found(typed)).toEqual(values);
});

const open = () => opened(OPTIONS, "2");

function press(state: SearchSelectState, ...keys: readonly string[]): SearchSelectState {
  return keys.reduce((current, key) => {
    const effect = onKey(current, key, findOptions(OPTIONS, current.typed), open);
    return effect?.kind === "state" ? effect.state : current;
  }, state);
}

test("the list opens at what is chosen, and at the first that can be when nothing is", () => {
  expect(press(CLOSED, "ArrowDown")).toEqual({ isOpen: true, typed: null, activeIndex: 1 });
  expect(opened(OPTIONS, "")).toMatchObject({ activeIndex: 0 });
  expect(opened(OPTIONS, "2", "eth")).toMatchObject({ typed: "eth", activeIndex: 1 });
  expect(opened(OPTIONS, "2", "doge")).toMatchObject({ activeIndex: -1 });
});

test("arrows go around the ends and pass by what cannot be chosen", () => {
  expect(press(open(), "ArrowDown", "ArrowDown").activeIndex).toBe(4);
  expect(press(open(), "ArrowDown", "ArrowDown", "ArrowDown").activeIndex).toBe(0);
  expect(press(open(), "ArrowUp", "ArrowUp").activeIndex).toBe(4);
});

test("Escape closes and forgets what was typed; closed, it is the browser's", () => {
  expect(press(opened(OPTIONS, "2", "eth"), "Escape")).toEqual(CLOSED);
  expect(onKey(CLOSED, "Escape", OPTIONS, open)).toBeNull();
});

test("Enter chooses; closed, it sends the form", () => {
  expect(onKey(open(), "Enter", OPTIONS, open)).toMatchObject({
    kind: "choose",
    option: { value: "2" },
    moves: false,
  });
  expect(onKey(CLOSED, "Enter", OPTIONS, open)).toBeNull();
});

test("Tab takes what was typed and changes nothing for who passes by", () => {
  const typed = opened(OPTIONS, "", "ada");
  expect(onKey(typed, "Tab", findOptions(OPTIONS, "ada"), open)).toMatchObject({
    kind: "choose",
    option: { value: "1" },
    moves: true,
  });
  expect(onKey(open(), "Tab", OPTIONS, open)).toBeNull();
});

import { expect, test } from "vitest";
import { bookSymbols } from "./book-symbols.ts";

const leg = (instrumentId: number, symbol: string, venue = "upload") => ({
  ...{ instrumentId, symbol, venue },
});

test("symbols stand as they are while each is one instrument", () => {
  const books = [
    [leg(1, "AAA"), leg(2, "BBB")],
    [leg(1, "AAA"), leg(3, "CCC")],
  ];
  expect(bookSymbols(books)).toEqual([
    ["AAA", "BBB"],
    ["AAA", "CCC"],
  ]);
});

test("a symbol that two venues have is told apart by its venue", () => {
  const books = [[leg(1, "AAA", "binance")], [leg(2, "AAA", "simulated")], [leg(3, "BBB")]];
  expect(bookSymbols(books)).toEqual([["AAA (binance)"], ["AAA (simulated)"], ["BBB"]]);
});

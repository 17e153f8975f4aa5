import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWeekend } from "../series/market-calendar.ts";
import { periodReturns } from "./period-returns.ts";
import type { EquityCurve } from "./reported-run.ts";

const DAY_MS = 86_400_000;
const DAILY = { intervalMs: DAY_MS, calendar: "continuous" } as const;

function daily(from: string, equity: readonly number[]): EquityCurve {
  const firstMs = Date.parse(from);
  return {
    openTimeMs: Float64Array.from(equity, (_, i) => firstMs + i * DAY_MS),
    equity: Float64Array.from(equity),
    initialEquity: 100,
  };
}

/** Weekdays from one day to another, both included, without those that are holidays. */
function sessions(from: string, to: string, holidays: readonly string[] = []): EquityCurve {
  const closed = new Set(holidays.map((day) => Date.parse(day)));
  const days: number[] = [];
  for (let day = Date.parse(from); day <= Date.parse(to); day += DAY_MS) {
    if (!isWeekend(day) && !closed.has(day)) days.push(day);
  }
  return {
    openTimeMs: Float64Array.from(days),
    equity: Float64Array.from(days, (_, i) => 101 + i),
    initialEquity: 100,
  };
}

describe("periodReturns", () => {
  test("a bar belongs to the month in which it opens, and a month begins with the equity before it", () => {
    // The last three days of January and the first of February.
    const [row] = periodReturns(daily("2024-01-29", [101, 102, 110, 121]), DAILY);
    expect(row?.year).toBe(2024);
    const [january, february, march] = row?.months ?? [];
    expect(january).toMatchObject({ startEquity: 100, endEquity: 110, bars: 3, isPartial: true });
    expect(january?.value).toBeCloseTo(0.1, 12);
    expect(february?.value).toBeCloseTo(0.1, 12);
    expect(february).toMatchObject({ bars: 1, isPartial: true });
    expect(march).toBeNull();
    expect(row?.total.value).toBeCloseTo(0.21, 12);
  });

  test("months that the record covers from edge to edge are whole", () => {
    const days = 31 + 29 + 31;
    const [row] = periodReturns(
      daily(
        "2024-01-01",
        Array.from({ length: days }, () => 100),
      ),
      DAILY,
    );
    expect(row?.months.slice(0, 3).map((month) => month?.isPartial)).toEqual([false, false, false]);
    expect(row?.total.isPartial).toBe(true);
  });

  test.each([
    { name: "New Year's Day", from: "2024-01-02", to: "2024-01-31", isPartial: false },
    {
      name: "a weekend and New Year's Day",
      from: "2021-01-04",
      to: "2021-01-29",
      isPartial: false,
    },
    {
      name: "Good Friday before a weekend",
      from: "2024-03-01",
      to: "2024-03-28",
      isPartial: false,
    },
    {
      name: "two weekdays at the beginning",
      from: "2024-05-03",
      to: "2024-05-31",
      isPartial: true,
    },
    { name: "two weekdays at the end", from: "2024-05-01", to: "2024-05-29", isPartial: true },
  ])("of a market that closes, $name make a month partial: $isPartial", (row) => {
    const { months } = periodReturns(sessions(row.from, row.to), {
      intervalMs: DAY_MS,
      calendar: "weekdays",
    })[0] ?? { months: [] };
    expect(months.find((month) => month !== null)?.isPartial).toBe(row.isPartial);
  });

  test("a year without bars has a row without months, and ruin has no return", () => {
    const curve = {
      openTimeMs: Float64Array.of(
        Date.parse("2021-06-01"),
        Date.parse("2021-07-01"),
        Date.parse("2023-01-01"),
      ),
      equity: Float64Array.of(0, 0, 0),
      initialEquity: 100,
    };
    const rows = periodReturns(curve, DAILY);
    expect(rows.map(({ year }) => year)).toEqual([2021, 2022, 2023]);
    expect(rows[1]?.months.every((month) => month === null)).toBe(true);
    expect(rows[1]?.total.bars).toBe(0);
    expect(rows[0]?.months[5]?.value).toBe(-1);
    expect(rows[0]?.months[6]?.value).toBeNull();
    expect(periodReturns(daily("2024-01-01", []), DAILY)).toEqual([]);
  });

  test("months compound to years, and years to the total", () => {
    const curves = fc
      .array(fc.integer({ min: 50, max: 200 }), { minLength: 1, maxLength: 900 })
      .map((equity) => daily("2022-11-17", equity));
    fc.assert(
      fc.property(curves, (curve) => {
        const rows = periodReturns(curve, DAILY);
        const compound = (values: readonly (number | null | undefined)[]): number =>
          values.reduce<number>((growth, value) => growth * (1 + (value ?? 0)), 1);
        for (const { months, total } of rows) {
          expect(compound(months.map((month) => month?.value))).toBeCloseTo(
            1 + Number(total.value),
            9,
          );
        }
        const all = compound(rows.map(({ total }) => total.value));
        expect(all).toBeCloseTo(Number(curve.equity.at(-1)) / 100, 9);
        const bars = rows
          .flatMap(({ months }) => months)
          .reduce((n, one) => n + (one?.bars ?? 0), 0);
        expect(bars).toBe(curve.equity.length);
      }),
      { numRuns: 60 },
    );
  });
});

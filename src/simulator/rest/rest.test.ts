import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createSimulator, type Simulator } from "../simulator.ts";

const START_MS = Date.UTC(2026, 10, 30, 3, 0, 12, 345);
const DAY_MS = 86_400_000;

/** The time stands still, so that answers can be compared. */
let simulator: Simulator;

beforeAll(async () => {
  simulator = await createSimulator({
    clock: { kind: "virtual", startMs: START_MS, speed: 0 },
    limits: { weightPerMinute: 1_000_000, futuresWeightPerMinute: 1_000_000 },
  });
});

afterAll(() => simulator.close());

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${simulator.restUrl}${path}`, { headers });
  const body: unknown = await response.json();
  return { status: response.status, headers: response.headers, body };
}

async function bodyOf<Shape extends z.ZodType>(shape: Shape, path: string) {
  const { status, body } = await get(path);
  expect(status).toBe(200);
  return shape.parse(body);
}

// Futures print quantities of whole lots without a point.
const decimal = z.string().regex(/^\d+(\.\d+)?$/);
const signed = z.string().regex(/^-?\d+\.\d+$/);
const whole = z.number().int();
const SpotTrade = z.strictObject({
  a: whole,
  p: decimal,
  q: decimal,
  f: whole,
  l: whole,
  T: whole,
  m: z.boolean(),
  M: z.literal(true),
});
const KlineRow = z.tuple([
  whole,
  decimal,
  decimal,
  decimal,
  decimal,
  decimal,
  whole,
  decimal,
  whole,
  decimal,
  decimal,
  z.literal("0"),
]);
const AggTrades = z.array(SpotTrade);
const KlineRows = z.array(KlineRow);
const levels = z.array(z.tuple([decimal, decimal]));
const totals = {
  symbol: z.string(),
  lastPrice: decimal,
  openPrice: decimal,
  highPrice: decimal,
  lowPrice: decimal,
  volume: decimal,
  quoteVolume: decimal,
  openTime: whole,
  closeTime: whole,
  firstId: whole,
  lastId: whole,
  count: whole,
};
const dayTicker = {
  ...totals,
  priceChange: signed,
  priceChangePercent: signed,
  weightedAvgPrice: decimal,
  lastQty: decimal,
};
const bestQuotes = { bidPrice: decimal, bidQty: decimal, askPrice: decimal, askQty: decimal };
const rawTrade = {
  id: whole,
  price: decimal,
  qty: decimal,
  quoteQty: decimal,
  time: whole,
  isBuyerMaker: z.boolean(),
};

/** Shape and documented weight of every call. */
const CALLS: readonly { path: string; weight: number; shape: z.ZodType }[] = [
  { path: "/api/v3/ping", weight: 1, shape: z.strictObject({}) },
  { path: "/api/v3/time", weight: 1, shape: z.strictObject({ serverTime: z.literal(START_MS) }) },
  {
    path: "/api/v3/depth?symbol=BTCUSDT",
    weight: 5,
    shape: z.strictObject({
      lastUpdateId: whole,
      bids: levels.length(100),
      asks: levels.length(100),
    }),
  },
  { path: "/api/v3/depth?symbol=BTCUSDT&limit=500", weight: 25, shape: z.looseObject({}) },
  { path: "/api/v3/depth?symbol=BTCUSDT&limit=1000", weight: 50, shape: z.looseObject({}) },
  { path: "/api/v3/depth?symbol=BTCUSDT&limit=5000", weight: 250, shape: z.looseObject({}) },
  { path: "/api/v3/aggTrades?symbol=BTCUSDT", weight: 4, shape: AggTrades.length(500) },
  {
    path: "/api/v3/trades?symbol=BTCUSDT",
    weight: 25,
    shape: z.array(z.strictObject({ ...rawTrade, isBestMatch: z.literal(true) })).length(500),
  },
  {
    path: "/api/v3/historicalTrades?symbol=BTCUSDT&limit=3",
    weight: 25,
    shape: z.array(z.strictObject({ ...rawTrade, isBestMatch: z.literal(true) })).length(3),
  },
  { path: "/api/v3/klines?symbol=BTCUSDT&interval=1m", weight: 2, shape: KlineRows.length(500) },
  {
    path: "/api/v3/avgPrice?symbol=BTCUSDT",
    weight: 2,
    shape: z.strictObject({ mins: z.literal(5), price: decimal, closeTime: whole }),
  },
  {
    path: "/api/v3/ticker/24hr?symbol=BTCUSDT",
    weight: 2,
    shape: z.strictObject({ ...dayTicker, ...bestQuotes, prevClosePrice: decimal }),
  },
  {
    path: '/api/v3/ticker/24hr?symbols=["BTCUSDT","ETHUSDT"]&type=MINI',
    weight: 2,
    shape: z.array(z.strictObject(totals)).length(2),
  },
  {
    path: "/api/v3/ticker/24hr?type=MINI",
    weight: 80,
    shape: z.array(z.strictObject(totals)).length(24),
  },
  {
    path: "/api/v3/ticker/price?symbol=BTCUSDT",
    weight: 2,
    shape: z.strictObject({ symbol: z.literal("BTCUSDT"), price: decimal }),
  },
  {
    path: "/api/v3/ticker/price",
    weight: 4,
    shape: z.array(z.strictObject({ symbol: z.string(), price: decimal })).length(24),
  },
  {
    path: "/api/v3/ticker/bookTicker?symbol=BTCUSDT",
    weight: 2,
    shape: z.strictObject({ symbol: z.literal("BTCUSDT"), ...bestQuotes }),
  },
  {
    path: "/api/v3/exchangeInfo?symbol=BTCUSDT",
    weight: 20,
    shape: z.looseObject({ timezone: z.literal("UTC") }),
  },
  { path: "/fapi/v1/ping", weight: 1, shape: z.strictObject({}) },
  { path: "/fapi/v1/time", weight: 1, shape: z.strictObject({ serverTime: whole }) },
  {
    path: "/fapi/v1/exchangeInfo",
    weight: 1,
    shape: z.looseObject({ futuresType: z.literal("U_MARGINED") }),
  },
  {
    path: "/fapi/v1/depth?symbol=BTCUSDT&limit=50",
    weight: 2,
    shape: z.strictObject({
      lastUpdateId: whole,
      E: whole,
      T: whole,
      bids: levels.length(50),
      asks: levels.length(50),
    }),
  },
  { path: "/fapi/v1/depth?symbol=BTCUSDT&limit=100", weight: 5, shape: z.looseObject({}) },
  { path: "/fapi/v1/depth?symbol=BTCUSDT", weight: 10, shape: z.looseObject({}) },
  { path: "/fapi/v1/depth?symbol=BTCUSDT&limit=1000", weight: 20, shape: z.looseObject({}) },
  {
    path: "/fapi/v1/aggTrades?symbol=BTCUSDT",
    weight: 20,
    shape: z.array(SpotTrade.omit({ M: true })).length(500),
  },
  {
    path: "/fapi/v1/trades?symbol=BTCUSDT&limit=2",
    weight: 5,
    shape: z.array(z.strictObject(rawTrade)).length(2),
  },
  {
    path: "/fapi/v1/historicalTrades?symbol=BTCUSDT&limit=2",
    weight: 20,
    shape: z.array(z.strictObject(rawTrade)).length(2),
  },
  {
    path: "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=99",
    weight: 1,
    shape: KlineRows.length(99),
  },
  {
    path: "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=499",
    weight: 2,
    shape: KlineRows.length(499),
  },
  {
    path: "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1000",
    weight: 5,
    shape: KlineRows.length(1_000),
  },
  {
    path: "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1500",
    weight: 10,
    shape: KlineRows.length(1_500),
  },
  { path: "/fapi/v1/ticker/24hr?symbol=BTCUSDT", weight: 1, shape: z.strictObject(dayTicker) },
  {
    path: "/fapi/v1/ticker/24hr",
    weight: 40,
    shape: z.array(z.strictObject(dayTicker)).length(24),
  },
  {
    path: "/fapi/v1/ticker/price?symbol=BTCUSDT",
    weight: 1,
    shape: z.strictObject({ symbol: z.string(), price: decimal, time: whole }),
  },
  {
    path: "/fapi/v1/ticker/bookTicker?symbol=BTCUSDT",
    weight: 2,
    shape: z.strictObject({ symbol: z.string(), ...bestQuotes, time: whole, lastUpdateId: whole }),
  },
  {
    path: "/fapi/v1/premiumIndex?symbol=BTCUSDT",
    weight: 1,
    shape: z.strictObject({
      symbol: z.string(),
      markPrice: decimal,
      indexPrice: decimal,
      estimatedSettlePrice: decimal,
      lastFundingRate: signed,
      interestRate: decimal,
      nextFundingTime: whole,
      time: whole,
    }),
  },
  {
    path: "/fapi/v1/fundingRate?symbol=BTCUSDT&limit=9",
    weight: 0,
    shape: z
      .array(
        z.strictObject({
          symbol: z.string(),
          fundingTime: whole,
          fundingRate: signed,
          markPrice: decimal,
        }),
      )
      .length(9),
  },
];

describe("calls", () => {
  test.each(CALLS)("$path has its shape and weighs $weight", async ({ path, weight, shape }) => {
    const market = path.startsWith("/fapi") ? "/fapi/v1" : "/api/v3";
    const before = Number((await get(`${market}/ping`)).headers.get("x-mbx-used-weight-1m"));
    const { status, headers, body } = await get(path);
    expect(status).toBe(200);
    expect(shape.safeParse(body).error).toBeUndefined();
    expect(Number(headers.get("x-mbx-used-weight-1m")) - before).toBe(weight);
  });

  test("exchangeInfo names filters that every price and quantity keeps", async () => {
    const Filter = z.looseObject({
      filterType: z.string(),
      tickSize: z.string().optional(),
      stepSize: z.string().optional(),
    });
    const Info = z.object({
      rateLimits: z.array(z.looseObject({ rateLimitType: z.string(), limit: whole })),
      symbols: z
        .array(
          z.looseObject({
            symbol: z.string(),
            status: z.literal("TRADING"),
            filters: z.array(Filter),
            permissionSets: z.array(z.array(z.string())),
          }),
        )
        .length(24),
    });
    const { rateLimits, symbols } = await bodyOf(Info, "/api/v3/exchangeInfo");
    expect(rateLimits.map(({ rateLimitType }) => rateLimitType)).toEqual([
      "REQUEST_WEIGHT",
      "ORDERS",
      "ORDERS",
      "RAW_REQUESTS",
    ]);
    for (const { symbol, filters } of symbols) {
      const tick = Number(
        filters.find(({ filterType }) => filterType === "PRICE_FILTER")?.tickSize,
      );
      const step = Number(filters.find(({ filterType }) => filterType === "LOT_SIZE")?.stepSize);
      const trades = await bodyOf(AggTrades, `/api/v3/aggTrades?symbol=${symbol}&limit=20`);
      for (const { p, q } of trades) {
        expect(Number(p) / tick).toBeCloseTo(Math.round(Number(p) / tick), 4);
        expect(Number(q) / step).toBeCloseTo(Math.round(Number(q) / step), 4);
      }
    }
  });

  test("futures: the tick is not the precision", async () => {
    const Info = z.object({
      symbols: z.array(
        z.looseObject({
          symbol: z.string(),
          pricePrecision: whole,
          filters: z.array(z.looseObject({})),
        }),
      ),
    });
    const { symbols } = await bodyOf(Info, "/fapi/v1/exchangeInfo");
    const btc = symbols.find(({ symbol }) => symbol === "BTCUSDT");
    expect(btc?.pricePrecision).toBe(2);
    expect(btc?.filters[0]).toMatchObject({ filterType: "PRICE_FILTER", tickSize: "0.10" });
  });

  test("microseconds are told to those who ask", async () => {
    const { body } = await get("/api/v3/time", { "X-MBX-TIME-UNIT": "MICROSECOND" });
    expect(body).toEqual({ serverTime: START_MS * 1_000 });
  });
});

describe("aggTrades", () => {
  const path = "/api/v3/aggTrades?symbol=ETHUSDT";

  test("the newest, those from an id, those of a span", async () => {
    const newest = await bodyOf(AggTrades, `${path}&limit=1000`);
    expect(newest).toHaveLength(1_000);
    expect(newest.at(-1)?.T).toBeLessThan(START_MS);
    const [from, to] = [newest[300], newest[700]];
    const fromId = await bodyOf(AggTrades, `${path}&fromId=${from?.a}&limit=401`);
    expect(fromId).toEqual(newest.slice(300, 701));
    const span = await bodyOf(
      AggTrades,
      `${path}&startTime=${from?.T}&endTime=${to?.T}&limit=1000`,
    );
    const inSpan = newest.filter(({ T }) => T >= (from?.T ?? 0) && T <= (to?.T ?? 0));
    expect(span).toEqual(inSpan);
  });

  test("a start alone gives the oldest from there, an end alone the newest up to it", async () => {
    const atMs = Date.UTC(2023, 4, 5, 6);
    const after = await bodyOf(AggTrades, `${path}&startTime=${atMs}&limit=5`);
    const before = await bodyOf(AggTrades, `${path}&endTime=${atMs - 1}&limit=5`);
    expect(before.at(-1)?.a).toBe((after[0]?.a ?? 0) - 1);
    expect(after[0]?.T).toBeGreaterThanOrEqual(atMs);
    expect(before.at(-1)?.T).toBeLessThan(atMs);
  });

  test("ids beyond the newest give nothing", async () => {
    expect(await bodyOf(AggTrades, `${path}&fromId=99999999999`)).toEqual([]);
  });

  test("raw trades are the parts of aggregated ones", async () => {
    const [trade] = await bodyOf(AggTrades, `${path}&limit=1`);
    const Raw = z.array(z.looseObject({ id: whole, price: decimal, qty: decimal, time: whole }));
    const raws = await bodyOf(
      Raw,
      `/api/v3/historicalTrades?symbol=ETHUSDT&fromId=${trade?.f}&limit=100`,
    );
    expect(raws.map(({ id }) => id)).toEqual(
      Array.from({ length: (trade?.l ?? 0) - (trade?.f ?? 0) + 1 }, (_, i) => (trade?.f ?? 0) + i),
    );
    expect(new Set(raws.map(({ price }) => price))).toEqual(new Set([trade?.p]));
    expect(raws.reduce((sum, { qty }) => sum + Number(qty), 0)).toBeCloseTo(Number(trade?.q), 8);
  });
});

describe("klines", () => {
  const path = "/api/v3/klines?symbol=BTCUSDT";

  test.each([
    "1s",
    "1m",
    "3m",
    "5m",
    "15m",
    "30m",
    "1h",
    "2h",
    "4h",
    "6h",
    "8h",
    "12h",
    "1d",
    "3d",
    "1w",
    "1M",
  ])("%s bars join, and the open one comes last", async (interval) => {
    const rows = await bodyOf(KlineRows, `${path}&interval=${interval}&limit=4`);
    expect(rows).toHaveLength(4);
    rows.forEach(([openTime], i) => {
      if (i > 0) expect(openTime).toBe((rows[i - 1]?.[6] ?? 0) + 1);
    });
    expect(rows.at(-1)?.[6]).toBeGreaterThanOrEqual(START_MS - 1_000);
  });

  test("weeks begin on Monday and months on the first", async () => {
    const [week] = await bodyOf(KlineRows, `${path}&interval=1w&limit=1`);
    expect(new Date(week?.[0] ?? 0).toISOString()).toBe("2026-11-30T00:00:00.000Z");
    const [month] = await bodyOf(KlineRows, `${path}&interval=1M&limit=1`);
    expect(new Date(month?.[0] ?? 0).toISOString()).toBe("2026-11-01T00:00:00.000Z");
  });

  test("years of history come in pages", async () => {
    const startMs = Date.UTC(2023, 0, 1);
    const page = await bodyOf(KlineRows, `${path}&interval=1d&startTime=${startMs}&limit=40`);
    expect(page[0]?.[0]).toBe(startMs);
    expect(page.at(-1)?.[0]).toBe(startMs + 39 * DAY_MS);
    const inside = await bodyOf(
      KlineRows,
      `${path}&interval=1d&startTime=${startMs + 1}&endTime=${startMs + 5 * DAY_MS}`,
    );
    expect(inside.map(([openTime]) => openTime)).toEqual(
      [1, 2, 3, 4, 5].map((day) => startMs + day * DAY_MS),
    );
  });

  test("bars are those of the record, and higher bars are made of lower ones", async () => {
    const fromMs = Date.UTC(2025, 5, 1, 13);
    const [hour] = await bodyOf(KlineRows, `${path}&interval=1h&startTime=${fromMs}&limit=1`);
    const minutes = await bodyOf(KlineRows, `${path}&interval=1m&startTime=${fromMs}&limit=60`);
    const { count, volume, quoteVolume, firstRawId, lastRawId } = simulator.record({
      symbol: "BTCUSDT",
      fromMs,
      toMs: fromMs + 3_600_000,
    });
    expect(hour?.[5]).toBe(volume);
    expect(hour?.[7]).toBe(quoteVolume);
    expect(hour?.[8]).toBe((lastRawId ?? 0) - (firstRawId ?? 0) + 1);
    expect(count).toBeGreaterThan(0);
    expect(minutes[0]?.[1]).toBe(hour?.[1]);
    expect(minutes.at(-1)?.[4]).toBe(hour?.[4]);
    expect(Math.max(...minutes.map((row) => Number(row[2])))).toBe(Number(hour?.[2]));
    expect(Math.min(...minutes.map((row) => Number(row[3])))).toBe(Number(hour?.[3]));
    expect(minutes.reduce((sum, row) => sum + row[8], 0)).toBe(hour?.[8]);
  });

  test("a time zone moves the day", async () => {
    const [row] = await bodyOf(KlineRows, `${path}&interval=1d&timeZone=%2B08:00&limit=1`);
    expect(new Date(row?.[0] ?? 0).getUTCHours()).toBe(16);
  });
});

describe("refusals", () => {
  const symbolRange = "^[A-Z0-9-_.]{1,20}$";
  test.each([
    {
      path: "/api/v3/klines?interval=1m",
      code: -1102,
      msg: "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.",
    },
    {
      path: "/api/v3/klines?symbol=BTCUSDT",
      code: -1102,
      msg: "Mandatory parameter 'interval' was not sent, was empty/null, or malformed.",
    },
    { path: "/api/v3/klines?symbol=NOPEUSDT&interval=1m", code: -1121, msg: "Invalid symbol." },
    {
      path: "/api/v3/klines?symbol=btcusdt&interval=1m",
      code: -1100,
      msg: `Illegal characters found in parameter 'symbol'; legal range is '${symbolRange}'.`,
    },
    { path: "/api/v3/klines?symbol=BTCUSDT&interval=7m", code: -1120, msg: "Invalid interval." },
    { path: "/fapi/v1/klines?symbol=BTCUSDT&interval=1s", code: -1120, msg: "Invalid interval." },
    {
      path: "/api/v3/aggTrades?symbol=BTCUSDT&limit=x",
      code: -1100,
      msg: "Illegal characters found in parameter 'limit'; legal range is '^[0-9]{1,20}$'.",
    },
    {
      path: "/api/v3/aggTrades?symbol=BTCUSDT&limit=0",
      code: -1130,
      msg: "Data sent for parameter 'limit' is not valid.",
    },
    {
      path: "/api/v3/aggTrades?symbol=BTCUSDT&limit=",
      code: -1105,
      msg: "Parameter 'limit' was empty.",
    },
    {
      path: "/api/v3/aggTrades?symbol=BTCUSDT&fromId=1&startTime=2",
      code: -1128,
      msg: "Combination of optional parameters invalid.",
    },
    {
      path: "/fapi/v1/aggTrades?symbol=BTCUSDT&startTime=0&endTime=3600001",
      code: -1127,
      msg: "More than 1 hours between startTime and endTime.",
    },
    {
      path: "/api/v3/aggTrades?symbol=BTCUSDT&symbol=ETHUSDT",
      code: -1101,
      msg: "Duplicate values for a parameter detected.",
    },
    {
      path: "/api/v3/ticker/24hr?symbol=BTCUSDT&type=HUGE",
      code: -1139,
      msg: "Invalid ticker type.",
    },
  ])("$path", async ({ path, code, msg }) => {
    const { status, body } = await get(path);
    expect({ status, body }).toEqual({ status: 400, body: { code, msg } });
  });

  test("an unknown path and a method that is not GET", async () => {
    expect((await get("/api/v1/ping")).status).toBe(404);
    const posted = await fetch(`${simulator.restUrl}/api/v3/ping`, { method: "POST" });
    expect(posted.status).toBe(404);
  });
});

describe("limits", () => {
  test("weights run out, the address is banned, and the clock frees it", async () => {
    const strict = await createSimulator({
      clock: { kind: "virtual", startMs: Date.UTC(2026, 10, 30, 3), speed: 0 },
      limits: { weightPerMinute: 10, violationsUntilBan: 2, banMs: [120_000] },
    });
    const ask = async () => {
      const response = await fetch(`${strict.restUrl}/api/v3/aggTrades?symbol=BTCUSDT&limit=1`);
      const { code } = z
        .object({ code: whole.optional() })
        .parse([await response.json()].flat()[0]);
      return [response.status, response.headers.get("retry-after"), code];
    };
    expect(await ask()).toEqual([200, null, undefined]);
    expect(await ask()).toEqual([200, null, undefined]);
    expect(await ask()).toEqual([429, "60", -1003]);
    expect(await ask()).toEqual([429, "60", -1003]);
    expect(await ask()).toEqual([418, "120", -1003]);
    strict.advance(60_000);
    expect(await ask()).toEqual([418, "60", -1003]);
    strict.advance(60_000);
    expect(await ask()).toEqual([200, null, undefined]);
    await strict.close();
  });
});

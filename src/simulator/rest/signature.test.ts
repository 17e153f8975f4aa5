import { describe, expect, test } from "vitest";
import { isSigned, signatureOf, timestampFault } from "./signature.ts";

// The public sample keys of Binance's documentation (binance-spot-api-docs, rest-api.md, "SIGNED").
const SECRET = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
const QUERY =
  "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559";
const SIGNATURE = "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71";
// The same documentation signs a request that is half query, half body.
const HALF_QUERY = "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC";
const HALF_BODY = "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559";
const HALVES_SIGNATURE = "0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77";

describe("signatures", () => {
  test("the published vector is met", () => {
    expect(signatureOf(SECRET, QUERY)).toBe(SIGNATURE);
    expect(isSigned(SECRET, { query: `${QUERY}&signature=${SIGNATURE}`, body: "" })).toBe(true);
  });

  test("query and body are joined without a separator", () => {
    expect(signatureOf(SECRET, HALF_QUERY + HALF_BODY)).toBe(HALVES_SIGNATURE);
    const body = `${HALF_BODY}&signature=${HALVES_SIGNATURE}`;
    expect(isSigned(SECRET, { query: HALF_QUERY, body })).toBe(true);
  });

  test("the case of the digits does not matter, every other change does", () => {
    const signed = (query: string) => isSigned(SECRET, { query, body: "" });
    expect(signed(`${QUERY}&signature=${SIGNATURE.toUpperCase()}`)).toBe(true);
    expect(signed(`${QUERY.replace("price=0.1", "price=0.2")}&signature=${SIGNATURE}`)).toBe(false);
    expect(signed(`${QUERY}&signature=`)).toBe(false);
    expect(signed(QUERY)).toBe(false);
  });
});

describe("timestampFault", () => {
  test.each([
    { name: "now", aheadMs: 0, fault: null },
    { name: "999 ms ahead", aheadMs: 999, fault: null },
    { name: "a second ahead", aheadMs: 1_000, fault: /1000ms ahead/ },
    { name: "at the end of the window", aheadMs: -5_000, fault: null },
    { name: "after the window", aheadMs: -5_001, fault: /outside of the recvWindow/ },
  ])("a request from $name", ({ aheadMs, fault }) => {
    const complaint = timestampFault(1_000_000, { timestampMs: 1_000_000 + aheadMs });
    if (fault === null) expect(complaint).toBeNull();
    else expect(complaint).toMatch(fault);
  });
});

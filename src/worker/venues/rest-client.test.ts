import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterEach, expect, test } from "vitest";
import { createRestClient, type RestClient } from "./rest-client.ts";
import type { VenueError } from "./venue-error.ts";
import { WeightPool } from "./weight-pool.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function createClient(handler: Handler): Promise<RestClient> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const pool = new WeightPool({ limit: 6_000, venueNowMs: Date.now, localNowMs: Date.now });
  const restUrl = `http://127.0.0.1:${address.port}`;
  return createRestClient({ market: "spot", restUrl, pool, timeoutMs: 200 });
}

const how = { share: "urgent", signal: new AbortController().signal } as const;

const failureOf = (client: RestClient): Promise<VenueError> =>
  client.aggTrades("BTCUSDT", { limit: 1 }, how).then(
    () => {
      throw new Error("it was answered");
    },
    (error: VenueError) => error,
  );

test("asks for trades from an id, and takes the weight from the header", async () => {
  const paths: string[] = [];
  const client = await createClient(({ url }, response) => {
    paths.push(url ?? "");
    response.setHeader("X-MBX-USED-WEIGHT-1M", "123");
    response.end('[{"a":7,"p":"1.0","q":"2","f":8,"l":9,"T":1672515782136,"m":false,"M":true}]');
  });
  const trades = await client.aggTrades("BTCUSDT", { fromId: 7, limit: 1_000 }, how);
  expect(paths).toEqual(["/api/v3/aggTrades?symbol=BTCUSDT&fromId=7&limit=1000"]);
  expect(trades).toMatchObject([{ id: 7, price: "1.0", firstTradeId: 8, lastTradeId: 9 }]);
  expect(client.pool.used).toBe(123);
});

test.each([429, 418])(
  "after %i nothing is asked until the venue's time is over",
  async (status) => {
    let calls = 0;
    const client = await createClient((_request, response) => {
      calls += 1;
      response.writeHead(status, { "Retry-After": "1" }).end('{"code":-1003,"msg":"Too much"}');
    });
    const refused = await failureOf(client);
    expect(refused).toMatchObject({ kind: "banned", code: -1003 });
    expect(refused.retryAtMs).toBeGreaterThanOrEqual(Date.now() + 900);
    expect(await failureOf(client)).toMatchObject({ kind: "banned" });
    expect(calls).toBe(1);
  },
);

test("without Retry-After the shortest ban of the venue is assumed", async () => {
  const client = await createClient((_request, response) => response.writeHead(418).end());
  const { retryAtMs } = await failureOf(client);
  expect(retryAtMs).toBeGreaterThanOrEqual(Date.now() + 119_000);
});

test.each([
  {
    name: "an unknown symbol",
    status: 400,
    body: '{"code":-1121,"msg":"Invalid symbol."}',
    kind: "refused",
  },
  { name: "a firewall", status: 403, body: "<html>", kind: "unavailable" },
  { name: "a fault of the venue", status: 503, body: "", kind: "unavailable" },
  { name: "an answer that is no JSON", status: 200, body: "<html>", kind: "unavailable" },
  { name: "an answer that is no list", status: 200, body: "{}", kind: "malformed" },
  { name: "a row without a price", status: 200, body: '[{"a":1}]', kind: "malformed" },
])("$name is told as $kind", async ({ status, body, kind }) => {
  const client = await createClient((_request, response) => response.writeHead(status).end(body));
  expect(await failureOf(client)).toMatchObject({ kind });
});

test("an answer that does not come is given up", async () => {
  const client = await createClient(() => undefined);
  expect(await failureOf(client)).toMatchObject({ kind: "unavailable" });
  expect(client.pool.used).toBe(4);
});

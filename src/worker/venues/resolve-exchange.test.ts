import { createServer } from "node:http";
import { expect, test } from "vitest";
import { resolveExchange } from "./resolve-exchange.ts";

/** What "auto" means when the venue answers so; null: nobody is there. */
async function resolvedAt(status: number | null): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status ?? 0).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  if (status === null) await close();
  const market = { restUrl: `http://127.0.0.1:${address.port}`, streamUrl: "ws://127.0.0.1:1" };
  const exchange = await resolveExchange("auto", { spot: market, usdm: market });
  if (status !== null) await close();
  return exchange;
}

test.each([
  { name: "answers", status: 200, exchange: "binance" },
  { name: "serves other regions only", status: 403, exchange: "simulator" },
  { name: "serves other regions only", status: 451, exchange: "simulator" },
  { name: "is out of order", status: 503, exchange: "simulator" },
  { name: "is not there", status: null, exchange: "simulator" },
])("a venue that $name ($status) means the $exchange", async ({ status, exchange }) => {
  expect(await resolvedAt(status)).toBe(exchange);
});

test.each([418, 429])(
  "regression: a start during a ban (%i) took the simulator",
  async (status) => {
    expect(await resolvedAt(status)).toBe("binance");
  },
);

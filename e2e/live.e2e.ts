import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import process from "node:process";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";

type Delivery = { readonly headers: IncomingMessage["headers"]; readonly body: string };

/** An endpoint of our own, at the port that the product was told to let webhooks call. */
async function startEndpoint(port: number) {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      deliveries.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    deliveries,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

function isSigned({ headers, body }: Delivery, secret: string): boolean {
  const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(
    String(headers["pairdesk-signature"]),
  ) ?? ["", "", ""];
  return createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex") === mac;
}

/** Finds an option of a searchable select by typing, and takes the first. */
async function choose(page: Page, label: string, typed: string): Promise<void> {
  await page.getByRole("combobox", { name: label }).fill(typed);
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
}

/** A figure of the live page, by its label. */
function figure(page: Page, label: string) {
  return page.locator("dt", { hasText: label }).locator("xpath=following-sibling::dd[1]");
}

test("a pair is watched live, moves, and its alert arrives in the page and at a webhook", async ({
  page,
}) => {
  test.slow();
  const port = Number(process.env["PAIRDESK_WEBHOOK_PORT"]);
  test.skip(!port, "PAIRDESK_WEBHOOK_PORT names the endpoint that the product may call");
  const endpoint = await startEndpoint(port);
  try {
    await page.goto("/", { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "Explore the demo" }).click();
    await expect(page).toHaveURL(/\/home$/);

    // A channel first: its secret is shown once.
    await page.goto("/alerts?tab=channels");
    await page.getByRole("button", { name: "New channel" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("My endpoint");
    await dialog.getByLabel("URL").fill(`http://127.0.0.1:${port}/alerts`);
    await dialog.getByRole("button", { name: "Add channel" }).click();
    const secret = await dialog.locator("code.select-all").innerText();
    await dialog.getByRole("button", { name: "I have stored it" }).click();
    await expect(page.getByRole("table", { name: "Channels" })).toContainText("My endpoint");

    await page.goto("/live/new");
    await choose(page, "Leg Y", "ethusdt");
    await choose(page, "Leg X", "btcusdt");
    await page.getByLabel("Preset").selectOption({ label: "Desk" });
    await page.getByRole("button", { name: "Watch this pair" }).click();
    await expect(page).toHaveURL(/\/live\/[0-9a-f-]{36}$/);
    await expect(page.getByText("Simulated").first()).toBeVisible();

    const zScore = figure(page, "z-score now");
    await expect(zScore).toHaveText(/^[+−]?\d/, { timeout: 90_000 });
    const before = await zScore.innerText();
    await expect(zScore).not.toHaveText(before, { timeout: 30_000 });
    await expect(page.locator("canvas").first()).toBeVisible();
    await expectAccessible(page, "/live/[id]");

    await page.getByRole("link", { name: "Alert me" }).click();
    await expect(page).toHaveURL(/\/alerts\/new/);
    await page.getByLabel("Threshold").fill("0.000001");
    await page.getByLabel("Back by").fill("0");
    await page.getByLabel(/My endpoint/).check();
    await page.getByRole("button", { name: "Save rule" }).click();

    // In the page: the toast that the stream brings, and the history.
    await expect(page.getByRole("region", { name: "Notifications" })).toContainText(/\|z\|/, {
      timeout: 30_000,
    });
    await page.goto("/alerts");
    const history = page.getByRole("table", { name: "Alerts" });
    await expect(history.getByRole("row").nth(1)).toContainText("ETHUSDT");

    // At the endpoint: signed, with the alert's id as the key.
    await expect.poll(() => endpoint.deliveries.length, { timeout: 30_000 }).toBeGreaterThan(0);
    const [first] = endpoint.deliveries;
    if (first === undefined) throw new Error("Invariant: something was delivered");
    expect(isSigned(first, secret)).toBe(true);
    expect(JSON.parse(first.body).id).toBe(first.headers["idempotency-key"]);
    await expect(history.getByRole("row").nth(1)).toContainText("sent", { timeout: 30_000 });
  } finally {
    await endpoint.stop();
  }
});

test("no page of the desk has a serious accessibility fault", async ({ page }) => {
  test.slow();
  await page.goto("/", { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Explore the demo" }).click();
  await expect(page).toHaveURL(/\/home$/);
  for (const path of [
    ...["/live", "/live/new", "/alerts", "/alerts?tab=rules", "/alerts?tab=channels"],
    ...["/alerts/new", "/feed", "/feed?tab=gaps", "/markets/venue"],
  ]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expectAccessible(page, path);
  }
  await page.goto("/markets/venue");
  await page.getByRole("link", { name: "ETHUSDT", exact: true }).first().click();
  await expect(page.locator("canvas").first()).toBeVisible();
  await expectAccessible(page, "/markets/ticker");
});

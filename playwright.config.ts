import process from "node:process";
import { defineConfig } from "@playwright/test";

// `npm test` starts the product and says where it is; to test one that runs already:
// PAIRDESK_URL=http://127.0.0.1:3000 npx playwright test
const executablePath = process.env["PAIRDESK_BROWSER"];

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.e2e.ts",
  // Journeys sign up each for themselves, and wait for the product more than they compute.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env["CI"]),
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    baseURL: process.env["PAIRDESK_URL"] ?? "http://127.0.0.1:3000",
    // A trace of every page costs as much as the test; `npx playwright test --trace on` makes one.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
        ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      ],
    },
  },
});

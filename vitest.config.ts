import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
    globalSetup: ["scripts/test-postgres.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    restoreMocks: true,
  },
});

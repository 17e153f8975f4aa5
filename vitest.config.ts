import { defineConfig } from "vitest/config";

const shared = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  setupFiles: ["scripts/test-setup.ts"],
};

// The pure layers need no database; the rest share one real PostgreSQL.
export default defineConfig({
  test: {
    // Two, also on two cores, where the default is one: many tests wait for processes of their own.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "pure",
          include: ["src/{quant,contracts,simulator,ui,app}/**/*.test.{ts,tsx}"],
          ...shared,
        },
      },
      {
        test: {
          name: "integration",
          include: ["src/{db,server,worker}/**/*.test.ts", "scripts/**/*.test.ts"],
          globalSetup: ["scripts/test-postgres.ts"],
          ...shared,
        },
      },
    ],
  },
});

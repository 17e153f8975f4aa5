import { defineConfig } from "vitest/config";

const shared = {
  testTimeout: 120_000,
  hookTimeout: 400_000,
  setupFiles: ["scripts/test-setup.ts"],
  // What is waited for comes later on a busy machine than the one second that is usual.
  expect: { poll: { timeout: 20_000 } },
};

// The pure layers need no database; the rest share one real PostgreSQL.
export default defineConfig({
  test: {
    // Three on two cores: the longest tests wait for processes of their own.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: "pure",
          // Nothing there outlives a test, so that files need no process each.
          isolate: false,
          include: ["src/{quant,contracts,simulator,ui,app}/**/*.test.{ts,tsx}"],
          ...shared,
        },
      },
      {
        test: {
          name: "database",
          // Each file has a database of its own, and nothing else that outlives it; a process of its own would load
          // everything again, which took half of all the work.
          isolate: false,
          include: ["src/db/**/*.test.ts"],
          globalSetup: ["scripts/test-postgres.ts"],
          ...shared,
        },
      },
      {
        test: {
          // What keeps something for the life of its process, or starts threads and processes.
          name: "integration",
          include: ["src/{server,worker}/**/*.test.ts", "scripts/**/*.test.ts"],
          globalSetup: ["scripts/test-postgres.ts"],
          ...shared,
        },
      },
    ],
  },
});

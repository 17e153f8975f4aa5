import { defineConfig } from "vitest/config";

const shared = {
  testTimeout: 120_000,
  hookTimeout: 400_000,
  setupFiles: ["scripts/test-setup.ts"],
  // What is waited for comes later on a busy machine than the one second that is usual.
  expect: { poll: { timeout: 20_000 } },
};

/**
 * What keeps something for the life of its process, starts and kills processes for minutes, or begins and ends many
 * threads that run WebAssembly: in one process V8 aborts after some hundreds of them (nodejs/node issue 64500).
 */
const OWN_PROCESS = [
  "src/server/rest/live-stream.test.ts",
  "src/worker/*.test.ts",
  "src/worker/{compute,demo,jobs}/**/*.test.ts",
  "src/worker/alerts/alert-kill.test.ts",
  "src/worker/live/live-kill.test.ts",
  "src/worker/feed/{faults,feed-process,outage,takeover}.test.ts",
];

// The pure layers need no database; the rest share one real PostgreSQL.
export default defineConfig({
  test: {
    // Three on two cores: the longest tests wait for processes of their own.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: "pure",
          // Nothing there outlives a test; a process for each file would load everything again, half of all the work.
          isolate: false,
          include: ["src/{quant,contracts,simulator,ui,app}/**/*.test.{ts,tsx}"],
          ...shared,
        },
      },
      {
        test: {
          name: "database",
          // Each file has a database of its own.
          isolate: false,
          include: ["src/db/**/*.test.ts"],
          globalSetup: ["scripts/test-postgres.ts"],
          ...shared,
        },
      },
      {
        test: {
          name: "integration",
          isolate: false,
          include: ["src/{server,worker}/**/*.test.ts", "scripts/**/*.test.ts"],
          exclude: OWN_PROCESS,
          globalSetup: ["scripts/test-postgres.ts"],
          ...shared,
        },
      },
      {
        test: {
          name: "process",
          include: OWN_PROCESS,
          globalSetup: ["scripts/test-postgres.ts"],
          ...shared,
        },
      },
    ],
  },
});

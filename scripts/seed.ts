// Makes the demo's prices and the workspace that guests get a copy of; does nothing when they are there.
// usage: DATABASE_URL=… node scripts/seed.ts
import process from "node:process";
import { createDatabase } from "#db/client.ts";
import { seedDemo } from "#worker/demo/seed-demo.ts";
import { createLog } from "#worker/log.ts";

const connectionString = process.env["DATABASE_URL"];
if (!connectionString) throw new Error("seed: DATABASE_URL is not set");
const database = createDatabase(connectionString, { max: 6, applicationName: "pairdesk-seed" });
try {
  await seedDemo(database, { log: createLog(process.env["LOG_LEVEL"] || "warn") });
} finally {
  await database.close();
}

// Brings a database up to date: Pairdesk's own tables, then the job queue's.
// usage: DATABASE_URL=… node scripts/migrate.ts
import process from "node:process";
import { runMigrations } from "graphile-worker";
import { applyMigrations } from "./schema-engine.ts";

/** Applies all that is missing; safe to run any number of times. Returns the names of what it applied. */
export async function migrate(connectionString: string): Promise<readonly string[]> {
  const applied = await applyMigrations(connectionString);
  await runMigrations({ connectionString });
  return applied;
}

if (import.meta.main) {
  const connectionString = process.env["DATABASE_URL"];
  if (!connectionString) throw new Error("migrate: DATABASE_URL is not set");
  for (const name of await migrate(connectionString)) console.info(`applied ${name}`);
  // The engine leaves a timer of ten seconds behind.
  process.exit(0);
}

import { readdir } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import type { Database } from "#db/client.ts";
import { type DatabaseHealth, databaseHealth } from "#db/health.ts";
import { processDatabase } from "../database.ts";
import { processLog } from "../process-log.ts";
import { judgeReadiness } from "./readiness.ts";

const NOT_STORED = { headers: { "cache-control": "no-store" } };

/** `GET /api/health`: this process is up, whatever else is down. */
export function healthEndpoint(): Response {
  return Response.json({ status: "up", uptimeMs: Math.round(process.uptime() * 1000) }, NOT_STORED);
}

/** `GET /api/ready`: the whole installation can work; 503 with the reasons when not. */
export function readyEndpoint(): Promise<Response> {
  return readyAnswer(processDatabase(), path.join(process.cwd(), "prisma", "migrations"));
}

export async function readyAnswer(database: Database, migrationsFolder: string): Promise<Response> {
  const readiness = judgeReadiness(
    await healthOrNull(database),
    await migrationNames(migrationsFolder),
  );
  return Response.json(readiness, { status: readiness.ready ? 200 : 503, ...NOT_STORED });
}

async function healthOrNull(database: Database): Promise<DatabaseHealth | null> {
  try {
    return await databaseHealth(database);
  } catch (error) {
    processLog().warn({ err: error }, "the database does not answer");
    return null;
  }
}

async function migrationNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

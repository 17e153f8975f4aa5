import { createDatabase, type Database } from "#db/client.ts";
import { serverEnv } from "./env.ts";

const CONNECTIONS_MAX = 10;

// The bundler may load this module more than once in one process (pages, route handlers, reloads):
// the global object is what they share.
const holder: typeof globalThis & { pairdeskDatabase?: Database } = globalThis;

/** The one database handle of this process. */
export function processDatabase(): Database {
  holder.pairdeskDatabase ??= createDatabase(serverEnv().DATABASE_URL, {
    max: CONNECTIONS_MAX,
    applicationName: "pairdesk-web",
  });
  return holder.pairdeskDatabase;
}

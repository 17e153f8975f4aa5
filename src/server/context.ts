import type pino from "pino";
import type { Database } from "#db/client.ts";
import type { OpenSession } from "#db/sessions.ts";
import { requestSession } from "./auth/request-session.ts";
import { clientAddress } from "./client-address.ts";
import { processDatabase } from "./database.ts";
import { type ServerEnv, serverEnv } from "./env.ts";
import { processLog } from "./process-log.ts";

/** What every procedure gets: where data is, who asks, from where. */
export type Context = {
  readonly database: Database;
  readonly env: ServerEnv;
  readonly log: pino.Logger;
  readonly session: OpenSession | null;
  readonly address: string;
  readonly userAgent: string;
  /** Adds a Set-Cookie header to the answer; where there is no answer to add to, it does nothing. */
  readonly setCookie: (cookie: string) => void;
};

/** Context of a request with these headers: of the API, a route handler or a page. */
export async function createContext(
  headers: Headers,
  setCookie: (cookie: string) => void = () => undefined,
): Promise<Context> {
  const env = serverEnv();
  const database = processDatabase();
  return {
    database,
    env,
    log: processLog(),
    session: await requestSession(database, env, headers),
    address: clientAddress(headers.get("x-forwarded-for"), env.TRUSTED_PROXIES),
    userAgent: headers.get("user-agent") ?? "",
    setCookie,
  };
}

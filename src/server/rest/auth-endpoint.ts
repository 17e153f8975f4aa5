import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "../auth/auth-options.ts";
import { moduleDefault } from "../auth/module-default.ts";
import { sessionTokenOf } from "../auth/session-cookie.ts";
import { clientAddress } from "../client-address.ts";
import { processDatabase } from "../database.ts";
import { serverEnv } from "../env.ts";
import { processLog } from "../process-log.ts";
import { requireOwnOrigin } from "../request-guard.ts";
import { errorAnswer } from "./error-answer.ts";

/** Part of Next's second argument to a route handler that NextAuth needs. */
type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** All of NextAuth. Its own token guards against forged forms; the origin is checked as well. */
export async function authEndpoint(request: NextRequest, route: RouteContext): Promise<Response> {
  const log = processLog();
  try {
    const env = serverEnv();
    const { headers } = request;
    if (request.method !== "GET") requireOwnOrigin(headers, env);
    const options = authOptions({
      database: processDatabase(),
      env,
      log,
      address: clientAddress(headers.get("x-forwarded-for"), env.TRUSTED_PROXIES),
      userAgent: headers.get("user-agent") ?? "",
      previousToken: await sessionTokenOf(env, headers),
    });
    // Awaited here, so that a failure inside is answered here.
    const answer: Response = await moduleDefault(NextAuth)(request, route, options);
    return answer;
  } catch (error) {
    return errorAnswer(error, log);
  }
}

import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { isHttps, type ServerEnv } from "../env.ts";
import { SESSION_LIFETIME_MS } from "./session-token.ts";

type CookieEnv = Pick<ServerEnv, "NEXTAUTH_URL" | "NEXTAUTH_SECRET">;

/**
 * Name and attributes of the session cookie. `__Host-` binds it to this host and to https; on this
 * machine's own address there is no https, so it is plain there (ASVS 3.3).
 */
export function sessionCookie(env: Pick<ServerEnv, "NEXTAUTH_URL">) {
  const secure = isHttps(env);
  return {
    name: secure ? "__Host-pairdesk.session" : "pairdesk.session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  } as const;
}

const SessionJwt = z.object({ sessionToken: z.string().min(1) });

/** Set-Cookie header that hands a browser its session token, encrypted as NextAuth does it. */
export async function setSessionCookie(env: CookieEnv, sessionToken: string): Promise<string> {
  const maxAge = SESSION_LIFETIME_MS / 1000;
  const value = await encode({ token: { sessionToken }, secret: env.NEXTAUTH_SECRET, maxAge });
  const { name, options } = sessionCookie(env);
  const secure = options.secure ? "; Secure" : "";
  return `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

/** Session token that a request carries; null when it carries none or a forged one. */
export async function sessionTokenOf(env: CookieEnv, headers: Headers): Promise<string | null> {
  const value = cookieValue(headers.get("cookie"), sessionCookie(env).name);
  if (value === null) return null;
  try {
    const payload = await decode({ token: value, secret: env.NEXTAUTH_SECRET });
    return SessionJwt.parse(payload).sessionToken;
  } catch {
    // A cookie of another secret, an expired or a made-up one: all are no session.
    return null;
  }
}

function cookieValue(header: string | null, name: string): string | null {
  for (const pair of (header ?? "").split(";")) {
    const [key, ...value] = pair.split("=");
    if (key?.trim() === name) return value.join("=").trim();
  }
  return null;
}

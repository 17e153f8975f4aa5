import { randomBytes } from "node:crypto";
import process from "node:process";
import { type NextRequest, NextResponse } from "next/server";
import { REQUESTED_PATH_HEADER } from "#app/requested-path-header.ts";
import { contentSecurityPolicy, pathSecurityHeaders } from "#server/security-headers.ts";

/**
 * Headers of every page and answer. Nothing is authorised here: each procedure does that itself, since
 * proxies have been walked around before (GHSA-267c and others).
 */
export function proxy(request: NextRequest): NextResponse {
  const https = process.env["NEXTAUTH_URL"]?.startsWith("https:") ?? false;
  const development = process.env.NODE_ENV === "development";
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy({ nonce, https, development });
  // Next reads the nonce from the request's policy and puts it on its own scripts.
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  // A page does not know its own address, and one that needs a session must be found again after it.
  headers.set(REQUESTED_PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  for (const [name, value] of Object.entries(
    pathSecurityHeaders(request.nextUrl.pathname, { https }),
  )) {
    response.headers.set(name, value);
  }
  return response;
}

export const config = {
  // A body that passes through here is cut at 10 MB, so uploads go around it.
  matcher: ["/((?!_next/static|_next/image|api/uploads).*)"],
};

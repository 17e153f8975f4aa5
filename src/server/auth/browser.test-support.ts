import process from "node:process";
import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import type pino from "pino";
import type { Database } from "#db/client.ts";
import type { ServerEnv } from "../env.ts";
import { authOptions } from "./auth-options.ts";
import { moduleDefault } from "./module-default.ts";
import { sessionTokenOf } from "./session-cookie.ts";

/** What NextAuth answered. */
type Answer = { status: number; body: unknown; setCookies: string[] };

/** A browser before NextAuth: it keeps cookies and sends the form's own token along. */
export function createBrowser(database: Database, env: ServerEnv, log: pino.Logger) {
  const cookies = new Map<string, string>();
  let lastSetCookies: string[] = [];
  const headers = () =>
    new Headers({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") });

  async function request(method: string, path: string, body: Record<string, string>) {
    const options = authOptions({
      database,
      env,
      log,
      address: "203.0.113.9",
      userAgent: "test",
      previousToken: await sessionTokenOf(env, headers()),
    });
    // NextAuth takes its public address from the process alone.
    process.env["NEXTAUTH_URL"] = env.NEXTAUTH_URL;
    const answer = await ask(options, {
      method,
      query: { nextauth: path.split("/") },
      body,
      cookies: Object.fromEntries(cookies),
      headers: {},
    });
    lastSetCookies = answer.setCookies;
    for (const cookie of answer.setCookies) keep(cookies, cookie);
    return answer;
  }

  const get = async (path: string) => (await request("GET", path, {})).body;
  const post = async (path: string, body: Record<string, string>) => {
    const token: unknown = Reflect.get(Object(await get("csrf")), "csrfToken");
    return request("POST", path, { csrfToken: String(token), json: "true", ...body });
  };
  return {
    headers,
    get,
    post,
    setCookies: () => lastSetCookies,
    /** Error that the form would show; null when signed in. */
    signIn: async (provider: string, credentials: Record<string, string>) => {
      const { body } = await post(`callback/${provider}`, credentials);
      const url = new URL(String(Reflect.get(Object(body), "url")));
      return url.searchParams.get("error");
    },
  };
}

function keep(cookies: Map<string, string>, setCookie: string): void {
  const [pair = ""] = setCookie.split(";");
  const separator = pair.indexOf("=");
  const name = pair.slice(0, separator);
  const value = pair.slice(separator + 1);
  if (value === "") cookies.delete(name);
  else cookies.set(name, decodeURIComponent(value));
}

/** NextAuth's handler for plain requests, with a request and a response of which it uses this much. */
async function ask(
  options: ReturnType<typeof authOptions>,
  request: Record<string, unknown>,
): Promise<Answer> {
  const answer: Answer = { status: 200, body: null, setCookies: [] };
  const response = {
    status: (status: number) => {
      answer.status = status;
      return response;
    },
    getHeader: (name: string) => (name === "Set-Cookie" ? answer.setCookies : undefined),
    setHeader: (name: string, value: string | string[]) => {
      if (name === "Set-Cookie") answer.setCookies = [value].flat();
      return response;
    },
    json: (body: unknown) => {
      answer.body = body;
    },
    send: (body: unknown) => {
      answer.body = body;
    },
    end: () => undefined,
  };
  await moduleDefault(NextAuth)(
    request as unknown as NextApiRequest,
    response as unknown as NextApiResponse,
    options,
  );
  return answer;
}

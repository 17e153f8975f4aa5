import type { NextAuthOptions, User } from "next-auth";
import GitHubProvider from "next-auth/providers/github";
import GoogleProvider from "next-auth/providers/google";
import type pino from "pino";
import { z } from "zod";
import { AppError } from "#contracts/error-code.ts";
import { type AccountHome, accountOfIdentity } from "#db/accounts.ts";
import type { Database } from "#db/client.ts";
import { createGuest } from "#db/demo-workspace.ts";
import { createSession, deleteSessionOfToken, openSession } from "#db/sessions.ts";
import { isHttps, type ServerEnv } from "../env.ts";
import { requireRateLimit } from "../rate-limit-rules.ts";
import { moduleDefault } from "./module-default.ts";
import { passwordSignIn } from "./password-sign-in.ts";
import { sessionCookie } from "./session-cookie.ts";
import { newToken, SESSION_LIFETIME_MS, tokenHash } from "./session-token.ts";

/** What a sign-in needs besides the credentials. */
export type AuthContext = {
  database: Database;
  env: ServerEnv;
  log: pino.Logger;
  /** Who asks, for limits and for the list of sessions. */
  address: string;
  userAgent: string;
  /** Token of the session that the browser has now: a new sign-in ends it. */
  previousToken: string | null;
};

/** Where sign-in leads, carried by the user object from `authorize` to the token. */
const SignedIn = z.object({ id: z.uuid(), workspaceId: z.uuid() });
const Token = z.object({ sessionToken: z.string() });
const GoogleProfile = z.object({ email: z.string(), email_verified: z.literal(true) });

/**
 * NextAuth's configuration for one request. Its encrypted cookie carries nothing but the token of a row
 * in `session`: that row decides, so that a session can be revoked.
 */
export function authOptions(context: AuthContext): NextAuthOptions {
  const { database, env, log } = context;
  return {
    secret: env.NEXTAUTH_SECRET,
    useSecureCookies: isHttps(env),
    cookies: { sessionToken: sessionCookie(env) },
    session: { strategy: "jwt", maxAge: SESSION_LIFETIME_MS / 1000 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [passwordProvider(context), demoProvider(context), ...oauthProviders(env)],
    callbacks: {
      signIn: async ({ user, account, profile }) => {
        if (account === null || account.type === "credentials") return true;
        const home = await oauthHome(context, { user, account, profile });
        return home === null ? "/sign-in?error=sign-up-closed" : true;
      },
      jwt: async ({ token, user, account, profile }) => {
        if (account === null || account === undefined) return continueSession(database, token);
        const home =
          account.type === "credentials"
            ? credentialsHome(user)
            : await oauthHome(context, { user, account, profile });
        if (home === null) throw new AppError("forbidden", "Sign-up is closed");
        return { sessionToken: await startSession(context, home) };
      },
      // The browser asks `account.me` for who it is; this answer tells only that it is signed in.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        const { data } = Token.safeParse(token);
        if (data !== undefined) await deleteSessionOfToken(database, tokenHash(data.sessionToken));
      },
    },
    logger: {
      // A session that ended is a normal thing, and NextAuth calls it an error.
      error: (code, metadata) =>
        log[code === "JWT_SESSION_ERROR" ? "debug" : "error"]({ code, metadata }, "sign-in failed"),
      warn: (code) => log.warn({ code }, "sign-in is configured in an unusual way"),
      debug: (code) => log.debug({ code }, "sign-in"),
    },
  };
}

function passwordProvider({ database, env, log, address }: AuthContext) {
  return {
    id: "password",
    name: "Password",
    type: "credentials" as const,
    credentials: { email: {}, password: {} },
    authorize: (credentials: unknown) =>
      authorized(log, () => passwordSignIn(database, env, { credentials, address })),
  };
}

function demoProvider({ database, env, log, address }: AuthContext) {
  return {
    id: "demo",
    name: "Demo",
    type: "credentials" as const,
    credentials: {},
    authorize: () =>
      authorized(log, async () => {
        await requireRateLimit(database, env, "demo-address", address);
        return createGuest(database);
      }),
  };
}

/** The code of a refusal becomes the `error` that NextAuth hands to the browser; details stay here. */
async function authorized(
  log: pino.Logger,
  signIn: () => Promise<AccountHome | null>,
): Promise<(User & { workspaceId: string }) | null> {
  try {
    const home = await signIn();
    return home === null ? null : { id: home.userId, workspaceId: home.workspaceId };
  } catch (error) {
    if (error instanceof AppError) throw new Error(error.code);
    log.error({ err: error }, "sign-in failed");
    throw new Error("internal");
  }
}

function oauthProviders(env: ServerEnv): NextAuthOptions["providers"] {
  const providers: NextAuthOptions["providers"] = [];
  if (env.GOOGLE_CLIENT_ID !== undefined && env.GOOGLE_CLIENT_SECRET !== undefined) {
    const options = { clientId: env.GOOGLE_CLIENT_ID, clientSecret: env.GOOGLE_CLIENT_SECRET };
    providers.push(moduleDefault(GoogleProvider)(options));
  }
  if (env.GITHUB_CLIENT_ID !== undefined && env.GITHUB_CLIENT_SECRET !== undefined) {
    const options = { clientId: env.GITHUB_CLIENT_ID, clientSecret: env.GITHUB_CLIENT_SECRET };
    providers.push(moduleDefault(GitHubProvider)(options));
  }
  return providers;
}

function oauthHome(
  { database, env }: AuthContext,
  {
    user,
    account,
    profile,
  }: {
    user: { name?: string | null };
    account: { provider: string; providerAccountId: string };
    profile: unknown;
  },
): Promise<AccountHome | null> {
  // GitHub does not say whether an address is proven, so only Google's counts.
  const google = account.provider === "google" ? GoogleProfile.safeParse(profile).data : undefined;
  return accountOfIdentity(database, {
    provider: account.provider,
    providerAccountId: account.providerAccountId,
    name: (user.name ?? "").trim().slice(0, 80) || "Unnamed",
    email: google?.email.toLowerCase() ?? null,
    mayCreate: env.SIGN_UP === "open",
  });
}

function credentialsHome(user: unknown): AccountHome {
  const { id, workspaceId } = SignedIn.parse(user);
  return { userId: id, workspaceId };
}

async function startSession(context: AuthContext, home: AccountHome): Promise<string> {
  const { database, previousToken, userAgent } = context;
  if (previousToken !== null) await deleteSessionOfToken(database, tokenHash(previousToken));
  const sessionToken = newToken();
  await createSession(database, {
    ...home,
    tokenHash: tokenHash(sessionToken),
    userAgent,
    lifetimeMs: SESSION_LIFETIME_MS,
  });
  return sessionToken;
}

/** NextAuth renews its cookie at each look; a session that has ended is renewed no more. */
async function continueSession<T>(database: Database, token: T): Promise<T> {
  const { sessionToken } = Token.parse(token);
  if ((await openSession(database, tokenHash(sessionToken))) === null) {
    throw new AppError("unauthenticated", "The session has ended");
  }
  return token;
}

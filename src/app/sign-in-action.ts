import { postToAuth } from "./auth-request.ts";

export type SignInOutcome =
  | { readonly kind: "signed-in" }
  | { readonly kind: "refused"; readonly reason: string };

/** One text for an unknown address and a wrong password: the form must not tell who has an account. */
const WRONG_CREDENTIALS = "The e-mail address or the password is wrong.";
const RATE_LIMITED = "Too many attempts. Wait a few minutes and try again.";
const UNAVAILABLE = "The server did not answer. Nothing was changed; try again in a moment.";

export function signInWithPassword(email: string, password: string): Promise<SignInOutcome> {
  return attempt("password", { email, password });
}

/** Creates a guest workspace from the demo and signs in to it. */
export function enterDemo(): Promise<SignInOutcome> {
  return attempt("demo", {});
}

async function attempt(
  provider: "password" | "demo",
  credentials: Record<string, string>,
): Promise<SignInOutcome> {
  try {
    const leadsTo = await postToAuth(`callback/${provider}`, credentials);
    const error = leadsTo.searchParams.get("error");
    if (error === null) return { kind: "signed-in" };
    return { kind: "refused", reason: refusalText(provider, error) };
  } catch {
    // A lost connection: the person can only try again.
    return { kind: "refused", reason: UNAVAILABLE };
  }
}

function refusalText(provider: "password" | "demo", error: string | null | undefined): string {
  if (error === "rate-limited") return RATE_LIMITED;
  if (provider === "password" && error === "CredentialsSignin") return WRONG_CREDENTIALS;
  return UNAVAILABLE;
}

/** Leaves for another site that says who the person is, and comes back to `destination`. */
export async function signInElsewhere(provider: string, destination: string): Promise<void> {
  const leadsTo = await postToAuth(`signin/${provider}`, { callbackUrl: destination });
  window.location.assign(leadsTo);
}

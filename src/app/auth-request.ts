import { textFieldOf } from "./text-field-of.ts";

/**
 * Posts a form to the sign-in endpoint and answers with the address that it leads to. NextAuth's own
 * browser module does the same, at 22 kB on every page, for sessions that live in React.
 *
 * @throws when the server does not answer, or in a way that is not NextAuth's
 */
export async function postToAuth(
  action: string,
  fields: Readonly<Record<string, string>>,
): Promise<URL> {
  const csrf: unknown = await (await fetch("/api/auth/csrf")).json();
  const csrfToken = textFieldOf(csrf, "csrfToken");
  if (csrfToken === null) throw new Error("The sign-in endpoint gave no token");
  const response = await fetch(`/api/auth/${action}`, {
    method: "POST",
    body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
  });
  const answer: unknown = await response.json();
  const url = textFieldOf(answer, "url");
  if (url === null) throw new Error("The sign-in endpoint gave no address");
  return new URL(url, window.location.origin);
}

/** Where to sign in, and by which page to come back. That page checks the path: it may lead elsewhere. */
export function signInHref(requestedPath: string | null): string {
  if (requestedPath === null || requestedPath === "/home") return "/sign-in";
  return `/sign-in?next=${encodeURIComponent(requestedPath)}`;
}

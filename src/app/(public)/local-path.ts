const FALLBACK = "/home";

/**
 * The page to go to after signing in, if it is one of ours. An address that a link carries must not
 * lead to another site: "//host" and "/\host" do in a browser, so the path is read as a browser would.
 */
export function localPath(requested: unknown): string {
  if (typeof requested !== "string" || !requested.startsWith("/")) return FALLBACK;
  const origin = "http://origin.invalid";
  const url = URL.parse(requested, origin);
  // "/.//host" is ours when parsed, but what is left of it after parsing is not.
  if (url === null || url.origin !== origin || url.pathname.startsWith("//")) return FALLBACK;
  return `${url.pathname}${url.search}`;
}
